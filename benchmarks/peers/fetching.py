"""What an engine without a database does first: the row of the right, by the same SQL, prepared, and its facts."""

from datetime import date
from typing import NamedTuple

import psycopg

from benchmarks.peers.peer import Peer
from inzage.view_rights.models import ViewRight
from inzage.view_rights.viewing import STANDING


class Facts(NamedTuple):
    """What an engine is told: is there a right, its last day (`date.max` without one), and today."""

    granted: bool
    last_day: date
    today: date


NO_LAST_DAY = date.max


class Fetching(Peer):
    """An engine that is handed a row."""

    def __init__(self, address: str, today: date) -> None:
        self._database = psycopg.connect(address, autocommit=True)
        self._cursor, self._today = self._database.cursor(), today
        self._place = [field.attname for field in ViewRight._meta.concrete_fields].index("last_day")

    def facts(self, dossier: int, unit: int) -> Facts:
        """Of the right on which the unit may see the dossier, as the database has it now."""
        values = STANDING.fit(dossier_id=dossier, unit_id=unit, on=self._today)
        row = self._cursor.execute(STANDING.statement, values, prepare=True).fetchone()
        if row is None:
            return Facts(False, date.min, self._today)
        return Facts(True, row[self._place] or NO_LAST_DAY, self._today)

    def close(self) -> None:
        """Close the connection."""
        self._database.close()
