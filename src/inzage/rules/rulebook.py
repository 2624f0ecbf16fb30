"""Rule books: dated, sourced values; the verbs that use them are code (S18 to S21)."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from inzage.rules.names import OwnershipEnd, Status
from inzage.rules.periods import Period
from inzage.rules.unreadable import Expected, Fault, Refusal, UnreadableBook

EXECUTOR = "closing.executor"
NO_ACTIVITY = "closing.no-activity"
OWNER = "closing.owner."
FALLBACK = "closing.owner.fallback"
LONGEST_ID = 60
"""So long a rule's id is at most: it is stored on rights."""


@dataclass(frozen=True, slots=True)
class Sourced:
    """Where a value comes from, how sure it is (S19), and who approved it when, where the book says so."""

    source: str
    status: Status
    approved_by: str = ""
    approved_on: date | None = None


@dataclass(frozen=True, slots=True)
class ClosingRule:
    """Close a `period` after the event. `version` names the book that it stands in: two that say the same are equal.

    A rule of one kind of end alone carries that in its id: `closing.owner.TIBB4.not_started`.
    """

    id: str
    period: Period
    origin: Sourced
    version: str = field(compare=False)

    @property
    def since(self) -> date:
        """The first day of its book: what a version begins with."""
        return date.fromisoformat(self.version.partition(".")[0])

    @property
    def source(self) -> str:
        """Where the number comes from."""
        return self.origin.source

    @property
    def status(self) -> Status:
        """How sure it is."""
        return self.origin.status

    def last_day(self, event_on: date) -> date:
        """The last day of the term that starts with the event on `event_on`."""
        return self.period.last_day(event_on)


@dataclass(frozen=True, slots=True)
class Longest:
    """How long a trajectory under a service may last. Longer is a signal to people: it closes nothing."""

    period: Period
    origin: Sourced


@dataclass(frozen=True, slots=True)
class Switch:
    """Something that is on or off from a book's first day."""

    on: bool
    origin: Sourced

    @property
    def source(self) -> str:
        """Where that stands."""
        return self.origin.source

    @property
    def status(self) -> Status:
        """How sure it is."""
        return self.origin.status


