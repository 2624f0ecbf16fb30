"""Charts, drawn on the server: bars beside each other as a picture for who looks, and as a table for who reads."""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, ROW, LABELS, FIGURES = 640, 28, 200, 60
"""Of the picture, in its own units: it grows and shrinks with the page."""
LONGEST_LABEL = 30


class Bar(NamedTuple):
    """One thing that was counted."""

    label: str
    value: int


class Drawn(NamedTuple):
    """A bar in its place on the picture."""

    bar: Bar
    short: str
    y: int
    width: float
    text_y: int
    text_x: float


class Chart(NamedTuple):
    """Counts, the title they stand under, and the words over the two columns of the table."""

    key: str
    """Tells the charts of one page apart in their markup."""
    title: str
    of: str
    counted: str
    bars: Sequence[Bar]

    @property
    def height(self) -> int:
        """Of the picture."""
        return ROW * len(self.bars)

    @property
    def drawn(self) -> list[Drawn]:
        """The bars, the longest as long as there is room for."""
        most = max((bar.value for bar in self.bars), default=0) or 1
        room = WIDTH - LABELS - FIGURES
        return [
            Drawn(
                bar,
                _short(bar.label),
                place * ROW + 4,
                round(room * bar.value / most, 1),
                place * ROW + 19,
                round(LABELS + room * bar.value / most + 8, 1),
            )
            for place, bar in enumerate(self.bars)
        ]


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
