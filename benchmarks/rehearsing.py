"""Rehearsing a draft on the whole register, with a log of looks: time and memory of all its processes."""

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from benchmarks.measuring import Memory, Row, shown
from benchmarks.population import SIZES, TODAY

MOST_MEMORY = 500e6
MOST_SECONDS = 90
LINES_A_RIGHT = 4
"""A log of 20 million lines at 5 million rights."""
LINES = """
INSERT INTO access_log_accessline (id, at, kind, person, unit, part, stated_reason, request_id)
SELECT n, %(today)s::timestamptz - interval '180 days' * (1 - n::float / %(lines)s), 'look', 'person:' || n %% 4000,
       'OE' || 2 + n %% 2000, 'general', '', gen_random_uuid()
FROM generate_series(1, %(lines)s::bigint) AS n
"""
SHOWN = """
INSERT INTO access_log_showndossier (id, line_id, dossier_id, "right", rule, rule_status, verdict)
SELECT n, n, 1 + n * 7919 %% %(rights)s, 1 + n * 7919 %% %(rights)s, 'closing.executor', 'verified', 'right_stands'
FROM generate_series(1, %(lines)s::bigint) AS n
"""


def measure(address: str, size: str) -> list[Row]:
    """Fill the log, and rehearse."""
    rights = SIZES[size]
    _fill_the_log(address, rights)
    with TemporaryDirectory() as folder:
        seconds, memory, moved, refused = _rehearse(address, Path(folder))
        listed = sum(1 for _line in (Path(folder) / "rights.csv").open()) - 1
    return [
        Row(
            f"inzage rehearse on {rights:,} rights and {rights * LINES_A_RIGHT:,} looks",
            f"{shown(seconds)}, {memory / 1e6:.0f} MB, {moved:,} move, {refused:,} looks refused",
            f"{rights / seconds:,.0f} rights a second",
            "≤ 90 s and < 500 MB at 5m, each right that moves in the file",
            seconds <= MOST_SECONDS and memory < MOST_MEMORY and 0 < moved == listed and refused > 0,
        )
    ]


def _fill_the_log(address: str, rights: int) -> None:
    values = {"today": str(TODAY), "lines": rights * LINES_A_RIGHT, "rights": rights}
    with psycopg.connect(address, autocommit=True) as database:
        database.execute("SET session_replication_role = replica; SET synchronous_commit = off")
        database.execute("DELETE FROM access_log_showndossier; DELETE FROM access_log_accessline")
        database.execute(LINES, values)
        database.execute(SHOWN, values)
        database.execute("VACUUM ANALYZE access_log_accessline")
        database.execute("VACUUM ANALYZE access_log_showndossier")


def _rehearse(address: str, folder: Path) -> tuple[float, float, int, int]:
    """Seconds, bytes, rights that move, looks refused."""
    environment = {**os.environ, "INZAGE_DATABASE_URL": address}
    start = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.rehearsing_on", str(TODAY), str(folder)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    watch = Memory(process.pid)
    out, _err = process.communicate()
    seconds = time.perf_counter() - start
    moved, refused = map(int, out.split()[-2:])
    return seconds, watch.stop(), moved, refused
