"""`python -m benchmarks.receiving_vdab --events 10000`: VDAB pushes, one in ten bad or doubled, processes are killed.

Then, with nothing killed: how long it takes from an event to a yes of `may-view`.
"""

import argparse
import os
import sys
import tempfile
import time
import uuid
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.measuring import Row, Times, show
from benchmarks.population import server
from benchmarks.sides import Sides, told, until

KILLED_EVERY = 4.0
STEADY = 60
EACH = 5
"""Events of one client of the made-up history."""
FAILURES = {
    "share": 0.25,
    "kinds": ["duplicate", "bad", "wrong_order", "wrong_signature", "cut_off"],
    "seed": 7,
}
REGISTER = {
    "partners.csv": "oe_number,name,kbo_number,kind,email\nOE1,Een,,partner,\nOE2,Twee,,partner,\n",
    "services.csv": "code,name,tendered\nTIBB4,Intensief,yes\n",
}


def main() -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.receiving_vdab", description=__doc__)
    parser.add_argument("--events", type=int, default=10_000)
    clients = parser.parse_args().events // EACH
    name = f"inzage_bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(f"{server()}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            rows = _measured(f"{server()}/{name}", clients)
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    show(f"{clients * EACH:,} events from VDAB", rows)
    return 0 if all(row.met for row in rows) else 1


def _measured(address: str, clients: int) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="inzage-bench-") as made:
        folder = Path(made)
        with Sides(address, folder) as sides, psycopg.connect(address, autocommit=True) as database:
            _prepare(sides)
            url = sides.simulate("vdab", "--to", sides.url)
            told(url, "failures", FAILURES)
            once = _once(sides, database, url, clients)
            told(url, "failures", {"share": 0})
            return [once, _steady(address, url, clients)]


def _prepare(sides: Sides) -> None:
    register = sides.folder / "register"
    register.mkdir()
    for name, text in REGISTER.items():
        (register / name).write_text(text)
    sides.run("migrate", "-v0")
    sides.run("import", str(register))
    sides.start("serve", "serve", "--port", str(sides.port))
    for number in (1, 2):
        sides.start(f"worker {number}", "worker", "--only", "apply-vdab")
    until(sides.answers, seconds=60)


def _once(sides: Sides, database: psycopg.Connection, url: str, clients: int) -> Row:
    """Every good event once, every bad one in quarantine, whatever is killed meanwhile."""
    start, killed = time.monotonic(), 0
    told(url, "history", {"clients": clients, "units": ["OE1", "OE2"], "service": "TIBB4"})
    names, due = cycle(("serve", "worker 1", "worker 2")), time.monotonic() + KILLED_EVERY
    while told(url, "counted")["waiting"]:
        if time.monotonic() >= due:
            sides.kill_and_start(next(names))
            until(sides.answers, seconds=60)
            killed, due = killed + 1, time.monotonic() + KILLED_EVERY
        time.sleep(0.1)
    until(lambda: _count(database, "inbox_received WHERE state = 'waiting'") == 0, seconds=600)
    seconds, counted = time.monotonic() - start, told(url, "counted")
    good = {
        "dossiers_assignmentversion": clients,
        "dossiers_activity WHERE closed_on IS NOT NULL": clients,
        "dossiers_address": clients,
        "consents_consentform WHERE state = 'granted'": clients,
        "view_rights_grant": 2 * clients,
        "notices_notice WHERE kind = 'granted'": 2 * clients,
        "inbox_received": counted["events"],
        "inbox_received WHERE state = 'quarantined' AND reason <> ''": counted["bad"],
    }
    wrong = {what: found for what, so_many in good.items() if (found := _count(database, what)) != so_many}
    extra = counted["events"] - clients * EACH
    return Row(
        "every good event carried out once",
        "all" if not wrong else f"WRONG: {wrong}",
        f"{extra} bad or doubled, {killed} killed (-9), {counted['events'] / seconds:.0f} events a second",
        "all",
        not wrong and counted["given_up"] == 0,
    )


def _count(database: psycopg.Connection, what: str) -> int:
    row = database.execute(f"SELECT count(*) FROM {what}").fetchone()
    assert row is not None
    return int(row[0])


def _steady(address: str, url: str, clients: int) -> Row:
    """From the moment VDAB tells of an assignment to the first yes; asked again and again."""
    os.environ["INZAGE_DATABASE_URL"] = address
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inzage.project.settings")
    import django

    django.setup()
    from django.utils import timezone

    from inzage.view_rights.answering import may_view

    seconds, today = [], timezone.localdate()

    def may(client: str) -> bool:
        return may_view(client, "OE1", on=today).decision

    for number in range(clients + 1, clients + 1 + STEADY):
        start = time.perf_counter()
        told(url, "tell", [_assignment(number, str(today))])
        until(partial(may, f"V{number:06}"), seconds=30, pause=0.005)
        seconds.append(time.perf_counter() - start)
    times = Times(tuple(seconds))
    worst = max(seconds)
    return Row("from an event to a yes, steady", str(times), f"{STEADY} one by one", "≤ 2 s", worst <= 2)


def _assignment(number: int, day: str) -> dict[str, Any]:
    from inzage_simulators.vdab_history import insz

    who = {"insz": insz(number), "family_name": "Verzonnen", "given_name": f"Klant {number}"}
    data = {"client_number": f"V{number:06}", "assignment_id": f"VA{number:06}", "client": who}
    return {
        "kind": "assignments.assigned",
        "data": {**data, "oe_number": "OE1", "service": "TIBB4", "assigned_on": day},
    }


if __name__ == "__main__":
    sys.exit(main())
