"""One dossier with ten years of history, as it was known on a past day and as it is known now.

On PostgreSQL in the register that is measured, on SQLite in one of its own.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import Row, Times, shown, timed
from benchmarks.running import command, script

REPETITIONS = 100
MOST_SECONDS = 0.020
LIVED = """
from datetime import date, timedelta
from time import perf_counter
from django.db import transaction
from inzage.dossiers.models import Client, Dossier
from inzage.journal.models import Origin
from inzage.oversight.past_days import compared
from inzage.partners.models import Unit
from inzage.rules.days import midnight
from inzage.rules.names import Kind, Purpose, Route
from inzage.view_rights.consenting import Asked, ask_right, take_in
from inzage.view_rights.granting import grant_by_form
from inzage.view_rights.models import ViewRightVersion
from inzage.view_rights.registering import Actor, NewActivity, close, register
from inzage.view_rights.scopes import these

def at(day):
    return Origin("person:1", midnight(day) + timedelta(hours=12), "portal")

with transaction.atomic():
    insz = f"600101999{97 - 600101999 % 97:02}"
    client = Client.objects.create(client_number="BENCH-AS-OF", insz=insz, family_name="V", given_name="A")
    dossier = Dossier.objects.create(client=client).pk
    units = [Unit.objects.create(oe_number=f"BENCH-{n}", name=f"B{n}", kind="partner") for n in range(4)]
    for year in range(2016, 2026):
        for unit in units:
            on = date(year, 1, 10)
            form = ask_right(dossier, Asked(unit, Route.FORM, Purpose.GUIDANCE), origin=at(on))
            take_in(form.pk, completed_on=on, informed_of_actiris=True, origin=at(on))
            grant_by_form(form.pk, origin=at(on))
            for month in (2, 4, 6):
                new = NewActivity(unit, Kind.TRAINING, "", started_on=date(year, month, 1))
                made = register(dossier, new, actor=Actor(at(date(year, month, 1))))
                ends = date(year, month + 1, 15)
                close(made.pk, on=ends, actor=Actor(at(ends + timedelta(days=5))))
    for turn in range(int(sys.argv[1]) + 1):
        start = perf_counter()
        found = compared(these(dossier), date(2016 + turn % 10, 7, 17))
        assert any(pair.differs for pair in found), found
        print(perf_counter() - start)
    print(ViewRightVersion.objects.filter(dossier=dossier).count())
    transaction.set_rollback(True)
"""


def measure(address: str) -> list[Row]:
    """The figure on each engine; beside it one question to the database, and how much history there is."""
    from django.db import connection

    def nothing() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    beside = f"SELECT 1: {shown(timed(nothing, repetitions=REPETITIONS).median)}"
    with TemporaryDirectory() as folder:
        small = f"sqlite:///{Path(folder) / 'register.sqlite3'}"
        command({**os.environ, "INZAGE_DATABASE_URL": small}, "migrate")
        return [_row("PostgreSQL", address, beside), _row("SQLite", small, "")]


def _row(engine: str, address: str, beside: str) -> Row:
    *seconds, versions = script(
        {**os.environ, "INZAGE_DATABASE_URL": address}, LIVED, str(REPETITIONS)
    ).split()
    times = Times(tuple(map(float, seconds[1:])))
    return Row(
        f"as-of of one dossier, ten years, {engine}",
        str(times),
        ", ".join(filter(None, [f"{versions} versions of its rights", beside])),
        "≤ 20 ms",
        times.median <= MOST_SECONDS,
    )
