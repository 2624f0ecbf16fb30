"""`python -m benchmarks --size 500k`: every figure, each beside its limit in the same run."""

import argparse
import os
import sys
from collections.abc import Callable

from benchmarks.measuring import Row, keep, show
from benchmarks.population import SIZES, copy_of


def main() -> int:
    """Measure, print, and leave the figures in var/bench."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="500k", help="open rights in the register")
    measures = ["closing", "deciding", "pages", "past", "rehearsing", "proving", "importing", "visitors"]
    parser.add_argument("--only", nargs="*", help=", ".join(measures))
    arguments = parser.parse_args()
    wanted = arguments.only or measures
    address = copy_of(arguments.size)
    os.environ["INZAGE_DATABASE_URL"] = address
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inzage.project.settings")
    rows = _measured(address, arguments.size, wanted)
    show(f"{SIZES[arguments.size]:,} open rights, {2 * SIZES[arguments.size]:,} activities", rows)
    keep(arguments.size, rows)
    return 0 if all(row.met for row in rows) else 1


def _measured(address: str, size: str, wanted: list[str]) -> list[Row]:
    import django

    django.setup()
    from benchmarks import closing_run, deciding, importing, pages, past_days, proving, rehearsing, visitors

    measures: dict[str, Callable[[], list[Row]]] = {
        "closing": lambda: closing_run.measure(address),
        "deciding": lambda: deciding.measure(address, size),
        "pages": pages.measure,
        "past": lambda: past_days.measure(address),
        "rehearsing": lambda: rehearsing.measure(address, size),
        "proving": lambda: proving.measure(address, size),
        "importing": importing.measure,
        "visitors": lambda: visitors.measure(address, size),
    }
    return [row for name in wanted for row in measures[name]()]


if __name__ == "__main__":
    sys.exit(main())
