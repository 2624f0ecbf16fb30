"""`inzage rehearse`: every right judged by the books in force, and again by the books with a draft; nothing is written.

What is judged are the facts that are known. Terms that only an event still to come will start are in nobody's facts:
for those the draft counts from its first day on, and no rehearsal can say how many they will be.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from inzage.oversight.books_with import books_with
from inzage.oversight.rehearsal import Counts, Rehearsal
from inzage.oversight.rehearsal_files import Files
from inzage.oversight.rehearsing_range import Asked, rehearse_range
from inzage.rule_books.in_force import refresh
from inzage.rules.rulebook import RuleBook
from inzage.view_rights.parallel import ENOUGH, in_order
from inzage.view_rights.scopes import ranges

CHUNK = 10_000
"""Dossiers judged at a time: bounds the memory of each process."""


def rehearse(
    draft: RuleBook,
    *,
    today: date,
    on: date | None = None,
    progress: Callable[[int], None] = lambda _n: None,
    processes: int = 0,
    folder: Path | None = None,
    with_numbers: bool = False,
) -> Rehearsal:
    """What the draft would do to all rights, were the terms that run moved to it on day `on` (by default its first).

    In `folder` each right that moves and each look that would have been refused gets its line, with the client's
    number where that is asked. `progress` hears how many rights were read since; `processes` is as for a proof.
    Raises NotRehearsed where the draft can't come into force so.
    """
    books = books_with(draft, refresh(), on=on, today=today)
    counts = Counts.none()
    asked = (
        Asked(first, last, books, today, named=folder is not None, with_numbers=with_numbers)
        for first, last in ranges(CHUNK)
    )
    with Files(folder, with_numbers=with_numbers) as files:
        for part, texts in in_order(rehearse_range, asked, processes=processes or ENOUGH):
            counts = counts.and_of(part)
            files.add(texts)
            progress(part.read)
    return Rehearsal(draft.version, books.moves_on, today, books.since, counts)
