"""Does a draft open or lengthen anything, or shorten what runs, beside the books in force? Needs no population.

Every combination of facts within bounds is folded under both; what differs is said by its smallest example.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from inzage.rules.closing import outcome_of
from inzage.rules.combinations import Bound, Combination, every_combination
from inzage.rules.facts import Grant
from inzage.rules.history import Right, rights_of
from inzage.rules.names import Ground
from inzage.rules.periods import day_after, eve
from inzage.rules.rulebook import RuleBook, RuleBooks
from inzage.rules.telling import telling


class Change(StrEnum):
    """What a draft can do to the days on which rights stand, the gravest first.

    A term runs already where its event came before the draft's first day.
    """

    OPENS = "opens"
    LENGTHENS_RUNNING = "lengthens_running"
    LENGTHENS = "lengthens"
    SHORTENS_RUNNING = "shortens_running"
    SHORTENS = "shortens"


UNASKED = frozenset(Change) - {Change.SHORTENS}
"""What a draft should do only knowingly: more to see for a partner, or less than it counts on already."""


class Example(NamedTuple):
    """A combination of which the days differ first on `day`; `now` and `then` are the rights that stood last, by then.

    `rule` is what makes the difference under the draft; empty where it opens nothing any more. `promised` is the last
    day of the term that ran before the draft's first day, where the draft takes days off it.
    """

    change: Change
    combination: Combination
    day: date
    now: Right | None
    then: Right | None
    promised: date | None = None

    @property
    def rule(self) -> str:
        """The id of the rule that gives the day under the draft."""
        return self.then.outcome.verdict.rule.id if self.then else ""


@dataclass
class Comparison:
    """What was found: how many combinations were judged and differ, and of each change by each rule the smallest.

    Of rules that the draft leaves as they are, only where no rule that it changes makes such a change.
    """

    combinations: int = 0
    differing: int = 0
    examples: dict[tuple[Change, str], Example] = field(default_factory=dict)

    def of(self, *changes: Change) -> list[Example]:
        """The examples of these changes, the gravest change first."""
        found = [example for example in self.examples.values() if example.change in changes]
        return sorted(found, key=lambda example: list(Change).index(example.change))

    @property
    def unasked(self) -> list[Example]:
        """Those of changes that a draft should make only knowingly."""
        return self.of(*UNASKED)


def compare(
    draft: RuleBook, books: RuleBooks, *, moved_on: date | None = None, bound: Bound | None = None
) -> Comparison:
    """Compare `books` with the same and `draft`, which moves running terms on `moved_on`, if at all.

    Raise UnreadableBook where a book starts on the draft's first day already.
    """
    with_draft, found = books.with_draft(draft, moved_on=moved_on), Comparison()
    for combination in every_combination(telling(draft, books, moved_on), bound or Bound()):
        found.combinations += 1
        examples = list(_differences(combination, draft, books, with_draft))
        found.differing += bool(examples)
        for example in examples:
            found.examples.setdefault((example.change, example.rule), example)
    found.examples = dict(_by_what_changed(found.examples, draft, books.on(draft.starts_on)))
    return found


def _by_what_changed(
    examples: dict[tuple[Change, str], Example], draft: RuleBook, before: RuleBook
) -> Iterator[tuple[tuple[Change, str], Example]]:
    """Those by rules that changed; of a change that comes about in other ways alone, the smallest."""
    for change in Change:
        found = [(key, example) for key, example in examples.items() if key[0] is change]
        direct = [
            one
            for one in found
            if one[0][1] and draft.rule(one[0][1]).period != before.rule(one[0][1]).period
        ]
        yield from direct or found[:1]


def _rights(combination: Combination, books: RuleBooks) -> list[Right]:
    history, registered_on = combination
    if registered_on and books.on(registered_on).prjlew_grants_at_once.on:
        history = history._replace(grants=(*history.grants, Grant(Ground.IBIS, registered_on)))
    return list(rights_of(history, books, until=date.max))


def _ends(rights: list[Right]) -> list[tuple[date, date | None]]:
    return [(right.case.granted_on, right.outcome.last_day) for right in rights]


def differences(
    combination: Combination, draft: RuleBook, books: RuleBooks, *, moved_on: date | None = None
) -> list[Example]:
    """What the draft changes for this one combination."""
    return list(_differences(combination, draft, books, books.with_draft(draft, moved_on=moved_on)))


def _differences(
    combination: Combination, draft: RuleBook, books: RuleBooks, with_draft: RuleBooks
) -> Iterator[Example]:
    """The first day on which a right stands only then, and the first on which one stands only now."""
    now, then = _rights(combination, books), _rights(combination, with_draft)
    if _ends(now) == _ends(then):
        return
    if gained := _first_beyond(then, now):
        before, after = _last_by(now, gained), _last_by(then, gained)
        yield Example(_gain(before, after, draft), combination, gained, before, after)
    if lost := _first_beyond(now, then):
        before, after = _last_by(now, lost), _last_by(then, lost)
        promised = _promised(before, books, eve(draft.starts_on)) if before else date.min
        if promised >= lost:
            yield Example(Change.SHORTENS_RUNNING, combination, lost, before, after, promised)
        else:
            yield Example(Change.SHORTENS, combination, lost, before, after)


def _gain(now: Right | None, then: Right | None, draft: RuleBook) -> Change:
    """A term that the draft counts though it began before: that one ran already."""
    assert then is not None
    if now is None:
        return Change.OPENS
    _relation, rule, anchor, _last_day, _rule_gap = then.outcome.verdict
    moved = rule.version == draft.version and anchor is not None and anchor.on < draft.starts_on
    return Change.LENGTHENS_RUNNING if moved else Change.LENGTHENS


def _promised(right: Right, books: RuleBooks, day: date) -> date:
    """The last day that a right's running term gave at the end of `day`; `date.min` where none ran."""
    granted_on = right.case.granted_on
    if granted_on > day:
        return date.min
    return outcome_of(right.case, books, since=granted_on, until=day).last_day or date.min


def _first_beyond(rights: list[Right], others: list[Right]) -> date | None:
    """The first day on which one of `rights` stands and none of `others`."""
    for start, end in _ends(rights):
        day = start
        for other_start, other_end in _ends(others):
            if other_start <= day and (other_end is None or day <= other_end):
                day = day_after(other_end or end or eve(date.max))
        if day <= (end or eve(date.max)):
            return day
    return None


def _last_by(rights: list[Right], day: date) -> Right | None:
    """The last that was opened by `day`."""
    opened = [right for right in rights if right.case.granted_on <= day]
    return opened[-1] if opened else None
