"""`inzage check-book`: what a draft changes, in words, and the smallest example of what it opens or lengthens."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from inzage.rules import comparing
from inzage.rules.changes import compared
from inzage.rules.combinations import Bound
from inzage.view_rights.explaining import sentences
from tests.commands.conftest import Typed
from tests.rules.drafts import draft, row, term, text_of

pytestmark = pytest.mark.django_db

Kept = Callable[..., str]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """Keeps a draft with these changes in a file; the bounds are small, for the sake of time."""
    monkeypatch.setattr(comparing, "Bound", lambda: Bound(1, 1, 1))

    def keep(*changes: tuple[str, str]) -> str:
        path = tmp_path / "draft.toml"
        path.write_text(text_of(*changes), "utf-8")
        return str(path)

    return keep


def test_a_draft_that_says_the_same_is_done_with_soon(shell: Typed, kept: Kept) -> None:
    code, out, _err = shell("check-book", kept())
    assert code == 0
    rules = len(compared(draft(), draft()))
    assert f"The draft can be carried out, from 1 March 2027 on.\nIt changes none of {rules} rules.\n" in out
    assert "the days differ in 0 of them" in out


GTB = 'GTB = { status = "assumption" }\n'


@pytest.mark.parametrize(
    ("language", "left_out", "changes", "gone"),
    [
        (
            "nl",
            "het zegt niets over GTB",
            "Het wijzigt 1 van de {all} regels:",
            "de regel vervalt, dan geldt: Eigenaar van het dossier",
        ),
        (
            "fr",
            "il ne dit rien de GTB",
            "Il modifie 1 des {all} règles :",
            "la règle disparaît, s'applique alors : Responsable du dossier",
        ),
        (
            "en",
            "it says nothing of GTB",
            "It changes 1 of {all} rules:",
            "the rule is gone, what counts then: Owner of the dossier",
        ),
    ],
)
def test_a_service_that_is_left_out_is_said_and_leaves_with_one(
    shell: Typed, kept: Kept, language: str, left_out: str, changes: str, gone: str
) -> None:
    """S19: the fallback would count for it, and nobody said that that is meant."""
    code, out, _err = shell("check-book", kept((GTB, "")), "--lang", language)
    assert code == 1
    assert left_out in out
    assert gone in out
    assert changes.format(all=len(compared(draft(), draft()))) in out
    carried_out = sentences(language)["checked"]["carried_out"].split("{", 1)[0]
    assert carried_out not in out
    line = text_of((GTB, "")).splitlines().index("[services]") + 1
    assert str(line) in out.split("[services]", 1)[0]
    assert 'GTB = { status = "assumption" }' in out


def test_a_draft_without_services_is_told_to_write_sections(shell: Typed, kept: Kept) -> None:
    text = text_of()
    rows = text[text.index("[services]") : text.index("[prjlew]")]
    code, out, _err = shell("check-book", kept((rows, "")))
    assert code == 1
    assert '[services.ACT] and status = "assumption"' in out


def test_a_service_left_out_with_its_longest_trajectory_is_said_in_both(shell: Typed, kept: Kept) -> None:
    row_of_sif = next(line for line in text_of().splitlines(keepends=True) if line.startswith("SIF = "))
    code, out, _err = shell("check-book", kept((row_of_sif, "")))
    assert code == 1
    assert "the rule is gone, what counts then: Owner of the dossier under service SIF" in out
    assert "service SIF, a signal that closes nothing; becomes: none." in out


def test_a_service_that_is_new_is_no_gap(shell: Typed, kept: Kept) -> None:
    code, out, _err = shell("check-book", kept((GTB, GTB + GTB.replace("GTB", "NIEUW"))))
    assert code == 0
    assert "no rule of its own yet, what counts now: Owner of the dossier under service NIEUW" in out
    assert "The draft can be carried out" in out


def test_days_taken_off_a_running_term_are_told_with_both_days(shell: Typed, kept: Kept) -> None:
    """Until when the term ran, and until when it runs by the draft."""
    _code, out, _err = shell("check-book", kept(term("executor", "months = 1")), "--on", "2027-03-01")
    example = out.split("takes days off a term that runs already", 1)[1].split("The draft ", 1)[0]
    ran_until = re.search(r"When the draft starts, a term runs already up to and including (.*)\.\n", example)
    by_the_draft = re.search(r"With the draft the last day is (.*) \(rule", example)
    assert ran_until is not None, example
    assert by_the_draft is not None, example
    assert ran_until[1] != by_the_draft[1]


def test_a_draft_that_lengthens_leaves_with_one_and_says_an_example(shell: Typed, kept: Kept) -> None:
    """S19."""
    longer = row(
        "TIBB4", 'months = 6, after = { work_started = { months = 9, source = "y", status = "unknown" } }'
    )
    code, out, _err = shell("check-book", kept(longer))
    assert code == 1
    assert (
        "The draft lengthens a right. (2 September 2027)\n"
        "    Owner under service TIBB4, from 30 May 2024 until 1 March 2027: the client has started work.\n"
        "    Now the last day is 1 September 2027 (rule closing.owner.TIBB4).\n"
        "    With the draft the last day is 1 December 2027 (rule closing.owner.TIBB4.work_started, "
        "version of 1 March 2027).\n"
    ) in out


def test_services_that_change_alike_stand_in_one_sentence(shell: Typed, kept: Kept) -> None:
    code, out, _err = shell("check-book", kept(term("owner", "months = 5")))
    assert code == 0
    assert out.count("- Owner of the dossier under service") == 1
    assert "service ACT, GOB, GTB, MAG, ORI" in out
    assert "ends 5 months after the end of the ownership. (assumption, not verified; Eigen aanname" in out


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "nl",
            "Met het ontwerp is de laatste dag 1 augustus 2027 (regel closing.executor, van 1 maart 2027).",
        ),
        (
            "fr",
            "Avec le projet, le dernier jour est : 1er août 2027 (règle closing.executor, version du 1er mars 2027).",
        ),
    ],
)
def test_it_speaks_the_language_asked_for(shell: Typed, kept: Kept, language: str, said: str) -> None:
    assert said in shell("check-book", kept(term("executor", "months = 5")), "--lang", language)[1]


@pytest.mark.parametrize(
    ("language", "first", "judged"),
    [
        (
            "nl",
            r"Het ontwerp is uitvoerbaar vanaf 1 maart 2027\.\nHet wijzigt geen van de {all} regels\.\n",
            r"\d+ combinaties van feiten beoordeeld; bij 0 daarvan verschillen de dagen\.\n",
        ),
        (
            "fr",
            r"Le projet peut être appliqué à partir du 1er mars 2027\.\nIl ne modifie aucune des {all} règles\.\n",
            r"\d+ combinaisons de faits examinées ; les jours diffèrent dans 0 d'entre elles\.\n",
        ),
    ],
)
def test_a_draft_that_changes_nothing_is_told_in_one_language_alone(
    shell: Typed, kept: Kept, language: str, first: str, judged: str
) -> None:
    out = shell("check-book", kept(), "--lang", language)[1]
    assert re.fullmatch(first.replace("{all}", str(len(compared(draft(), draft())))) + judged, out)


def test_the_day_on_which_running_terms_move_is_part_of_the_question(shell: Typed, kept: Kept) -> None:
    longer = kept(term("no_activity", "months = 7"))
    assert "a term that runs already" not in shell("check-book", longer)[1]
    assert "lengthens a term that runs already" in shell("check-book", longer, "--on", "2027-03-01")[1]


def test_prjlew_and_a_longest_trajectory_are_said_where_they_change(shell: Typed, kept: Kept) -> None:
    """S23."""
    switched = ("grants_at_once = false", "grants_at_once = true")
    code, out, _err = shell("check-book", kept(switched, ("{ months = 18,", "{ months = 20,")))
    assert code == 1
    assert "- A registration under PRJLEW in IBIS does not grant a right yet" in out
    assert (
        "under service ACT, a signal that closes nothing; becomes: 20 months (assumption, not verified; Departement"
        in out
    )
    assert "The draft opens a right where there is none now. (1 March 2027)" in out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("months = 6", "months = 0"), "draft.toml, line 11: executor.months is 0; expected a whole number"),
        (
            ("starts_on = 2027-03-01", "starts_on = 2000-01-01"),
            "published already, from 2000-01-01 on, and changes nothing by itself. To see what it does",
        ),
    ],
)
def test_a_draft_that_cant_be_used_is_refused(
    shell: Typed, kept: Kept, change: tuple[str, str], said: str
) -> None:
    path = Path(kept())
    path.write_text(path.read_text("utf-8").replace(*change, 1), "utf-8")
    code, _out, err = shell("check-book", str(path))
    assert code == 2
    assert said in err


def test_a_file_that_is_not_there_is_wrong_use(shell: Typed) -> None:
    code, _out, err = shell("check-book", "nowhere.toml")
    assert code == 2
    assert "nowhere.toml" in err


@pytest.mark.parametrize("command", ["check-book", "rehearse"])
@pytest.mark.parametrize(
    ("starts_on", "on", "said"),
    [
        ("1900-01-01", "2025-04-01", "a book starts tomorrow at the earliest"),
        ("2025-03-01", "2025-04-01", "a book starts tomorrow at the earliest"),
        ("2027-03-01", "2027-02-28", "not before the book starts (2027-03-01)"),
        ("2027-03-01", "2200-01-01", "give a day up to 2199"),
        ("2027-03-01", "9999-12-31", "give a day up to 2199"),
    ],
)
def test_what_could_not_be_published_so_is_refused(
    shell: Typed, kept: Kept, command: str, starts_on: str, on: str, said: str
) -> None:
    code, out, err = shell(command, kept(("2027-03-01", starts_on)), "--on", on)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize("command", ["check-book", "rehearse"])
def test_a_file_may_begin_with_a_byte_order_mark(shell: Typed, kept: Kept, command: str) -> None:
    path = Path(kept())
    path.write_text(path.read_text("utf-8"), "utf-8-sig")
    assert shell(command, str(path))[0] == 0
