"""Proving the whole register: time and memory of all its processes; then a hundred corruptions to be found."""

import os
import subprocess
import sys
import time
from typing import NamedTuple

import psycopg

from benchmarks.measuring import Memory, Row, shown
from benchmarks.population import SIZES, TODAY

MOST_MEMORY = 500e6
MOST_SECONDS = 90
CORRUPTIONS = (
    "UPDATE view_rights_viewright SET last_day = coalesce(last_day, '2026-12-31') + 1 WHERE id = %s",
    "UPDATE view_rights_viewright SET last_day = NULL, anchor_event = '', anchor_on = NULL WHERE id = %s",
    "UPDATE view_rights_viewright SET rule = 'closing.owner.WIJ3' WHERE id = %s",
    "UPDATE view_rights_viewright SET relation = CASE relation WHEN 'none' THEN 'owner' ELSE 'none' END WHERE id = %s",
    "UPDATE view_rights_viewright SET rule_gap = NOT rule_gap WHERE id = %s",
    "UPDATE view_rights_viewright SET rule_status = 'unknown' WHERE id = %s",
    "UPDATE view_rights_viewright SET anchor_event = 'granted', anchor_on = '2025-01-01' WHERE id = %s",
    "UPDATE view_rights_viewright SET closed_on = last_day + 1, closing_reason = 'term', closed_at = now(), "
    "last_day = coalesce(last_day, '2026-03-01') WHERE id = %s",
    "UPDATE view_rights_grant SET withdrawn_on = granted_on + 1 WHERE right_id = %s",
    "INSERT INTO dossiers_activity (dossier_id, unit_id, kind, title, course_number, outsourcing_number, started_on, "
    "closed_on) SELECT dossier_id, unit_id, 'training', '', '', '', '2025-01-01', '2026-03-09' "
    "FROM view_rights_viewright WHERE id = %s",
)
FIT_ALL = {0, 2, 3, 4, 5, 6, 8}
"""Corruptions that change every kind of right; the others are planted in rights without any activity."""


class Proven(NamedTuple):
    """How long it took, the most memory its processes held together (bytes), how many dossiers something differs in."""

    seconds: float
    memory: float
    differing: int


def measure(address: str, size: str) -> list[Row]:
    """Prove the sound register, then the corrupted one."""
    sound = _prove(address)
    planted = _plant(address, SIZES[size])
    corrupted = _prove(address)
    return [
        Row(
            f"inzage prove of {SIZES[size]:,} rights",
            f"{shown(sound.seconds)}, {sound.memory / 1e6:.0f} MB, {sound.differing} differ",
            f"{SIZES[size] / sound.seconds:,.0f} rights a second",
            "≤ 90 s and < 500 MB at 5m",
            sound.seconds <= MOST_SECONDS and sound.memory < MOST_MEMORY and sound.differing == 0,
        ),
        Row(
            "corruptions found",
            f"{corrupted.differing} of {planted}",
            f"{len(CORRUPTIONS)} ways to corrupt",
            f"{planted} of {planted}",
            corrupted.differing == planted,
        ),
    ]


def _prove(address: str) -> Proven:
    environment = {**os.environ, "INZAGE_DATABASE_URL": address}
    start = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.proving_on", str(TODAY)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    watch = Memory(process.pid)
    out, _err = process.communicate()
    seconds = time.perf_counter() - start
    return Proven(seconds, watch.stop(), int(out.split()[-1]))


def _plant(address: str, rights: int) -> int:
    """A hundred rights, far apart, each corrupted in one way, past the application and its guards."""
    with psycopg.connect(address, autocommit=True) as database:
        database.execute("SET session_replication_role = replica")
        for number in range(100):
            way = number % len(CORRUPTIONS)
            block = (number * rights // 100) // 20 * 20 + 20
            right = block + (number // len(CORRUPTIONS) % 20 if way in FIT_ALL else 9) - 20
            database.execute(CORRUPTIONS[way], [max(right, 1)])
    return 100
