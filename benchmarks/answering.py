"""The decision API over HTTP: a thousand decisions in one call, what the durable record costs, a page of a search.

`tools/postgres .venv/bin/python -m benchmarks.answering --size 5m`; the load comes from wrk.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import psycopg

from benchmarks.measuring import Row, keep, show
from benchmarks.peers.issuer import issuing
from benchmarks.peers.load import Load, Rounds, loaded
from benchmarks.peers.servers import Servers
from benchmarks.population import SIZES, copy_of

IN_ONE_CALL = 1000
"""The most that one call may hold."""
CALLS = 8
"""Different calls of so many decisions."""
ROUNDS = 5
BATCHES_AT_ONCE, SINGLE_AT_ONCE = (1, 2, 4), (1, 16, 64)


PROCESSES = 2


class Sides(NamedTuple):
    """The rounds of one process, of one that keeps no record, and of as many processes as there are cores here."""

    one: Rounds
    unlogged: Rounds
    two: Rounds


def main() -> int:
    """Measure, print, and leave the figures in var/bench."""
    parser = argparse.ArgumentParser(prog="benchmarks.answering", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="500k", help="open rights in the register")
    size = parser.parse_args().size
    os.environ["INZAGE_DATABASE_URL"] = address = copy_of(size)
    os.environ["DJANGO_SETTINGS_MODULE"] = "inzage.project.settings"
    rows = [*_over_http(address), *_searched()]
    show(f"The decision API, {SIZES[size]:,} open rights", rows)
    keep(f"answering-{size}", rows)
    return 0 if all(row.met for row in rows) else 1


def _over_http(address: str) -> list[Row]:
    """The rounds of all sides take turns."""
    with (
        tempfile.TemporaryDirectory(prefix="inzage-answering-") as made,
        issuing() as issued,
        Servers(Path(made), address, issued) as servers,
    ):
        sides = (
            servers.ours(),
            servers.ours("benchmarks.unlogged:application"),
            servers.ours(processes=PROCESSES),
        )
        token = {"Authorization": f"Bearer {issued.token}"}
        pairs = _standing(address)
        batches, single = Path(made) / "batches.txt", Path(made) / "single.txt"
        batches.write_text("\n".join(json.dumps(_batch(pairs, call)) for call in range(CALLS)))
        single.write_text("\n".join(json.dumps(_single(reference)) for reference in pairs))
        before = _on_record(address)
        counted: list[int] = []

        def in_turn(path: str, bodies: Path, at_once: int) -> Sides:
            loads: list[list[Load]] = [[] for _ in sides]
            for _ in range(ROUNDS + 1):
                for url, found in zip(sides, loads, strict=True):
                    found.append(loaded(url + path, bodies, token, at_once=at_once))
            counted.append(sum(load.answers for load in (*loads[0], *loads[2])))
            return Sides(*(Rounds(tuple(found[1:])) for found in loads))

        many = {at: in_turn("/access/v1/evaluations", batches, at) for at in BATCHES_AT_ONCE}
        one = {at: in_turn("/access/v1/evaluation", single, at) for at in SINGLE_AT_ONCE}
        if _on_record(address) - before < sum(counted):
            sys.exit("There are answers that are not on record.")
    return [*_of_batches(many), *(_of_singles(at, found) for at, found in one.items())]


def _of_batches(many: dict[int, Sides]) -> list[Row]:
    return [
        Row(
            f"{IN_ONE_CALL:,} decisions in one call, {at_once} calls at once, {PROCESSES} processes",
            f"{_each(sides.two)}, p99 of a call {sides.two.p99 * 1e3:.0f} ms",
            f"one process {_each(sides.one)}; without the record {_each(sides.unlogged)}",
            "≥ 50,000/s",
            max(sides.one.rate, sides.two.rate) * IN_ONE_CALL >= 50_000,
        )
        for at_once, sides in many.items()
    ]


def _each(rounds: Rounds) -> str:
    rates = [load.rate * IN_ONE_CALL for load in rounds.loads]
    return f"{rounds.rate * IN_ONE_CALL:,.0f}/s ({min(rates):,.0f} to {max(rates):,.0f})"


def _of_singles(at_once: int, sides: Sides) -> Row:
    ratio = sides.one.p99 / sides.unlogged.p99
    return Row(
        f"single decisions, {at_once} at once",
        str(sides.one),
        f"without the record {sides.unlogged}: p99 {ratio:.2f} ×\n{PROCESSES} processes {sides.two}",
        "p99 ≤ 2 ×",
        ratio <= 2,
    )


def _standing(address: str) -> list[str]:
    """Dossiers of the unit that has most, whose rights stand whatever day it is."""
    with psycopg.connect(address) as database:
        rows = database.execute(
            "SELECT d.reference FROM view_rights_viewright r JOIN dossiers_dossier d ON d.id = r.dossier_id "
            "WHERE r.unit_id = 1 AND r.last_day IS NULL AND r.closed_on IS NULL ORDER BY r.id LIMIT %s",
            [CALLS * IN_ONE_CALL],
        ).fetchall()
    return [str(reference) for (reference,) in rows]


SUBJECT = {"type": "partner-user", "id": "person-1", "properties": {"unit": "OE1"}}


def _batch(references: Sequence[str], call: int) -> dict[str, object]:
    """Somebody's list of dossiers, asked about in one go."""
    places = range(call * IN_ONE_CALL, (call + 1) * IN_ONE_CALL)
    items = [{"resource": {"type": "dossier", "id": references[place % len(references)]}} for place in places]
    return {"subject": SUBJECT, "action": {"name": "view"}, "evaluations": items}


def _single(reference: str) -> dict[str, object]:
    return {"subject": SUBJECT, "action": {"name": "view"}, "resource": {"type": "dossier", "id": reference}}


def _on_record(address: str) -> int:
    with psycopg.connect(address) as database:
        row = database.execute("SELECT count(*) FROM access_log_decisionrecord").fetchone()
    assert row is not None
    return int(row[0])


def _searched() -> list[Row]:
    """In process, on the day the register is about: there the unit has 20,000 dossiers."""
    import django

    django.setup()
    from benchmarks import searching

    return searching.measure()


if __name__ == "__main__":
    sys.exit(main())
