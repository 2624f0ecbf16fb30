"""What Actiris keeps: every event once, the faults in their order, and who is enrolled."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from cloudevents.core.base import BaseCloudEvent

from inzage_simulators.storing import Store

BRUSSELS = ZoneInfo("Europe/Brussels")
SCHEMA = """
CREATE TABLE IF NOT EXISTS message (
    place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, stream TEXT NOT NULL,
    sequence TEXT NOT NULL, day TEXT NOT NULL, received_at TEXT NOT NULL, received INTEGER NOT NULL,
    applied INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS message_of_day ON message (day, place);
CREATE TABLE IF NOT EXISTS stream (stream TEXT PRIMARY KEY, sequence TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS fault (
    place INTEGER PRIMARY KEY, id TEXT NOT NULL, stream TEXT NOT NULL, sequence TEXT NOT NULL, last TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS enrolment (
    insz TEXT PRIMARY KEY, status TEXT NOT NULL, channel TEXT, enrolled_on TEXT, ended_on TEXT);
"""
SHOWN = "id, type, stream, sequence, received_at, received, applied"


class Enrolled(NamedTuple):
    """A made-up enrolment: `status` is enrolled, ended or not_enrolled; days are YYYY-MM-DD."""

    insz: str
    status: str = "enrolled"
    channel: str | None = None
    enrolled_on: str | None = None
    ended_on: str | None = None


class Kept:
    """The storage of Actiris."""

    def __init__(self, path: Path) -> None:
        self.store = Store(path, SCHEMA)

    def take(self, event: BaseCloudEvent, body: str) -> bool:
        """Keep and apply an event; one that came before is counted, not applied: returns whether it was new.

        The sequences of a stream have no gaps: one that is not the next after the last applied is a fault, and is
        applied all the same.
        """
        stream, sequence = str(event.get_extension("partitionkey")), str(event.get_extension("sequence"))
        moment = event.get_time()
        assert moment is not None
        with self.store.writing() as writing:
            again = writing.execute(
                "UPDATE message SET received = received + 1 WHERE id = ?", (event.get_id(),)
            )
            if again.rowcount:
                return False
            last = writing.execute("SELECT sequence FROM stream WHERE stream = ?", (stream,)).fetchone()
            if int(sequence) != (int(last[0]) if last else 0) + 1:
                writing.execute(
                    "INSERT INTO fault (id, stream, sequence, last) VALUES (?, ?, ?, ?)",
                    (event.get_id(), stream, sequence, last[0] if last else ""),
                )
            writing.execute(
                "INSERT INTO message (id, type, stream, sequence, day, received_at, received, applied, body)"
                " VALUES (?, ?, ?, ?, ?, ?, 1, 1, ?)",
                (
                    *(event.get_id(), event.get_type(), stream, sequence),
                    *(str(moment.astimezone(BRUSSELS).date()), datetime.now(UTC).isoformat(), body),
                ),
            )
            writing.execute(
                "INSERT INTO stream VALUES (?, ?) ON CONFLICT (stream)"
                " DO UPDATE SET sequence = max(sequence, excluded.sequence)",
                (stream, sequence),
            )
        return True

    def of_day(self, day: str, *, after: int, most: int) -> list[dict[str, Any]]:
        """The events of a day, in the order in which they came."""
        query = f"SELECT place, {SHOWN} FROM message WHERE day = ? AND place > ? ORDER BY place LIMIT ?"
        return self.store.rows(query, day, after, most)

    def latest(self) -> list[dict[str, Any]]:
        """What came last."""
        return self.store.rows(f"SELECT {SHOWN}, body FROM message ORDER BY place DESC LIMIT 100")

    def faults(self) -> list[dict[str, Any]]:
        """What came in a wrong place of its stream."""
        return self.store.rows("SELECT id, stream, sequence, last FROM fault ORDER BY place DESC LIMIT 100")

    def enrolment_of(self, insz: str) -> dict[str, Any]:
        """How somebody is enrolled; who is not known here is not enrolled."""
        query = "SELECT status, channel, enrolled_on, ended_on FROM enrolment WHERE insz = ?"
        unknown = Enrolled(insz, "not_enrolled")._asdict()
        unknown.pop("insz")
        return self.store.row(query, insz) or unknown

    def enrolments(self) -> list[dict[str, Any]]:
        """Everybody known here."""
        return self.store.rows("SELECT * FROM enrolment ORDER BY insz LIMIT 100")

    def enrol(self, rows: Iterable[Enrolled]) -> None:
        """Write enrolments over what was there."""
        with self.store.writing() as writing:
            writing.executemany("INSERT OR REPLACE INTO enrolment VALUES (?, ?, ?, ?, ?)", rows)

    def lose(self, ids: Iterable[str]) -> None:
        """Forget events that came."""
        with self.store.writing() as writing:
            writing.executemany("DELETE FROM message WHERE id = ?", [(each,) for each in ids])

    def apply_again(self, ids: Iterable[str]) -> None:
        """Apply events once more, as a receiver with a fault would."""
        with self.store.writing() as writing:
            again = "UPDATE message SET applied = applied + 1 WHERE id = ?"
            writing.executemany(again, [(each,) for each in ids])
