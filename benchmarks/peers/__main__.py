"""`python -m benchmarks.peers --size 50k`: our decision beside other engines, in one run, alternately."""

import argparse
import os
import platform
import sys
from importlib.metadata import version

import psycopg
from rich.console import Console

from benchmarks.measuring import Row, keep, show
from benchmarks.population import SIZES, copy_of

PARTS = ("in-process", "curve", "http")


def main() -> int:
    """Measure, print the tables, and say what the others were not asked."""
    parser = argparse.ArgumentParser(prog="benchmarks.peers", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="500k", help="open rights in the register")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS)
    given = parser.parse_args()
    os.environ["INZAGE_DATABASE_URL"] = address = copy_of(given.size)
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peers.settings"
    _say(_machine(address))
    rows = _measured(address, given.size, given.only)
    keep(f"peers-{given.size}", rows)
    return 0 if all(row.met for row in rows) else 1


def _measured(address: str, size: str, wanted: list[str]) -> list[Row]:
    import django

    django.setup()
    from benchmarks.peers import curve, in_process, over_http

    rights, rows = f"{SIZES[size]:,} open rights", list[Row]()
    if "in-process" in wanted:
        found, told = in_process.measure(address, size)
        show(f"One decision in process, {rights}: median (lowest to highest)", found)
        _say(told)
        rows += found
    if "curve" in wanted:
        found = curve.measure(size)
        show("One decision in process, by size", found)
        rows += found
    if "http" in wanted:
        found = over_http.measure(address, size)
        show(f"Decisions over HTTP, {rights}: median of {over_http.ROUNDS} rounds", found)
        _say(over_http.said())
        rows += found
    return rows


def _machine(address: str) -> str:
    with psycopg.connect(address) as database:
        server = str(database.info.server_version // 10_000)
    packages = ", ".join(f"{package} {version(package)}" for package in ("psycopg", "Django"))
    return f"Python {platform.python_version()}, {packages}, PostgreSQL {server}, {os.cpu_count()} cores."


def _say(text: str) -> None:
    Console(width=120, highlight=False).print(text)


if __name__ == "__main__":
    sys.exit(main())
