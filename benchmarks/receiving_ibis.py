"""`python -m benchmarks.receiving_ibis --records 10000`: what IBIS serves arrives once, whatever fails in between.

IBIS (its simulator) fails in every way it can, two workers pull and apply, and one of them is killed (-9) every few
seconds. On the server in INZAGE_BENCH_POSTGRES or INZAGE_TEST_POSTGRES; on SQLite without one.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import httpx2

from benchmarks.databases import own_database, rows
from benchmarks.ibis_records import Line, lines, register_files
from benchmarks.measuring import Row, show, shown

SECRET = "whsec_" + "c2VjcmV0IG9mIHRoaXMgYmVuY2htYXJr"
KINDS = (
    *("refused", "reset", "reset_after", "error", "error_after", "too_many", "slow", "cut_off"),
    *("duplicate", "wrong_order", "wrong_signature"),
)
FAILING = {"share": 0.2, "kinds": KINDS, "seed": 7, "seconds": 0.3, "retry_after": 1, "refused_seconds": 0.3}
SETTLED = "SELECT count(*) FROM inbox_received WHERE state <> 'waiting'"


class Found(NamedTuple):
    """How it went: what is wrong in the end, how often a worker was killed, and how long it took."""

    wrong: list[str]
    killed: int
    failed: int
    seconds: float


class Machine:
    """Our side: a database under this environment, and the workers on it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = dict(environment)
        self.workers: list[subprocess.Popen[bytes]] = []

    def command(self, *arguments: str) -> None:
        """Run one command to its end."""
        subprocess.run(_inzage(*arguments), env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def work(self) -> None:
        """One more worker."""
        command = _inzage("worker", "--only", "pull-ibis", "apply-ibis")
        quiet = subprocess.DEVNULL
        self.workers.append(subprocess.Popen(command, env=self.environment, stdout=quiet, stderr=quiet))

    def kill_oldest(self) -> None:
        """Kill -9 the worker that has worked longest, and start another."""
        oldest = self.workers.pop(0)
        oldest.kill()
        oldest.wait()
        self.work()

    def stop(self) -> None:
        """Tell the workers to end."""
        for worker in self.workers:
            worker.send_signal(signal.SIGTERM)
        for worker in self.workers:
            worker.wait(timeout=60)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query finds, asked beside the workers."""
        return rows(self.environment["INZAGE_DATABASE_URL"], query)


def _inzage(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "inzage.project.cli", *arguments]


@contextmanager
def simulator(environment: Mapping[str, str], storage: Path) -> Iterator[str]:
    """A running IBIS; gives its address."""
    command = [sys.executable, "-m", "inzage_simulators", "ibis", "--storage", str(storage)]
    secret = {"INZAGE_IBIS_SECRET": SECRET}
    with subprocess.Popen(
        command, env={**environment, **secret}, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[-1].rstrip("/")
        finally:
            process.kill()


class Plan(NamedTuple):
    """How many records, on pages of how many; a worker is killed every so many seconds, at most so often."""

    records: int
    page: int
    kill_seconds: float
    most_kills: int = 10_000


def receive(environment: Mapping[str, str], folder: Path, plan: Plan, *, on: datetime) -> Found:
    """Serve records to two workers that fail and are killed. The database of the environment is migrated."""
    served = list(lines(plan.records, on=on.date()))
    register_files(folder / "register")
    with simulator(environment, folder / "ibis.sqlite3") as address:
        settings = {
            "INZAGE_IBIS_URL": address,
            "INZAGE_IBIS_SECRET": SECRET,
            "INZAGE_IBIS_PAGE": str(plan.page),
        }
        machine = Machine({**environment, **settings})
        machine.command("import", str(folder / "register"))
        text = "\n".join(line.text for line in served)
        httpx2.post(f"{address}/control/training-requests", content=text, timeout=60)
        httpx2.post(f"{address}/control/failures", json=FAILING)
        start = time.monotonic()
        killed = _work(machine, len({line.text for line in served}), plan)
        seconds = time.monotonic() - start
        failed = sum(httpx2.get(f"{address}/control/failures").json().values())
    return Found(wrong(machine, served), killed, failed, seconds)


def _work(machine: Machine, expected: int, plan: Plan) -> int:
    """Two workers until everything is settled; returns how many were killed, each only once something moved."""
    for _ in range(2):
        machine.work()
    killed, last, at = 0, 0, time.monotonic()
    deadline = at + 120 + expected / 3
    try:
        while (settled := machine.rows(SETTLED)[0][0]) < expected and time.monotonic() < deadline:
            if killed < plan.most_kills and time.monotonic() - at > plan.kill_seconds and settled > last:
                machine.kill_oldest()
                killed, last, at = killed + 1, settled, time.monotonic()
            time.sleep(0.1)
    finally:
        machine.stop()
    return killed


def wrong(machine: Machine, served: list[Line]) -> list[str]:
    """Everything that did not end as it should."""
    made = machine.rows(
        "SELECT source_id, course_number FROM dossiers_activity WHERE source_id LIKE 'ibis:%'"
    )
    became = machine.rows("SELECT original, state, reason FROM inbox_received")
    expected = {f"ibis:{line.number}": line.course for line in served if not line.reason}
    told = [] if len(made) == len(expected) else [f"{len(made)} lines instead of {len(expected)}"]
    told += [
        f"{number}: {course}, not {expected.get(number)}"
        for number, course in made
        if expected.get(number) != course
    ]
    reasons = {line.text: line.reason for line in served}
    told += [] if len(became) == len(reasons) else [f"{len(became)} received instead of {len(reasons)}"]
    for original, state, reason in became:
        should = reasons.get(original)
        good = (state, reason) == ("quarantined", should) if should else state in ("applied", "overtaken")
        if not good:
            told.append(f"{original[:60]}: {state} {reason}, not {should or 'applied'}")
    return told


def main(clock: Callable[[], datetime]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.receiving_ibis", description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--page", type=int, default=100)
    parser.add_argument("--kill-seconds", type=float, default=4.0)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="inzage-receiving-") as name,
        own_database(Path(name), "receiving") as address,
    ):
        environment = {**os.environ, "INZAGE_DATABASE_URL": address, "INZAGE_VAR": name}
        environment["PYTHONPATH"] = os.pathsep.join(sys.path)
        Machine(environment).command("migrate", "-v0")
        plan = Plan(given.records, given.page, given.kill_seconds)
        found = receive(environment, Path(name), plan, on=clock())
    for told in found.wrong[:20]:
        print(told)
    what = f"{given.records:,} records, one in ten bad, worker killed {found.killed} times, {found.failed} failures"
    rate = f"{given.records / found.seconds:.0f} a second, {shown(found.seconds)}"
    row = Row(what, f"{len(found.wrong)} wrong; {rate}", "–", "0 lost, 0 applied twice", not found.wrong)
    show("From IBIS", [row])
    return 0 if row.met else 1


if __name__ == "__main__":
    sys.exit(main(datetime.now))
