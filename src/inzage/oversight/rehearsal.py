"""What a rehearsal of a draft found: counts that add up, part by part, and the files that name each right."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from inzage.oversight.moving_ends import Move, service_of

WEEK = timedelta(days=7)


class Moved(NamedTuple):
    """What moved rights have in common: how, by which rule they end now and would then, and the unit's OE number."""

    move: str
    rule_now: str
    rule_then: str
    unit: str


class Counts(NamedTuple):
    """What was counted of some dossiers, or of all.

    `read` rights were read, those that are closed too; `judged` of them stand open; `unjudged` have no ground left,
    which `inzage prove` reports. `days_now` and `days_then` hold how many rights end on a day. `refused` counts the
    real looks that would have been refused, by the unit's OE number, and `refused_on` the rights that they were on.
    """

    read: int
    judged: int
    unjudged: int
    moved: Counter[Moved]
    days_now: Counter[date]
    days_then: Counter[date]
    refused: Counter[str]
    refused_on: int

    @classmethod
    def none(cls) -> "Counts":
        """Nothing yet."""
        return cls(0, 0, 0, Counter(), Counter(), Counter(), Counter(), 0)

    def and_of(self, other: "Counts") -> "Counts":
        """These with those of other dossiers, which are added to the counters at hand."""
        self.moved.update(other.moved)
        self.days_now.update(other.days_now)
        self.days_then.update(other.days_then)
        self.refused.update(other.refused)
        return self._replace(
            read=self.read + other.read,
            judged=self.judged + other.judged,
            unjudged=self.unjudged + other.unjudged,
            refused_on=self.refused_on + other.refused_on,
        )


class Rehearsal(NamedTuple):
    """What the draft would do: the version of the book, the day on which running terms move, since when looks count."""

    version: str
    on: date
    today: date
    looks_since: date
    counts: Counts

    def moves(self) -> dict[str, int]:
        """How many rights move in each way."""
        return _summed((moved.move, number) for moved, number in self.counts.moved.items())

    def by(self, of: str) -> dict[str, dict[str, int]]:
        """The same by `rule`, `service` or `unit`, the most moved first."""
        sorted_out: dict[str, Counter[str]] = {}
        for moved, number in self.counts.moved.items():
            key = {"rule": moved.rule_now, "service": service_of(moved.rule_now), "unit": moved.unit}[of]
            sorted_out.setdefault(key, Counter())[moved.move] += number
        ordered = sorted(sorted_out.items(), key=lambda item: (-item[1].total(), item[0]))
        return {key: dict(sorted(counts.items())) for key, counts in ordered}

    def weeks(self) -> list[tuple[date, int, int]]:
        """Of each week in which a right ends, by its Monday: how many end in it now, and then."""
        now, then = _by_week(self.counts.days_now), _by_week(self.counts.days_then)
        return [(monday, now[monday], then[monday]) for monday in sorted({*now, *then})]

    def busiest(self) -> dict[str, tuple[date, int] | None]:
        """The day on which most rights end, now and then."""
        return {"now": _busiest(self.counts.days_now), "then": _busiest(self.counts.days_then)}

    def summary(self) -> dict[str, Any]:
        """The figures that go with a proposal, as JSON."""
        counts = self.counts
        return {
            "version": self.version,
            "on": self.on.isoformat(),
            "rehearsed_on": self.today.isoformat(),
            "judged": counts.judged,
            "unjudged": counts.unjudged,
            **{str(move): self.moves().get(move, 0) for move in Move},
            "by_rule": self.by("rule"),
            "by_service": self.by("service"),
            "units": len(self.by("unit")),
            "busiest": {
                name: {"day": found[0].isoformat(), "rights": found[1]} if found else None
                for name, found in self.busiest().items()
            },
            "looks_since": self.looks_since.isoformat(),
            "looks_refused": counts.refused.total(),
            "looks_refused_on": counts.refused_on,
        }

    def figures(self) -> dict[str, Any]:
        """The summary, and what charts and tables show: by unit, and week by week."""
        return {
            **self.summary(),
            "by_unit": self.by("unit"),
            "refused_by_unit": dict(
                sorted(self.counts.refused.items(), key=lambda item: (-item[1], item[0]))
            ),
            "weeks": [[monday.isoformat(), now, then] for monday, now, then in self.weeks()],
        }


def _busiest(days: Mapping[date, int]) -> tuple[date, int] | None:
    return max(days.items(), key=lambda item: (item[1], item[0]), default=None)


def _by_week(days: Mapping[date, int]) -> Counter[date]:
    return Counter(_summed((day - timedelta(days=day.weekday()), number) for day, number in days.items()))


def _summed(pairs: Any) -> dict[Any, int]:
    counted: Counter[Any] = Counter()
    for key, number in pairs:
        counted[key] += number
    return dict(counted)
