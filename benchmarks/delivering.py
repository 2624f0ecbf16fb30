"""`python -m benchmarks.delivering --messages 10000`: messages to Actiris, through every failure, and at full speed.

On PostgreSQL, with `inzage worker` and `inzage simulate actiris` as processes of their own, all on loopback.
"""

import argparse
import base64
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import psycopg
from standardwebhooks import Webhook

from benchmarks import backlog
from benchmarks.measuring import Row, show
from benchmarks.population import server

EVERY_WAY = ("refused", "reset", "reset_after", "error", "error_after", "too_many", "slow", "cut_off")
KIND = "be.inzage.activities.v1.activities.notify.started"
KILLED_EVERY_SECONDS = 4
PER_STREAM = 5
WANTED_A_SECOND = 300
LONGEST_SECONDS = 1800
WORKER = (sys.executable, "-m", "benchmarks.delivering", "--as-worker")


def main() -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.delivering", description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000)
    every = ["failing", "steady", "pages"]
    parser.add_argument("--only", choices=every, nargs="*", default=every)
    parser.add_argument("--as-worker", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inzage.project.settings")
    if given.as_worker:
        return _work()
    rows = []
    if "failing" in given.only:
        with Bench(given.messages) as bench:
            rows += through_every_failure(bench)
    if "steady" in given.only:
        with Bench(given.messages) as bench:
            rows += at_full_speed(bench)
    if "pages" in given.only:
        with Bench(0) as bench:
            rows += beside_a_backlog(bench, 10 * given.messages)
    show(f"{given.messages:,} messages to Actiris", rows)
    return 0 if all(row.met for row in rows) else 1


def through_every_failure(bench: "Bench") -> list[Row]:
    """One in five fails, in every way; two workers, one of them killed every few seconds."""
    bench.control({"share": 0.2, "kinds": EVERY_WAY, "seed": 3, "seconds": 0.5, "retry_after": 1})
    with bench.workers(2) as workers:
        seconds, killed = bench.until_delivered(lambda: _kill_and_start(bench, workers))
    happened = bench.asked("control/failures")
    bench.control({})
    found = bench.matched()
    parked = bench.one("SELECT count(*) FROM outbox_delivery WHERE state = 'parked'")
    said = ", ".join(f"{count} {what}" for what, count in found.items())
    beside = ", ".join(f"{kind} {count}" for kind, count in sorted(happened.items()))
    met = not any(found.values()) and killed > 0 and parked == 0
    what = f"one in five failing, {killed} × kill -9, two workers: {seconds:.0f} s"
    return [Row(what, said, beside, "0 lost, 0 twice, in order", met)]


def _kill_and_start(bench: "Bench", workers: list["subprocess.Popen[bytes]"]) -> None:
    victim = workers.pop(0)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    workers.append(bench.worker())


def at_full_speed(bench: "Bench") -> list[Row]:
    """One worker, and an Actiris that answers at once; counted from the first delivery to the last."""
    with bench.workers(1):
        bench.until_delivered()
    seconds = bench.one(
        "SELECT extract(epoch FROM max(delivered_at) - min(delivered_at))::float FROM outbox_delivery"
    )
    speed = bench.messages / max(seconds, 0.001)
    found = bench.matched()
    met = speed >= WANTED_A_SECOND and not any(found.values())
    beside = ", ".join(f"{count} {what}" for what, count in found.items())
    return [
        Row(
            "steady delivery, one worker",
            f"{speed:.0f} a second",
            beside,
            f"≥ {WANTED_A_SECOND} a second",
            met,
        )
    ]


def beside_a_backlog(bench: "Bench", messages: int) -> list[Row]:
    """The pages of partner and desk, before and while messages pile up because Actiris answers nothing but errors."""
    without = backlog.read(bench.environment)
    _fill(bench.database, messages)
    with psycopg.connect(bench.database, autocommit=True) as database:
        database.execute("ANALYZE outbox_delivery")  # as the server does by itself while messages pile up
    bench.control({"share": 1, "kinds": ["error"], "seed": 3})
    with bench.workers(1):
        with_backlog = backlog.read(bench.environment)
    return backlog.rows(without, with_backlog, messages)


class Bench(ExitStack):
    """A database with messages waiting, and an Actiris to send them to."""

    def __init__(self, messages: int) -> None:
        super().__init__()
        self.messages = messages

    def __enter__(self) -> "Bench":
        super().__enter__()
        self.secret = "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()
        folder = Path(self.enter_context(tempfile.TemporaryDirectory(prefix="inzage-bench-")))
        self.url = self.enter_context(_actiris(folder, self.secret))
        self.database = self.enter_context(_own_database())
        self.environment = {
            **os.environ,
            "INZAGE_DATABASE_URL": self.database,
            "INZAGE_VAR": str(folder),
            "INZAGE_ACTIRIS_URL": self.url,
            "INZAGE_ACTIRIS_SECRET": self.secret,
        }
        migrate = [sys.executable, "-m", "inzage.project.cli", "migrate", "-v0"]
        subprocess.run(migrate, env=self.environment, check=True)
        _fill(self.database, self.messages)
        return self

    def worker(self) -> "subprocess.Popen[bytes]":
        """Start one."""
        return subprocess.Popen(
            WORKER, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    @contextmanager
    def workers(self, count: int) -> Iterator[list["subprocess.Popen[bytes]"]]:
        """Workers, ended afterwards."""
        workers = [self.worker() for _ in range(count)]
        try:
            yield workers
        finally:
            for each in workers:
                each.terminate()
            for each in workers:
                each.wait()

    def until_delivered(self, every_few_seconds: Callable[[], None] | None = None) -> tuple[float, int]:
        """Wait for all messages to be delivered; the seconds, and how often something was done meanwhile."""
        begun, done = time.monotonic(), 0
        waiting = "SELECT count(*) FROM outbox_delivery WHERE state = 'waiting'"
        while self.one(waiting):
            if time.monotonic() - begun > LONGEST_SECONDS:
                sys.exit(f"Not delivered within {LONGEST_SECONDS} s.")
            time.sleep(0.2)
            if every_few_seconds and time.monotonic() - begun > KILLED_EVERY_SECONDS * (done + 1):
                every_few_seconds()
                done += 1
        return time.monotonic() - begun, done

    def one(self, query: str) -> Any:
        """The one value that a query gives."""
        with psycopg.connect(self.database) as database:
            row = database.execute(query).fetchone()
            return row[0] if row else None

    def control(self, plan: dict[str, Any]) -> None:
        """How Actiris fails from now on."""
        httpx2.post(f"{self.url}/control/failures", json=plan).raise_for_status()

    def asked(self, path: str) -> dict[str, Any]:
        """What Actiris says of itself."""
        answer: dict[str, Any] = httpx2.get(f"{self.url}/{path}").json()
        return answer

    def matched(self) -> dict[str, int]:
        """Both sides one to one: what was lost, what applied twice, what out of order."""
        ours = self.one("SELECT array_agg(event_id::text) FROM outbox_delivery WHERE state = 'delivered'")
        theirs = list(self._listed())
        ids = Counter(row["id"] for row in theirs)
        return {
            "lost": len(set(ours) - set(ids)),
            "twice": sum(row["applied"] != 1 for row in theirs) + ids.total() - len(ids),
            "out of order": self.asked("control/faults")["faults"],
        }

    def _listed(self) -> Iterator[dict[str, Any]]:
        for day in self.one(
            "SELECT array_agg(DISTINCT (created_at AT TIME ZONE 'Europe/Brussels')::date::text) FROM outbox_delivery"
        ):
            cursor: str | None = "0"
            while cursor is not None:
                now, message_id = datetime.now(UTC), str(uuid.uuid4())
                headers = {
                    "webhook-id": message_id,
                    "webhook-timestamp": str(int(now.timestamp())),
                    "webhook-signature": Webhook(self.secret).sign(message_id, now, ""),
                }
                page = httpx2.get(
                    f"{self.url}/messages", params={"day": day, "cursor": cursor}, headers=headers
                ).json()
                yield from page["messages"]
                cursor = page["next"]


@contextmanager
def _actiris(folder: Path, secret: str) -> Iterator[str]:
    """The made-up Actiris; its address."""
    command = [
        sys.executable,
        "-m",
        "inzage_simulators",
        "actiris",
        "--storage",
        str(folder / "actiris.sqlite3"),
    ]
    environment = {**os.environ, "INZAGE_ACTIRIS_SECRET": secret}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[-1].rstrip("/")
        finally:
            process.terminate()


@contextmanager
def _own_database() -> Iterator[str]:
    name = f"inzage_bench_delivering_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(f"{server()}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server()}/{name}"
        finally:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _fill(address: str, messages: int) -> None:
    """Messages as the register writes them, five to a stream, one stream after the other."""
    from inzage.outbox.events import written

    at = datetime.now(UTC) - timedelta(minutes=1)
    columns = (
        "destination, stream, sequence, event_id, kind, body, created_at, state, due_at, attempts, problem"
    )
    copying = f"COPY outbox_delivery ({columns}) FROM STDIN"
    with psycopg.connect(address) as database, database.cursor().copy(copying) as copy:
        for number in range(messages):
            event_id, stream = uuid.uuid4(), str(uuid.UUID(int=number // PER_STREAM))
            sequence, data = number % PER_STREAM + 1, {"activity": str(number), "state": "running"}
            moment = at + timedelta(microseconds=number)
            body = written(
                event_id, KIND, source="urn:bench", stream=stream, sequence=sequence, at=moment, data=data
            )
            row = ("actiris", stream, sequence, event_id, KIND, body, moment, "waiting", moment, 0, "")
            copy.write_row(row)


def _work() -> int:
    """A worker that only delivers, and that tries again sooner than is wise between institutions."""
    import django

    django.setup()
    from django.core.management import call_command

    from inzage.outbox import claiming, delivering, trying_again

    claiming.LEASE, delivering.MARGIN = timedelta(seconds=16), timedelta(seconds=11)
    trying_again.LONGEST = timedelta(seconds=5)
    call_command("worker", "--only", "deliver")
    return 0


if __name__ == "__main__":
    sys.exit(main())
