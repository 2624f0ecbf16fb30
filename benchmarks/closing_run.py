"""The closing run of the 10,000 that end tonight, against one bare UPDATE of those rows; and a night without any."""

import psycopg
from django.db import connection
from django.utils import timezone

from benchmarks.measuring import Row, shown, timed
from benchmarks.population import TODAY
from inzage.view_rights.running import at_once, run

REPETITIONS = 5
BARE = """UPDATE view_rights_viewright SET closed_on = %(day)s, closed_at = now(), closing_reason = 'term'
          WHERE closed_on IS NULL AND last_day < %(day)s"""
GROWING = (
    *("view_rights_viewrightversion", "view_rights_closing", "view_rights_closingrun"),
    "notices_notice",
)


class Tonight:
    """The rights that end tonight, put back as they were after each repetition."""

    def __init__(self, database: psycopg.Connection) -> None:
        self._database = database
        database.execute("SET session_replication_role = replica")
        database.execute(
            "CREATE TABLE tonight AS SELECT * FROM view_rights_viewright WHERE closed_on IS NULL AND last_day < %s",
            [TODAY],
        )
        self._grown = {table: self._last(table) for table in GROWING}

    def _last(self, table: str) -> int:
        row = self._database.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()
        assert row
        return int(row[0])

    def count(self) -> int:
        """How many."""
        row = self._database.execute("SELECT count(*) FROM tonight").fetchone()
        assert row
        return int(row[0])

    def put_back(self) -> None:
        """Undo a run by SQL, and clean up behind it, so that every repetition meets the same tables."""
        self._database.execute(
            "UPDATE view_rights_viewright r SET closed_on = NULL, closed_at = NULL, closing_reason = '', "
            "last_day = t.last_day FROM tonight t WHERE r.id = t.id"
        )
        for table, last in self._grown.items():
            self._database.execute(f"DELETE FROM {table} WHERE id > {last}")
        for table in ("view_rights_viewright", *GROWING):
            self._database.execute(f"VACUUM ANALYZE {table}")
        self._database.execute("CHECKPOINT")


def measure(address: str) -> list[Row]:
    """Both figures."""
    with (
        psycopg.connect(address, autocommit=True) as beside,
        psycopg.connect(address, autocommit=True) as raw,
    ):
        tonight = Tonight(beside)
        bare = timed(
            lambda: raw.execute(BARE, {"day": TODAY}), repetitions=REPETITIONS, before=tonight.put_back
        )
        closing = timed(_run, repetitions=REPETITIONS, before=tonight.put_back)
        quiet = timed(_run, repetitions=REPETITIONS)
        tonight.put_back()
        ratio = closing.median / bare.median
        connection.close()
        return [
            Row(
                f"closing run of {tonight.count():,}, all it writes included",
                str(closing),
                f"bare UPDATE {bare}: {ratio:.1f} ×",
                "≤ 15 ×, ≤ 2 s",
                ratio <= 15 and closing.median <= 2,
            ),
            Row("a night with nothing to close", str(quiet), "", f"≤ {shown(0.05)}", quiet.median <= 0.05),
        ]


def _run() -> None:
    run(TODAY, clock=timezone.now, threads=at_once())
