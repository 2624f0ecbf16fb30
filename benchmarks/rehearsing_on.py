"""Rehearses a draft: `python -m benchmarks.rehearsing_on 2026-03-10 FOLDER`; says how many move, and looks refused."""

import sys
from datetime import date
from pathlib import Path

import django

DRAFT = """
starts_on = 2026-05-01
[rounding]
months = "nth-to-eve"
days = "after-the-event"
[executor]
months = 3
source = "To measure with"
status = "assumption"
[no_activity]
days = 150
source = "To measure with"
status = "assumption"
[owner]
months = 6
source = "To measure with"
status = "assumption"
[services.TIBB4]
months = 9
source = "To measure with"
status = "assumption"
"""
"""Moves nearly every term that runs, some to an earlier and some to a later day."""


def main() -> None:
    """Rehearse with as many processes as the command, each right that moves and each look in the files."""
    from inzage.oversight.rehearsing import rehearse
    from inzage.rules.reading_books import read_book

    draft = read_book(DRAFT, name="draft.toml")
    found = rehearse(
        draft, today=date.fromisoformat(sys.argv[1]), folder=Path(sys.argv[2]), with_numbers=True
    )
    print(sum(found.moves().values()), found.counts.refused.total())


if __name__ == "__main__":
    django.setup()
    main()
