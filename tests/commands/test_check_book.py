"""`inzage check-book`: what a draft changes, in words, and the smallest example of what it opens or lengthens."""

from collections.abc import Callable
from pathlib import Path

import pytest

from inzage.rules import comparing
from inzage.rules.combinations import Bound
from tests.commands.conftest import Typed
from tests.rules.drafts import row, term, text_of

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
    assert "The draft can be carried out: 21 rules, from 2027-03-01 on.\nIt changes no rule.\n" in out
    assert "of 0 the days differ" in out


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
    assert "service TIBB, TIBB2, TIBB3, TIBB4, TIBB_ANDT" in out
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


def test_the_day_on_which_running_terms_move_is_part_of_the_question(shell: Typed, kept: Kept) -> None:
    draft = kept(term("no_activity", "months = 7"))
    assert "a term that runs already" not in shell("check-book", draft)[1]
    assert "lengthens a term that runs already" in shell("check-book", draft, "--on", "2027-03-01")[1]


def test_prjlew_and_a_longest_trajectory_are_said_where_they_change(shell: Typed, kept: Kept) -> None:
    """S23."""
    switched = ("grants_at_once = false", "grants_at_once = true")
    code, out, _err = shell("check-book", kept(switched, ("{ months = 18,", "{ months = 20,")))
    assert code == 1
    assert "- A registration under PRJLEW in IBIS does not grant a right yet" in out
    assert "under service ACT, a signal that closes nothing; becomes: 20 months." in out
    assert "The draft opens a right where there is none now. (1 March 2027)" in out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("months = 6", "months = 0"), "draft.toml, line 11: executor.months is 0; expected a whole number"),
        (("starts_on = 2027-03-01", "starts_on = 2000-01-01"), "two books start on 2000-01-01"),
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
