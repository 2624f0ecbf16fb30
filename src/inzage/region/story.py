"""One client's history while it is being told: it knows up to which day, and keeps what is told consistent."""

from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from inzage.region.dice import Dice, Weighted
from inzage.region.partners import Pool, drawn_unit, pools
from inzage.region.records import Activity, Assignment, Client, Consent, History
from inzage.region.titles import outsourcing_number, title
from inzage.rules.names import Kind, Purpose, Route

PLANNED_WITHIN = 60
PLANNED_SHARE = 0.2
INCOMPLETE_SHARE = 0.04
NOT_INFORMED_SHARE = 0.04
WITHDRAWN_SHARE = 0.035
WITHDRAWN_AT_ONCE_SHARE = 0.03
RECORDED_THE_SAME_DAY_SHARE = 0.5
COURSE_NUMBERS = 60_000


class Fate(Enum):
    """How an activity goes."""

    CLOSED = "closed"
    DIRECT = "started without a request, then closed"
    CANCELLED = "cancelled while it ran"
    NEVER_STARTED = "cancelled before it ran"
    WAITING = "asked for, and left so"
    CLOSED_TWICE = "closed, and later cancelled as well"


FATES = Weighted(
    {
        Fate.CLOSED: 79.5,
        Fate.DIRECT: 6,
        Fate.CANCELLED: 6,
        Fate.NEVER_STARTED: 5,
        Fate.WAITING: 3,
        Fate.CLOSED_TWICE: 0.5,
    }
)


class Days(NamedTuple):
    """The days of an activity, in the order of the register format."""

    requested_on: date | None
    started_on: date | None = None
    closed_on: date | None = None
    cancelled_on: date | None = None


class Life(NamedTuple):
    """Whose history it is: the client, the year of birth, the day up to which is told, how many units there are."""

    client: Client
    birth_year: int
    until: date
    units: int


class Story:
    """A history in the making. Nothing begins after the last day; few ends are known before they come."""

    def __init__(self, life: Life, dice: Dice) -> None:
        self.life, self.dice = life, dice
        self.last = life.client.deceased_on or life.until
        self.history = History(life.client, [], [], [])
        self._pools = pools(life.units)
        self._number = life.client.client_number

    def unit(self, pool: Pool, *, other_than: str = "") -> str:
        """A unit of this pool, by its OE number."""
        return drawn_unit(self.dice, self._pools[pool], other_than=other_than)

    def assign(self, unit: str, service: str, on: date, ended_on: date, reason: str) -> None:
        """An assignment; where its end is not known yet, it is left out."""
        if on > self.last:
            return
        known = self._end(ended_on)
        if known != ended_on:
            reason = "deceased" if known else ""
        lines = self.history.assignments
        lines.append(Assignment(self._id("A", lines), self._number, unit, service, on, known, reason))

    def consent(self, unit: str, purpose: Purpose, route: Route, on: date) -> date | None:
        """A consent, asked on this day; the day on which it grants, where it does."""
        if on > self.last:
            return None
        if route is not Route.MEDIATOR and self.dice.chance(INCOMPLETE_SHARE):
            self._consent(unit, purpose, route)
            return None
        granted_on = on if route is Route.MEDIATOR else self.dice.after(on, 0, 14)
        if granted_on > self.last:
            return None
        told = self._told(route)
        withdrawn_on = self._withdrawal(granted_on)
        shown = None if granted_on == on and self.dice.chance(RECORDED_THE_SAME_DAY_SHARE) else granted_on
        self._consent(unit, purpose, route, (on, shown), told, withdrawn_on)
        return None if told == "no" or withdrawn_on == granted_on else granted_on

    def activity(self, unit: str, kind: Kind, on: date, lasts: tuple[int, int], *, course: str = "") -> None:
        """An activity, asked for on this day, that takes so many days; as a rule it ends, not always well."""
        if on <= self.last:
            self._activity(unit, kind, course, self._days(FATES.drawn(self.dice), on, lasts))

    def course(self) -> str:
        """A course number: five characters."""
        return f"{20_000 + self.dice.between(0, COURSE_NUMBERS):05}"

    def exact_activity(self, unit: str, kind: Kind, on: date, closed_on: date) -> None:
        """An activity that runs from one given day to another."""
        self._activity(unit, kind, "", Days(on, on, closed_on))

    def exact_consent(self, unit: str, purpose: Purpose, route: Route, on: date) -> None:
        """A consent that is complete, grants on the given day and stays."""
        self._consent(unit, purpose, route, (on, on))

    def _days(self, fate: Fate, on: date, lasts: tuple[int, int]) -> Days:
        """The days of an activity that goes this way, as far as they are known on the last day."""
        dice = self.dice
        started_on = dice.after(on, 1, 30)
        end = dice.after(started_on, *lasts)
        if fate is Fate.NEVER_STARTED:
            return Days(on, cancelled_on=self._past(dice.after(on, 0, 40)))
        if fate is Fate.WAITING or started_on > self.last:
            return Days(on)
        if fate is Fate.CANCELLED:
            return Days(on, started_on, cancelled_on=self._past(dice.after(started_on, 0, lasts[1])))
        if fate is Fate.CLOSED_TWICE:
            return Days(on, started_on, self._end(end), self._past(dice.after(end, 1, 30)))
        return Days(None if fate is Fate.DIRECT else on, started_on, self._end(end))

    def _activity(self, unit: str, kind: Kind, course: str, days: Days) -> None:
        lines = self.history.activities
        outsourcing = outsourcing_number(self.dice) if kind is Kind.PROJECT else ""
        what = (kind, title(self.dice, kind, course), course, outsourcing)
        lines.append(Activity(self._id("S", lines), self._number, unit, *what, *days))

    def _consent(
        self,
        unit: str,
        purpose: Purpose,
        route: Route,
        days: tuple[date | None, date | None] = (None, None),
        told: str = "",
        withdrawn_on: date | None = None,
    ) -> None:
        lines = self.history.consents
        what = (unit, purpose, route, *days, told, withdrawn_on)
        lines.append(Consent(self._id("C", lines), self._number, *what))

    def _id(self, letter: str, lines: list[Assignment] | list[Consent] | list[Activity]) -> str:
        return f"{letter}{self._number[1:]}-{len(lines) + 1}"

    def _told(self, route: Route) -> str:
        """Whether the client was told of the exchange with Actiris: asked on the Brussels form alone (S08)."""
        if route is not Route.BRUSSELS_FORM:
            return ""
        return "no" if self.dice.chance(NOT_INFORMED_SHARE) else "yes"

    def _withdrawal(self, granted_on: date) -> date | None:
        if not self.dice.chance(WITHDRAWN_SHARE):
            return None
        if self.dice.chance(WITHDRAWN_AT_ONCE_SHARE):
            return granted_on
        withdrawn_on = self.dice.after(granted_on, 1, 300)
        return withdrawn_on if withdrawn_on <= self.last else None

    def _end(self, day: date) -> date | None:
        """The end as far as it is known: a death ends everything, and few ends are planned."""
        if day <= self.last:
            return day
        if self.life.client.deceased_on:
            return self.last
        near = day <= self.last + timedelta(days=PLANNED_WITHIN)
        return day if near and self.dice.chance(PLANNED_SHARE) else None

    def _past(self, day: date) -> date | None:
        """A cancellation as far as it is known: never before it comes, at the latest with a death."""
        return day if day <= self.last else self.life.client.deceased_on
