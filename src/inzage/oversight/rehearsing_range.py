"""A range of dossiers rehearsed, in a process of its own: their rights judged, the looks on them held against that."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from inzage.oversight.books_with import Books
from inzage.oversight.looks_refused import Ended, RefusedLook, Stood, ended_earlier, looks_refused
from inzage.oversight.moving_ends import Compared, compared, compared_held
from inzage.oversight.one_view import one_view
from inzage.oversight.rehearsal import Counts, Moved
from inzage.oversight.rehearsal_files import MovedRight, Texts, in_lines
from inzage.partners.models import Unit
from inzage.rules.closing import NoGround
from inzage.rules.facts import Case, goes_on
from inzage.rules.periods import eve
from inzage.view_rights.gathering import Gathered, gather
from inzage.view_rights.models import ViewRight
from inzage.view_rights.parallel import collector_at_rest
from inzage.view_rights.scopes import between, stored


class Asked(NamedTuple):
    """Which dossiers to rehearse on, up to and including `last`; `named`: each right that moves gets its line."""

    first: int
    last: int
    books: Books
    today: date
    named: bool
    with_numbers: bool


class Row(NamedTuple):
    """A right as it is read."""

    id: int
    dossier_id: int
    unit_id: int
    granted_on: date
    last_day: date | None
    closed_on: date | None
    proposed_last_day: date | None


class Judged(NamedTuple):
    """What became of the rights of a range: counts, which moved, and which would have ended earlier."""

    counts: Counts
    moved: list[MovedRight]
    ended: dict[int, Ended]


@collector_at_rest()
def rehearse_range(asked: Asked) -> tuple[Counts, Texts]:
    """The counts of these dossiers, and their lines for the files."""
    with one_view():
        units = dict(Unit.objects.values_list("pk", "oe_number"))
        counts, moved, ended = _judge(asked, units)
        refused = list(looks_refused(ended, asked.books, today=asked.today))
        _count(refused, counts, units)
        counts = counts._replace(refused_on=len({look.stood.right for look in refused}))
        if not asked.named:
            return counts, Texts("", "")
        return counts, in_lines(moved, refused, units, with_numbers=asked.with_numbers)


def _judge(asked: Asked, units: Mapping[int, str]) -> Judged:
    """Every right that stands, or stood since the looks count."""
    scope = between(asked.first, asked.last)
    gathered = gather(scope)
    rights = stored(ViewRight, Row._fields, scope, "dossier_id")
    found = Judged(Counts.none(), [], {})
    judged = unjudged = 0
    for row in rights:
        right = Row._make(row)
        if right.closed_on is not None and right.closed_on <= asked.books.since:
            continue
        case = gathered.case(right.id, right.dossier_id, right.unit_id, right.granted_on)
        judged += right.closed_on is None
        if _nothing_ends(right, case, asked.books.since):
            continue
        stood = _stood(right, case, gathered, asked.today)
        try:
            if right.closed_on is None:
                _compare(right, stood, asked, units, found)
            if earlier := ended_earlier(stood, asked.books, today=asked.today):
                found.ended[right.id] = earlier
        except NoGround:
            unjudged += 1
    return found._replace(counts=found.counts._replace(read=len(rights), judged=judged, unjudged=unjudged))


def _nothing_ends(right: Row, case: Case, since: date) -> bool:
    """Whether no book ends the right, nor would have ended it since that day: so it is with nearly half of them."""
    ends = right.closed_on or right.last_day or right.proposed_last_day
    return ends is None and goes_on(case, max(right.granted_on, since))


def _stood(right: Row, case: Case, gathered: Gathered, today: date) -> Stood:
    """The right up to its real last day; a closed one by its own grounds alone: to it nothing comes any more."""
    if right.closed_on is None:
        return Stood(right.id, right.dossier_id, right.unit_id, case, today)
    own = tuple(gathered.grants.get((right.id, right.dossier_id, right.unit_id), ()))
    return Stood(right.id, right.dossier_id, right.unit_id, case._replace(grants=own), eve(right.closed_on))


def _compare(right: Row, stood: Stood, asked: Asked, units: Mapping[int, str], found: Judged) -> None:
    """Judge an open right by both; one whose last day, stored or proposed, is past is judged on that day."""
    proposed = right.proposed_last_day
    since = max(right.granted_on, min(asked.today, proposed or right.last_day or asked.today))
    if proposed is None:
        both = compared(stood.case, asked.books, since=since, today=asked.today)
    else:
        both = compared_held(stood.case, asked.books, since=since, proposed=proposed)
    now, then = both.now.last_day, both.then.last_day
    if now is not None:
        found.counts.days_now[now] += 1
    if then is not None:
        found.counts.days_then[then] += 1
    if now == then:
        return
    found.counts.moved[_moved(both, units[right.unit_id])] += 1
    if asked.named:
        found.moved.append(MovedRight(right.dossier_id, right.unit_id, both))


def _moved(both: Compared, unit: str) -> Moved:
    assert both.move is not None
    return Moved(both.move, both.now.verdict.rule.id, both.then.verdict.rule.id, unit)


def _count(refused: list[RefusedLook], counts: Counts, units: Mapping[int, str]) -> None:
    for look in refused:
        counts.refused[units[look.stood.unit]] += 1
