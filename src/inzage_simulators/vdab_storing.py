"""What VDAB keeps: the state of each thing with its version, and each event it tells, until that is acknowledged."""

import json
import sqlite3
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from inzage_simulators.storing import Store

BRUSSELS = ZoneInfo("Europe/Brussels")
SOURCE = "urn:be.vdab:mijnloopbaan"
SCHEMA = """
CREATE TABLE IF NOT EXISTS thing (
    thing TEXT NOT NULL, id TEXT NOT NULL, client_number TEXT NOT NULL, version INTEGER NOT NULL,
    state TEXT NOT NULL, PRIMARY KEY (thing, id));
CREATE TABLE IF NOT EXISTS event (
    place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, day TEXT NOT NULL, body TEXT NOT NULL,
    bad INTEGER NOT NULL, sent INTEGER NOT NULL DEFAULT 0, acknowledged INTEGER NOT NULL DEFAULT 0,
    due REAL NOT NULL DEFAULT 0, given_up INTEGER NOT NULL DEFAULT 0, answer TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS event_due ON event (due, place) WHERE acknowledged = 0 AND given_up = 0;
CREATE INDEX IF NOT EXISTS event_of_day ON event (day, place);
"""
IDENTIFIED_BY = {
    "assignments": ("assignment_id",),
    "consents": ("consent_id",),
    "activities": ("activity_id",),
    "moved": ("client_number", "lives_from"),
    "died": ("client_number",),
}
"""What names one thing of each kind; its versions follow each other."""


class Due(NamedTuple):
    """An event that is to be sent, and how often it was."""

    place: int
    id: str
    body: str
    sent: int
    type: str


class Kept:
    """The storage of VDAB."""

    def __init__(self, path: Path) -> None:
        self.store = Store(path, SCHEMA)

    def tell(self, kind: str, data: dict[str, Any], *, bad: bool = False) -> str:
        """Something happened (`assignments.assigned`): the thing's next version, and an event; returns its id.

        What is not said of a thing stays as it was; null takes it away. A bad event is told, but nothing became so.
        """
        group, happened = kind.split(".")
        thing = group if group in IDENTIFIED_BY else happened
        own = "/".join(str(data.get(name, "")) for name in IDENTIFIED_BY[thing])
        at = datetime.now(UTC)
        with self.store.writing() as writing:
            known = writing.execute(
                "SELECT version, state FROM thing WHERE thing = ? AND id = ?", (thing, own)
            ).fetchone()
            version = known["version"] + 1 if known else 1
            told = {**(json.loads(known["state"]) if known else {}), **data}
            state = {name: value for name, value in told.items() if value is not None}
            if not bad:
                row = (thing, own, str(data["client_number"]), version, json.dumps(state))
                writing.execute("INSERT OR REPLACE INTO thing VALUES (?, ?, ?, ?, ?)", row)
            event = written(kind, {**state, "version": version}, at)
            _queue(writing, event, at, bad=bad)
        return str(event["id"])

    def due(self, now: float, most: int) -> list[Due]:
        """The events to send now, the oldest first."""
        query = (
            "SELECT place, id, body, sent, type FROM event"
            " WHERE acknowledged = 0 AND given_up = 0 AND due <= ? ORDER BY due, place LIMIT ?"
        )
        return [Due(**row) for row in self.store.rows(query, now, most)]

    def answered(self, due: Due, answer: str, *, taken: bool, given_up: bool, again_at: float) -> None:
        """What became of sending it."""
        with self.store.writing() as writing:
            writing.execute(
                "UPDATE event SET sent = sent + 1, acknowledged = max(acknowledged, ?), given_up = ?, answer = ?,"
                " due = ? WHERE place = ?",
                (taken, given_up, answer, again_at, due.place),
            )

    def put_off(self, due: Due, until: float) -> None:
        """Send it later: those that come after it go before it."""
        with self.store.writing() as writing:
            writing.execute("UPDATE event SET due = ? WHERE place = ?", (until, due.place))

    def double(self, due: Due) -> None:
        """Tell the same once more, under another id: what is bad is no better the second time."""
        event = json.loads(due.body) | {"id": str(uuid.uuid4())}
        with self.store.writing() as writing:
            (bad,) = writing.execute("SELECT bad FROM event WHERE place = ?", (due.place,)).fetchone()
            _queue(writing, event, datetime.fromisoformat(event["time"]), bad=bool(bad))

    def of_day(self, day: str, *, after: int, most: int) -> list[dict[str, Any]]:
        """The events of a day."""
        query = (
            "SELECT place, id, type, sent, acknowledged FROM event"
            " WHERE day = ? AND place > ? ORDER BY place LIMIT ?"
        )
        rows = self.store.rows(query, day, after, most)
        return [{**row, "source": SOURCE, "acknowledged": bool(row["acknowledged"])} for row in rows]

    def counted(self) -> dict[str, Any]:
        """How many events there are, good and bad, and how many are still to be acknowledged or were given up."""
        query = (
            "SELECT count(*) AS events, coalesce(sum(bad), 0) AS bad, coalesce(sum(given_up), 0) AS given_up,"
            " coalesce(sum(acknowledged = 0 AND given_up = 0), 0) AS waiting FROM event"
        )
        return self.store.row(query) or {}

    def latest(self) -> list[dict[str, Any]]:
        """The last events."""
        query = "SELECT id, type, sent, acknowledged, answer, body FROM event ORDER BY place DESC LIMIT 100"
        return self.store.rows(query)

    def things(self) -> list[dict[str, Any]]:
        """What was changed last, of whatever kind."""
        return self.store.rows("SELECT * FROM thing ORDER BY rowid DESC LIMIT 100")


def written(kind: str, data: dict[str, Any], at: datetime) -> dict[str, Any]:
    """The event: nothing personal in its attributes."""
    group = kind.split(".")[0]
    service = f"be.vdab.{group}.v1"
    return {
        "specversion": "1.0",
        "id": str(uuid.uuid4()),
        "source": SOURCE,
        "type": f"{service}.{group}.notify.{kind.split('.')[1]}",
        "service": service,
        "time": at.isoformat(),
        "datacontenttype": "application/json",
        "data": data,
    }


def _queue(writing: sqlite3.Connection, event: dict[str, Any], at: datetime, *, bad: bool) -> None:
    day = str(at.astimezone(BRUSSELS).date())
    writing.execute(
        "INSERT INTO event (id, type, day, body, bad) VALUES (?, ?, ?, ?, ?)",
        (event["id"], event["type"], day, json.dumps(event), bad),
    )
