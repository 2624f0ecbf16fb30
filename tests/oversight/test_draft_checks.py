"""A check of a draft that was asked for is made once, by one worker, and kept with what it found."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from inzage.oversight import draft_checks
from inzage.oversight.books_with import NotRehearsed
from inzage.oversight.draft_checks import ask_for_check, check_next, is_overtaken, last_check_of
from inzage.oversight.models import DraftChecked
from inzage.oversight.rehearsals import SILENT
from inzage.rule_books.in_force import refresh
from inzage.rule_books.models import Draft
from inzage.rule_books.publishing import keep_draft, propose_publication, refuse
from inzage.rules import comparing
from inzage.rules.combinations import Bound
from inzage.rules.comparing import UNASKED, compare
from inzage.rules.reading_books import read_book
from inzage.view_rights.examples_in_words import example_in_words
from inzage.view_rights.explaining import LANGUAGES
from tests.oversight.drafts import kept, publish
from tests.rules.drafts import term, text_of
from tests.world import day, noon, origin

TODAY, STARTS = "2025-03-01", "2025-04-01"
LONGER = text_of(term("executor", "months = 7"), starts_on=day(STARTS))
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, and with one fact of each sort at most."""
    monkeypatch.setattr(comparing, "Bound", lambda: Bound(1, 1, 1))
    monkeypatch.setattr(draft_checks, "apart", lambda work, item: work(item))


def asked(on: str | None = None, text: str = LONGER) -> DraftChecked:
    there = Draft.objects.filter(text=text).first()
    return ask_for_check(there or kept(text), day(on) if on else None, origin=origin(TODAY))


def made(at: str = TODAY) -> DraftChecked | None:
    """What the worker makes at noon of that day."""
    return check_next(clock=lambda: noon(at))


def found_by(row: DraftChecked) -> dict[str, Any]:
    """What was found, once it was."""
    row.refresh_from_db()
    found = row.found
    assert isinstance(found, dict)
    return found


def test_the_worker_keeps_in_each_language_what_check_book_finds() -> None:
    row = asked()
    assert made() == row
    made_of_it, found = found_by(row), compare(read_book(LONGER, name="x"), refresh())
    assert (made_of_it["combinations"], made_of_it["differing"]) == (found.combinations, found.differing)
    assert found.unasked
    examples = found.of(*comparing.Change)
    assert [one["change"] for one in made_of_it["examples"]] == [one.change for one in examples]
    for one, example in zip(made_of_it["examples"], examples, strict=True):
        assert one["day"] == str(example.day)
        assert one["said"] == {language: example_in_words(example, language) for language in LANGUAGES}
    assert made() is None


def test_it_is_finished_at_the_moment_that_it_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [noon(TODAY)]

    def lasting(work: Any, item: Any) -> Any:
        now.append(now[-1] + timedelta(seconds=9))
        return work(item)

    row = asked()
    monkeypatch.setattr(draft_checks, "apart", lasting)
    check_next(clock=lambda: now[-1])
    row.refresh_from_db()
    assert (row.started_at, row.finished_at) == (now[0], now[1])


def test_with_running_terms_moved_it_is_another_check() -> None:
    plainly, moved = asked(), asked(STARTS)
    assert [made(), made()] == [plainly, moved]
    changes = [{one["change"] for one in found_by(row)["examples"]} for row in (plainly, moved)]
    assert changes[0] != changes[1]
    assert changes[1] & UNASKED


def test_the_same_is_not_asked_twice_while_it_waits() -> None:
    assert asked() == asked() == last_check_of(Draft.objects.get())
    made()
    assert asked() != DraftChecked.objects.earliest("pk")


def test_a_book_that_is_published_is_compared_with_the_others() -> None:
    before = asked()
    made()
    other = LONGER + "# the same\n"
    publish(other, moves_on=day(STARTS), by=day("2025-02-01"))
    after = asked(text=other)
    made()
    assert found_by(before) == found_by(after)


@pytest.mark.parametrize(("silent", "taken"), [(SILENT, False), (SILENT + timedelta(seconds=1), True)])
def test_one_that_lost_its_worker_is_begun_anew(silent: timedelta, taken: bool) -> None:
    row = asked()
    DraftChecked.objects.filter(pk=row.pk).update(started_at=noon(TODAY) - silent)
    assert (made() == row) is taken


def test_a_worker_that_was_thought_lost_changes_nothing_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(work: Any, item: Any) -> Any:
        monkeypatch.setattr(draft_checks, "apart", lambda work, item: work(item))
        check_next(clock=lambda: noon(TODAY) + SILENT * 2)
        return {"late": True}

    row = asked()
    monkeypatch.setattr(draft_checks, "apart", slowly)
    made()
    assert "late" not in found_by(row)


def test_a_draft_of_which_the_day_has_come_meanwhile_says_so() -> None:
    row = asked()
    made(STARTS)
    row.refresh_from_db()
    assert (row.failed, row.found) == ("starts_too_early", None)


def test_what_goes_wrong_is_kept_as_failed_and_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_named: object) -> None:
        raise ZeroDivisionError

    row = asked()
    monkeypatch.setattr(draft_checks, "compare", broken)
    with pytest.raises(ZeroDivisionError):
        made()
    row.refresh_from_db()
    assert (row.failed, made()) == ("ZeroDivisionError", None)


def test_what_could_not_come_into_force_so_is_not_queued() -> None:
    with pytest.raises(NotRehearsed):
        asked("2025-03-31")
    assert not DraftChecked.objects.exists()


def test_another_decision_overtakes_what_was_found_and_its_own_does_not() -> None:
    row = asked()
    made("2025-02-01")
    row.refresh_from_db()
    publish(text_of(starts_on=day("2025-03-15")), moves_on=day("2025-03-15"), by=day("2025-01-31"))
    assert not is_overtaken(row)
    publish(text_of(starts_on=day("2025-03-20")), moves_on=day("2025-03-20"), by=day("2025-02-02"))
    assert is_overtaken(row)
    later = asked(text=text_of(starts_on=day("2025-06-01")))
    DraftChecked.objects.filter(pk=later.pk).update(started_at=noon("2025-02-03"))
    later.refresh_from_db()
    assert not is_overtaken(later)


def test_a_proposal_that_was_refused_since_changes_no_books() -> None:
    row = asked()
    made("2025-02-01")
    row.refresh_from_db()
    other = keep_draft(text_of(starts_on=day("2025-03-15")), "x", origin=origin("2025-02-02"))
    refuse(propose_publication(other, {}, origin=origin("2025-02-02")), "Nee", origin=origin("2025-02-03"))
    assert not is_overtaken(row)


@pytest.mark.parametrize("change", [{"asked_by": "person:7"}, {"on": day("2025-05-05")}, {"failed": "x"}])
def test_the_database_keeps_what_was_asked_for_and_found(change: dict[str, Any]) -> None:
    row = asked()
    made()
    with pytest.raises(DatabaseError), transaction.atomic():
        DraftChecked.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        DraftChecked.objects.filter(pk=row.pk)._raw_delete("default")


@pytest.mark.parametrize("on", [None, STARTS])
def test_two_of_one_draft_and_day_are_never_under_way(on: str | None) -> None:
    row = asked(on)
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftChecked.objects.create(draft=row.draft, on=row.on, asked_by="person:1", asked_at=noon(TODAY))


def test_finished_without_anything_found_or_a_reason_does_not_exist() -> None:
    row = asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftChecked.objects.filter(pk=row.pk).update(started_at=noon(TODAY), finished_at=noon(TODAY))