OFF = Switch(False, Sourced("Staat in geen regelboek: uit", Status.UNKNOWN))


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules in force from `starts_on` until the next book starts. No two texts that were ever approved have one
    `version`: it is the first day, and of a later text for that same day its number, too (2027-01-01.2).

    `after` holds the rules that are for one kind of end alone, by their ids. `prjlew_grants_at_once`: a registration
    under PRJLEW in IBIS grants the right itself, without a form (S23).
    """

    starts_on: date
    version: str = field(compare=False)
    executor: ClosingRule
    no_activity: ClosingRule
    fallback: ClosingRule
    owners: Mapping[str, ClosingRule] = field(default_factory=dict)
    after: Mapping[str, ClosingRule] = field(default_factory=dict)
    longest: Mapping[str, Longest] = field(default_factory=dict)
    prjlew_grants_at_once: Switch = OFF
    _found: dict[tuple[str, str], ClosingRule] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def owner_rule(self, service: str, ended_by: str = "") -> ClosingRule:
        """The rule of `service` for an ownership that ended so; without one, the fallback under its own id (S19).

        Found once for each: five million rights fall under some forty.
        """
        rule = self._found.get((service, ended_by))
        if rule is None:
            rule = self._found[service, ended_by] = self._owner_rule(service, ended_by)
        return rule

    def _owner_rule(self, service: str, ended_by: str) -> ClosingRule:
        if rule := self.after.get(f"{OWNER}{service}.{ended_by}") or self.owners.get(service):
            return rule
        if rule := self.after.get(f"{FALLBACK}.{ended_by}"):
            named = f"{OWNER}{service}.{ended_by}"
            return replace(rule, id=named if len(named) <= LONGEST_ID else OWNER + service)
        return replace(self.fallback, id=OWNER + service)

    def executor_rule(self, event: str) -> ClosingRule:
        """The rule of an executor whose last activity ended with this event (S20)."""
        return self.after.get(f"{EXECUTOR}.{event}", self.executor)

    def rule(self, rule_id: str) -> ClosingRule:
        """The rule that carries this id; where this book has none for that end alone, the one that counts it here."""
        named = {EXECUTOR: self.executor, NO_ACTIVITY: self.no_activity, FALLBACK: self.fallback}
        if rule := self.after.get(rule_id) or named.get(rule_id):
            return rule
        if rule_id.startswith(f"{EXECUTOR}."):
            return self.executor
        service, _, end = rule_id.removeprefix(OWNER).rpartition(".")
        if service and end in tuple(map(str, OwnershipEnd)):
            return self.owner_rule(service, end)
        return self.owner_rule(rule_id.removeprefix(OWNER))

    def every_rule(self) -> list[ClosingRule]:
        """All that stand in it: those of executors, of who does nothing, of owners, and of single kinds of end."""
        return [self.executor, self.no_activity, self.fallback, *self.owners.values(), *self.after.values()]

    def knows(self, service: str) -> bool:
        """Whether the book has a row for `service`, if only one that points at the fallback."""
        return service in self.owners


class Migration(NamedTuple):
    """Running terms moved knowingly: from day `on` the book of `starts_on` counts those begun before it, too."""

    on: date
    starts_on: date


class RuleBooks:
    """All books, oldest first: the one in force on a day is the last that has started; and the migrations.

    No day goes by a book or a migration that was taken back, but what was judged ahead by it still names it. Raises
    UnreadableBook where two books start on one day: both would be the rule for the same facts.
    """

    def __init__(
        self,
        books: Iterable[RuleBook],
        migrations: Iterable[Migration] = (),
        taken_back: Iterable[RuleBook] = (),
        moves_taken_back: Iterable[Migration] = (),
    ) -> None:
        self._books = sorted(books, key=lambda book: book.starts_on)
        self._taken_back = list(taken_back)
        self._later_starts = [book.starts_on for book in self._books[1:]]
        self._migrations = sorted(migrations)
        self._moves_taken_back = list(moves_taken_back)
        for one, other in zip(self._books, self._books[1:], strict=False):
            if one.starts_on == other.starts_on:
                day = str(one.starts_on)
                raise UnreadableBook(Refusal(Fault.SAME_START, Expected.OTHER_DAY, value=day))

    def every(self) -> list[RuleBook]:
        """All of them, oldest first."""
        return list(self._books)

    def migrations(self) -> list[Migration]:
        """All migrations of running terms, the first on top."""
        return list(self._migrations)

    def with_draft(self, draft: RuleBook, *, moved_on: date | None = None) -> "RuleBooks":
        """These and a draft beside them, which moves running terms on `moved_on`, if at all."""
        moved = [Migration(moved_on, draft.starts_on)] if moved_on else []
        return RuleBooks(
            [*self._books, draft], [*self._migrations, *moved], self._taken_back, self._moves_taken_back
        )

    def on(self, day: date) -> RuleBook:
        """The book in force on `day`; before the first book, the first."""
        return self._books[bisect_right(self._later_starts, day)]

    def governing(self, event_on: date, *, on: date) -> RuleBook:
        """The book that counts, on day `on`, a term begun on `event_on`: that of the event, or a migration's."""
        moved = self._moved(event_on, on)
        return self.on(moved.starts_on) if moved else self.on(event_on)

    def moved_by(self, day: date) -> date:
        """The latest day up to `day` on which terms moved: that ended none before it. `date.min` where none did."""
        latest = date.min
        for one in self._migrations:
            if one.on > day:
                break
            latest = one.on
        return latest

    def ever_moved_on(self, day: date) -> bool:
        """Whether terms move on that day, or were to until that was taken back."""
        return any(one.on == day for one in (*self._migrations, *self._moves_taken_back))

    def _moved(self, event_on: date, on: date) -> Migration | None:
        """Of the migrations up to day `on` that move a term begun then: the last one to the latest book."""
        moved = None
        for one in self._migrations:
            if one.on > on:
                break
            if event_on < one.starts_on and (moved is None or one.starts_on >= moved.starts_on):
                moved = one
        return moved

    def moves_after(self, day: date) -> list[date]:
        """The days later than `day` on which running terms move."""
        return [one.on for one in self._migrations if one.on > day]

    def version(self, version: str) -> RuleBook:
        """The book of this version, as it stands on rights, taken back or not; KeyError where there never was one."""
        for book in (*self._books, *self._taken_back):
            if book.version == version:
                return book
        raise KeyError(version)
