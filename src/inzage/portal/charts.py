"""Charts, drawn on the server: each is its own table too, so that nobody has to look in two places.

A bar or a column grows with the page, its words don't shrink with it.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

STEP, WIDTH, HEIGHT = 10, 8, 100
"""Of a column, in the picture's own units: from one to the next, how wide, and the highest."""
LEAST = 1.5
"""What is there at all can be seen."""


class Bar(NamedTuple):
    """One thing that was counted."""

    label: str
    value: int
    is_rest: bool = False
    """The sum of all that is not named: a number without a bar, which would dwarf the others."""


class Drawn(NamedTuple):
    """A bar, and how long it is of a hundred."""

    bar: Bar
    width: float


class Chart(NamedTuple):
    """Counts beside each other, the title they stand under, and the words over the two columns of the table."""

    key: str
    """Tells the charts of one page apart in their markup."""
    title: str
    of: str
    counted: str
    bars: Sequence[Bar]

    @property
    def drawn(self) -> list[Drawn]:
        """The bars, the longest as long as there is room for."""
        most = max((bar.value for bar in self.bars if not bar.is_rest), default=0) or 1
        return [Drawn(bar, 0.0 if bar.is_rest else _part(bar.value, most)) for bar in self.bars]


class Count(NamedTuple):
    """What was counted of one day."""

    day: date
    value: int


class Column(NamedTuple):
    """A day in its place in the picture."""

    x: int
    y: float
    height: float


class Days(NamedTuple):
    """Counts day after day, with the title they stand under and the word for what was counted."""

    key: str
    title: str
    counted: str
    days: Sequence[Count]

    @property
    def width(self) -> int:
        """Of the picture."""
        return STEP * len(self.days)

    @property
    def most(self) -> Count | None:
        """The day with the highest count, the first of them; None where nothing was counted."""
        highest = max(self.days, key=lambda count: count.value, default=None)
        return highest if highest and highest.value else None

    @property
    def drawn(self) -> list[Column]:
        """A column for each day, the highest as high as the picture."""
        most = self.most.value if self.most else 1
        heights = [_part(count.value, most) * HEIGHT / 100 for count in self.days]
        return [
            Column(place * STEP + 1, round(HEIGHT - height, 1), height)
            for place, height in enumerate(heights)
        ]


def day_by_day(counts: Mapping[date, int], *, first: date, last: date) -> list[Count]:
    """Every day from the first to the last, also those on which there was nothing."""
    days = [first + timedelta(days=place) for place in range((last - first).days + 1)]
    return [Count(day, counts.get(day, 0)) for day in days]


def largest(counts: Mapping[str, int], most: int, *, others: str) -> list[Bar]:
    """The largest counts, and the sum of all others under that name."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    bars = [Bar(label, value) for label, value in ordered[:most]]
    rest = sum(value for _label, value in ordered[most:])
    return [*bars, Bar(others, rest, is_rest=True)] if rest else bars


def _part(value: int, most: int) -> float:
    return max(round(100 * value / most, 1), LEAST) if value else 0.0
