"""Running terms that move to a book, as rule managers see it: rehearsed, proposed, decided, taken back."""

from datetime import timedelta
from typing import Any

import pytest

from inzage.oversight.models import Rehearsed
from inzage.oversight.rehearsals import ask_for, make_next
from inzage.portal import clock
from inzage.rule_books.models import Draft, Proposal
from inzage.rule_books.publishing import approve, keep_draft, propose_migration, refuse
from inzage.rules.days import midnight
from tests.portal.books import STARTS, TEXT, by, do, page_of, propose_and_approve
from tests.portal.office import NOON, TODAY, Office, Tab, a_right, origin
from tests.portal.reading import markup, text


def test_running_terms_move_with_what_was_rehearsed_for_that_very_day(office: Office, rani: Tab) -> None:
    a_right(office.anna, office.other, on=TODAY - timedelta(days=60))
    draft = propose_and_approve(TEXT, on=TODAY).draft
    ask_for(draft, STARTS, origin=origin())
    make_next(clock=lambda: NOON)
    found = Rehearsed.objects.get().figures or {}
    late, early = str(STARTS + timedelta(days=1)), str(STARTS - timedelta(days=1))
    assert "Reken het ontwerp eerst door voor die dag" in do(rani, "migrate", draft, on=late)
    assert "Het boek zelf begint later" in do(rani, "migrate", draft, on=early)
    assert f"Rechten bekeken {found['judged']}" in do(rani, "migrate", draft, on=str(STARTS))
    kept = Proposal.objects.latest("pk").rehearsal
    assert kept == {name: found[name] for name in found if name not in ("by_unit", "refused_by_unit")}


@pytest.fixture
def made(office: Office, rani: Tab) -> Rehearsed:
    """A rehearsal that found something, of a draft that somebody else wrote."""
    a_right(office.anna, office.other, on=TODAY - timedelta(days=60))
    asked = ask_for(keep_draft(TEXT, "Korter", origin=by("person:0", TODAY)), None, origin=origin())
    make_next(clock=lambda: NOON)
    return asked


def moved(draft: Draft) -> Proposal:
    """Decided: running terms move to this book on its first day."""
    moving = propose_migration(draft, STARTS, {"judged": 1}, origin=by("person:0", TODAY))
    approve(moving, origin=by("person:-1", TODAY))
    return moving


def test_what_a_proposal_to_publish_shows_is_not_said_to_be_its_doing(rani: Tab, made: Rehearsed) -> None:
    page = do(rani, "publish", made.draft)
    alone = "Het boek invoeren verschuift geen enkele lopende termijn. Deze cijfers gelden als ook de lopende"
    assert f"{alone} termijnen op 1 april 2026 verschoven worden" in page
    approve(Proposal.objects.get(), origin=by("person:-1", TODAY))
    page = do(rani, "migrate", made.draft, on=str(STARTS))
    assert "Met de lopende termijnen verschoven op 1 april 2026: Rechten bekeken" in page


def test_draft_and_rehearsal_lead_to_each_other(rani: Tab, made: Rehearsed) -> None:
    report, page = f"/regels/doorrekeningen/{made.pk}/", page_of(made.draft)
    assert f'href="{report}"' not in markup(rani.get(page))
    assert f'href="{page}"' in markup(rani.get(report))
    assert f'href="{page}#wat-nu"' in markup(rani.get(report))
    do(rani, "publish", made.draft)
    assert f'href="{report}"' in markup(rani.get(page))
    assert f'href="{page}#wat-nu"' not in markup(rani.get(report))
    later = ask_for(made.draft, None, origin=origin())
    make_next(clock=lambda: NOON + timedelta(seconds=1))
    assert f'href="{report}"' in markup(rani.get(page))
    assert f'href="/regels/doorrekeningen/{later.pk}/"' not in markup(rani.get(page))


def test_the_pages_say_that_running_terms_move_once_that_is_decided(
    rudi: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = propose_and_approve(TEXT, on=TODAY).draft
    pages = ("/regels/", f"/regels/boeken/{STARTS}/", page_of(draft))
    for page in map(text, map(rudi.get, pages)):
        assert "verschuiven op 1 april 2026 naar" not in page
    assert "een nieuw boek verschuift geen lopende termijn." in text(rudi.get("/regels/"))
    assert "Een termijn die al loopt, houdt de regel van haar eerste dag." in text(rudi.get(pages[-1]))
    moved(draft)
    for day, said in ((TODAY, "verschuiven op 1 april 2026"), (STARTS, "zijn op 1 april 2026")):
        monkeypatch.setattr(clock, "now", lambda day=day: midnight(day))
        for page in map(text, map(rudi.get, pages)):
            assert f"Lopende termijnen {said}" in page
            assert "verschuift geen lopende termijn" not in page
            assert "Een termijn die al loopt, houdt de regel van haar eerste dag." not in page


def test_it_is_said_which_of_the_two_was_taken_back(rani: Tab) -> None:
    moving = moved(propose_and_approve(TEXT, on=TODAY).draft)
    said = do(rani, "take-back", moving, remark="Toch niet.")
    assert "Het verschuiven is ingetrokken: lopende termijnen houden hun regel." in said
    states = "van kracht vanaf 1 april 2026 verschuiven ingetrokken"
    for page in (said, text(rani.get("/regels/ontwerpen/"))):
        assert states in page
    published = Proposal.objects.get(act="publish")
    assert "het boek gaat niet in" in do(rani, "take-back", published, remark="Toch niet.")
    assert "invoeren ingetrokken verschuiven ingetrokken" in text(rani.get("/regels/ontwerpen/"))


@pytest.mark.parametrize(("verdict", "said"), [(refuse, "afgewezen"), (None, "niet op tijd beslist")])
def test_it_is_said_which_of_the_two_nobody_agreed_to(rani: Tab, verdict: Any, said: str) -> None:
    start = TODAY - timedelta(days=3)
    draft = propose_and_approve(TEXT.replace(str(STARTS), str(TODAY)), on=start).draft
    moving = propose_migration(draft, TODAY, {"judged": 1}, origin=by("person:0", start))
    if verdict is not None:
        verdict(moving, "Nee.", origin=by("person:-1", start))
    assert f"van kracht sinds 2 maart 2026 verschuiven {said}" in text(rani.get("/regels/ontwerpen/"))
