"""The report of a rehearsal for people, as the command prints it."""

from collections.abc import Iterator

from inzage.oversight.moving_ends import Move
from inzage.oversight.rehearsal import Rehearsal

WORDS = {
    Move.EARLIER: "end earlier",
    Move.LATER: "end later",
    Move.GAINS_END: "get an end, and have none in sight now",
    Move.LOSES_END: "have no end in sight any more",
}
HEADS = {
    Move.EARLIER: "earlier",
    Move.LATER: "later",
    Move.GAINS_END: "new end",
    Move.LOSES_END: "no end",
}
"""What stands above the columns of a table."""
TABLES = {"rule": "By the rule that counts now", "service": "By service", "unit": "By partner"}
MOST_LINES = 20
"""Of a table: the files name the rest."""


def in_words(found: Rehearsal) -> str:
    """Counts, tables, looks; and what no rehearsal can know."""
    return "\n".join(_lines(found))


def _lines(found: Rehearsal) -> Iterator[str]:
    counts, moves = found.counts, found.moves()
    yield f"Draft {found.version}, running terms moved on {found.on}: {counts.judged} open rights judged."
    for move, words in WORDS.items():
        yield f"  {moves.get(move, 0):>9}  {words}"
    yield f"  {counts.judged - counts.unjudged - sum(moves.values()):>9}  end on the same day"
    if counts.unjudged:
        yield f"  {counts.unjudged:>9}  have no ground left and were not judged: inzage prove"
    for of, title in TABLES.items():
        yield from _table(title, found.by(of))
    for when, busiest in found.busiest().items():
        if busiest:
            yield f"Most end {'now' if when == 'now' else 'then'} on {busiest[0]}: {busiest[1]}."
    yield from _looks(found)
    yield (
        "Terms that are still to start are in no fact yet: events from the draft's first day on are counted by it, and "
        "are not in these figures."
    )


def _table(title: str, rows: dict[str, dict[str, int]]) -> Iterator[str]:
    if rows:
        yield f"{title}:"
        yield " ".join(f"{HEADS[move]:>9}" for move in Move)
    for name, moves in list(rows.items())[:MOST_LINES]:
        yield " ".join(f"{moves.get(move, 0):>9}" for move in Move) + f"  {name or '(no service)'}"
    if len(rows) > MOST_LINES:
        yield f"  and {len(rows) - MOST_LINES} more: --json has them all"


def _looks(found: Rehearsal) -> Iterator[str]:
    refused = found.counts.refused
    yield (
        f"Had it governed since {found.looks_since}: {refused.total()} real looks refused, on "
        f"{found.counts.refused_on} rights of {len(refused)} partners."
    )
    for unit, number in sorted(refused.items(), key=lambda item: (-item[1], item[0]))[:MOST_LINES]:
        yield f"  {number:>9}  {unit}"
