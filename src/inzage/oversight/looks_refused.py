"""Which real looks of the last months would have been refused, had a draft governed then."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from inzage.access_log.models import AccessLine, ShownDossier
from inzage.oversight.books_with import Books
from inzage.rules.closing import outcome_of
from inzage.rules.days import day_of, midnight
from inzage.rules.facts import Case
from inzage.rules.history import History, rights_of
from inzage.rules.periods import day_after
from inzage.rules.rulebook import RuleBooks


class Stood(NamedTuple):
    """A right as it stood, with what decides over it: the dossier, the unit, and up to which day it really stood."""

    right: int
    dossier: int
    unit: int
    case: Case
    up_to: date


class Ended(NamedTuple):
    """A right that would have ended earlier: on which days the unit would still have had one."""

    stood: Stood
    spans: "Spans"


class RefusedLook(NamedTuple):
    """A real look that would not have been allowed; `last_day` is the day on which the right would have ended."""

    at: datetime
    stood: Stood
    last_day: date


class Spans(NamedTuple):
    """The days on which a unit has a right; its grounds can open a second one after the first ended."""

    days: tuple[tuple[date, date | None], ...]

    def holds(self, day: date) -> bool:
        """Whether the unit has a right on that day."""
        return any(first <= day and (last is None or day <= last) for first, last in self.days)

    @property
    def first_end(self) -> date | None:
        """The last day of the first right; None where nothing ended it."""
        return self.days[0][1]


def spans(case: Case, books: RuleBooks, *, since: date, until: date) -> Spans:
    """The right that really stood on day `since` (or was granted later), and what its later grounds open anew."""
    return _spans(case, books, outcome_of(case, books, since=max(case.granted_on, since)).last_day, until)


def _spans(case: Case, books: RuleBooks, first: date | None, until: date) -> Spans:
    """The same where `first` is known to be the last day of that right."""
    days = [(case.granted_on, first)]
    if first is not None and (later := tuple(grant for grant in case.grants if grant.granted_on > first)):
        history = History(later, case.ownerships, case.executions, case.deceased_on)
        anew = rights_of(history, books, until=until)
        days += [(right.case.granted_on, right.outcome.last_day) for right in anew]
    return Spans(tuple(days))


def ended_earlier(stood: Stood, books: Books, *, today: date) -> Ended | None:
    """The right, where it would have ended before the last day on which it really stood."""
    first = max(stood.case.granted_on, books.since)
    if _never_idle_as_long(stood, books.shortest, since=first):
        return None
    last = outcome_of(stood.case, books.had_it_governed, since=first).last_day
    if last is None or last >= stood.up_to:
        return None
    return Ended(stood, _spans(stood.case, books.had_it_governed, last, today))


def _never_idle_as_long(stood: Stood, shortest: timedelta, *, since: date) -> bool:
    """Whether something ran, up to the right's own end, but for stretches in which not even the shortest term passes.

    A stretch that was over on day `since`, on which the right stood, did not end it.

    So it is with most rights, and those need no judging. What was cancelled before it ran starts no term.
    """
    case, idle_since = stood.case, stood.case.granted_on
    ran = [one for one in case.executions if one.ended_on is None or one.ended_by]
    for fact in sorted((*case.ownerships, *ran), key=_begins_on):
        if fact[1] > since and fact[1] - idle_since > shortest:
            return False
        if fact[2] is None:
            return True
        idle_since = max(idle_since, fact[2])
    return stood.up_to - idle_since <= shortest


_begins_on = itemgetter(1)


def looks_refused(ended: Mapping[int, Ended], books: Books, *, today: date) -> Iterator[RefusedLook]:
    """The looks on these rights that the draft would have refused, in the order of the log.

    A look that the books in force would not allow either, from the facts as they are known by now, is not the draft's
    doing.
    """
    if not ended:
        return
    allowed = {}
    for right, at in _looks(ended):
        day, one = day_of(at), ended[right]
        if one.spans.holds(day):
            continue
        if right not in allowed:
            allowed[right] = spans(one.stood.case, books.now, since=books.since, until=today)
        if allowed[right].holds(day):
            last_days = [last for _first, last in one.spans.days if last is not None and last < day]
            yield RefusedLook(at, one.stood, max(last_days))


def _looks(ended: Mapping[int, Ended]) -> Iterator[tuple[int, datetime]]:
    """The looks on these rights from the first day on which one of them would have ended; by the log's index."""
    first = min(one.spans.first_end for one in ended.values() if one.spans.first_end)
    shown = ShownDossier.objects.filter(
        dossier_id__any={one.stood.dossier for one in ended.values()},
        line__kind=AccessLine.Kind.LOOK,
        line__at__gte=midnight(day_after(first)),
    )
    for right, at in shown.order_by("dossier_id", "pk").values_list("right", "line__at"):
        if right is not None and right in ended:
            yield right, at
