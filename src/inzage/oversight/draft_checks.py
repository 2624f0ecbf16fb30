"""Checks of drafts that somebody asks for on a page: queued as rows, made by the worker, kept with what they found.

What a draft opens, lengthens or shortens in small cases takes seconds: no page waits for it, nor is slowed by it.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from inzage.journal.models import Origin
from inzage.oversight.asked_for import carried_out
from inzage.oversight.books_with import books_with
from inzage.oversight.models import DraftChecked
from inzage.oversight.rehearsals import SILENT, book_of
from inzage.rule_books.in_force import refresh
from inzage.rule_books.models import Draft, Edition, Verdict
from inzage.rules.comparing import Change, Comparison, compare
from inzage.rules.days import day_of
from inzage.rules.rulebook import RuleBook, RuleBooks
from inzage.view_rights.examples_in_words import example_in_words
from inzage.view_rights.explaining import LANGUAGES
from inzage.view_rights.parallel import apart


class Asked(NamedTuple):
    """What a check goes by: the draft, the books without it, and when running terms would move, if at all."""

    draft: RuleBook
    others: RuleBooks
    moved_on: date | None


def ask_for_check(draft: Draft, on: date | None, *, origin: Origin) -> DraftChecked:
    """Queue a check; the one that waits or runs already is not asked twice. NotRehearsed where it can't be."""
    books_with(book_of(draft), refresh(), on=on, today=day_of(origin.at))
    asked, _new = DraftChecked.objects.get_or_create(
        draft=draft, on=on, finished_at=None, defaults={"asked_by": origin.by, "asked_at": origin.at}
    )
    return asked


def last_check_of(draft: Draft) -> DraftChecked | None:
    """The one that was asked for last."""
    return DraftChecked.objects.filter(draft=draft).order_by("-pk").first()


def is_overtaken(check: DraftChecked) -> bool:
    """Whether other books come or came into force than those with which it compared: decided since it was begun."""
    if check.started_at is None:
        return False
    since = Edition.objects.filter(at__gt=check.started_at).exclude(verdict=Verdict.REFUSED)
    return since.exclude(proposal__draft=check.draft_id).exists()


def check_next(*, clock: Callable[[], datetime]) -> DraftChecked | None:
    """Make the check that waits longest, if any does; one that can't be made says why."""
    return carried_out(
        _taken(clock()),
        lambda asked: _make(asked, clock),
        lambda asked, why: _finish(asked, clock(), failed=why),
    )


@transaction.atomic
def _taken(at: datetime) -> DraftChecked | None:
    """The first that waits, or that was begun and forgotten; from now on it is ours."""
    free = DraftChecked.objects.filter(Q(started_at=None) | Q(started_at__lt=at - SILENT), finished_at=None)
    asked = free.select_for_update(of=("self",)).select_related("draft").order_by("pk").first()
    if asked is not None:
        asked.started_at = at
        asked.save(update_fields=["started_at"])
    return asked


def _make(asked: DraftChecked, clock: Callable[[], datetime]) -> None:
    found = _found(asked, day_of(clock()))
    _finish(asked, clock(), found=found)


def _found(asked: DraftChecked, today: date) -> dict[str, Any]:
    book, books = book_of(asked.draft), refresh()
    books_with(book, books, on=asked.on, today=today)
    return apart(look, Asked(book, _without(book, books), asked.on))


def look(asked: Asked) -> dict[str, Any]:
    """What is found, to be kept."""
    return as_kept(compare(asked.draft, asked.others, moved_on=asked.moved_on))


def as_kept(found: Comparison) -> dict[str, Any]:
    """How many combinations were judged and differ; and each example in words, the gravest change first."""
    return {
        "combinations": found.combinations,
        "differing": found.differing,
        "examples": [
            {
                "change": example.change,
                "day": example.day.isoformat(),
                "said": {language: example_in_words(example, language) for language in LANGUAGES},
            }
            for example in found.of(*Change)
        ],
    }


def _finish(asked: DraftChecked, at: datetime, *, found: Any = None, failed: str = "") -> None:
    """Once: who was thought to be lost may come in late."""
    mine = DraftChecked.objects.filter(pk=asked.pk, finished_at=None)
    mine.update(finished_at=at, found=found, failed=failed)


def _without(book: RuleBook, books: RuleBooks) -> RuleBooks:
    """The books as they would be had this one, published already, not been."""
    others = [one for one in books.every() if one != book]
    return RuleBooks(others, [one for one in books.migrations() if one.starts_on != book.starts_on])
