"""Held rights as lists show them: of which unit, by which rule, from when to when they wait; of no client a name."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from inzage.portal.language import Word
from inzage.portal.paging import PAGE, Page, a_number
from inzage.portal.rule_manager.book import LANGUAGE, mark_of
from inzage.portal.rule_manager.words import HELD, label_of, words_of
from inzage.view_rights.explaining import sentences
from inzage.view_rights.models import ViewRight


class Row(NamedTuple):
    """A held right: its rule, the event behind it, why it waits and for how many days more."""

    right: ViewRight
    rule: str
    event: str
    why: Word
    days_left: int


def latest_held_first(rights: QuerySet[ViewRight], after: str) -> Page[ViewRight]:
    """One page; its place is the proposed day and the right's own number."""
    if after:
        day, _sep, pk = after.partition("_")
        try:
            proposed = date.fromisoformat(day)
        except ValueError as error:
            raise BadRequest from error
        earlier = Q(proposed_last_day__lt=proposed) | Q(pk__lt=a_number(pk))
        rights = rights.filter(earlier, proposed_last_day__lte=proposed)
    ordered = rights.select_related("unit", "dossier").order_by("-proposed_last_day", "-pk")
    found = list(ordered[: PAGE + 1])
    shown = found[:PAGE]
    return Page(shown, f"{shown[-1].proposed_last_day}_{shown[-1].pk}" if len(found) > PAGE else "")


def rows_of(rights: Iterable[ViewRight], today: date) -> list[Row]:
    """What the list says of each."""
    return [_row(right, today) for right in rights]


def _row(right: ViewRight, today: date) -> Row:
    language = get_language() or LANGUAGE
    assert right.last_day is not None
    return Row(
        right,
        label_of(right.rule, mark_of(right.rule_status, language)),
        sentences(language)["events"].get(right.anchor_event, ""),
        words_of(right.held, HELD),
        (right.last_day - today).days,
    )
