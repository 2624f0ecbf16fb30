"""What IBIS keeps: every revision of every training request, as a line, in the order in which it can be read."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from inzage_simulators.storing import Store

BRUSSELS = ZoneInfo("Europe/Brussels")
SCHEMA = """
CREATE TABLE IF NOT EXISTS line (
    place INTEGER PRIMARY KEY, id TEXT NOT NULL, revision INTEGER NOT NULL, day TEXT NOT NULL,
    served INTEGER NOT NULL DEFAULT 0, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS line_of_record ON line (id, revision);
CREATE INDEX IF NOT EXISTS line_of_day ON line (day, place);
"""


class Kept:
    """The storage of IBIS."""

    def __init__(self, path: Path) -> None:
        self.store = Store(path, SCHEMA)

    def add(self, lines: Iterable[str]) -> int:
        """Keep lines as they are, good or bad; returns how many."""
        day = str(datetime.now(BRUSSELS).date())
        rows = [(*_identity(line), day, line) for line in lines]
        with self.store.writing() as writing:
            writing.executemany("INSERT INTO line (id, revision, day, body) VALUES (?, ?, ?, ?)", rows)
        return len(rows)

    def register(self, said: dict[str, Any]) -> str:
        """A new training request; returns its id."""
        count = self.store.rows("SELECT count(*) AS lines FROM line")[0]["lines"]
        return self._say(f"OA{count + 1:06}", 1, "registered", said)

    def correct(self, record_id: str, said: dict[str, Any]) -> str:
        """A next revision, that says this."""
        return self._say(record_id, self._last(record_id) + 1, "corrected", said)

    def withdraw(self, record_id: str) -> str:
        """A next revision, that says no more than that."""
        return self._say(record_id, self._last(record_id) + 1, "withdrawn", {})

    def after(self, place: int, most: int) -> list[dict[str, Any]]:
        """The lines behind a place, counted as served."""
        rows = self.store.rows(
            "SELECT place, body FROM line WHERE place > ? ORDER BY place LIMIT ?", place, most
        )
        if rows:
            with self.store.writing() as writing:
                served = "UPDATE line SET served = served + 1 WHERE place BETWEEN ? AND ?"
                writing.execute(served, (rows[0]["place"], rows[-1]["place"]))
        return rows

    def is_behind(self, place: int) -> bool:
        """Whether there is more behind a place."""
        return self.store.row("SELECT 1 FROM line WHERE place > ? LIMIT 1", place) is not None

    def of_day(self, day: str, *, after: int, most: int) -> list[dict[str, Any]]:
        """What could be read from a day on: which record, which revision, how often it was served."""
        query = "SELECT place, id, revision, served, body FROM line WHERE day = ? AND place > ? ORDER BY place LIMIT ?"
        return self.store.rows(query, day, after, most)

    def latest(self) -> list[dict[str, Any]]:
        """What came last."""
        return self.store.rows(
            "SELECT id, revision, day, served, body FROM line ORDER BY place DESC LIMIT 100"
        )

    def _last(self, record_id: str) -> int:
        row = self.store.row("SELECT max(revision) AS last FROM line WHERE id = ?", record_id)
        return int(row["last"] or 0) if row else 0

    def _say(self, record_id: str, revision: int, status: str, said: dict[str, Any]) -> str:
        record = {"id": record_id, "revision": revision, "status": status, **said}
        self.add([json.dumps(record, ensure_ascii=False)])
        return record_id


def _identity(line: str) -> tuple[str, int]:
    """Which record and revision a line says it is; nothing where it says nothing."""
    try:
        record = json.loads(line)
        return str(record["id"])[:100], int(record["revision"])
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return "", 0
