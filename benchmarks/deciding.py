"""The decision in process against the same SQL, prepared, by the driver alone; and `reckon` of one right."""

import random
import time

import psycopg
from django.db import connection, transaction
from django.utils import timezone

from benchmarks.measuring import Row, Times, alternately
from benchmarks.population import SIZES, TODAY
from inzage.journal.models import Origin
from inzage.view_rights.closing import reckon
from inzage.view_rights.models import ViewRight
from inzage.view_rights.viewing import STANDING, decide

REPETITIONS = 9
DECISIONS = 2_000
RECKONINGS = 200
Pair = tuple[int, int]
"""A dossier and a unit."""
ENDING = (5, 9, 17, 19)
"""The kinds of right among which some end tonight: the decision is measured on rights that stand."""


def measure(address: str, size: str) -> list[Row]:
    """Both figures."""
    pairs = standing(size, DECISIONS)
    with psycopg.connect(address, autocommit=True) as raw:
        ours, driver = alternately(
            lambda: [decide(dossier, unit, on=TODAY) for dossier, unit in pairs],
            lambda: bare(raw, pairs),
            repetitions=REPETITIONS,
        )
    ratio = ours.median / driver.median
    reckoned = _reckon([dossier for dossier, _unit in pairs[:RECKONINGS]])
    return [
        Row(
            "the decision in process",
            str(ours.each(DECISIONS)),
            f"driver alone, prepared {driver.each(DECISIONS)}: {ratio:.2f} ×",
            "≤ 2 ×",
            ratio <= 2,
        ),
        Row(
            "reckon of one right",
            str(reckoned),
            "its end moved each time",
            "≤ 5 ms",
            reckoned.median <= 0.005,
        ),
    ]


def standing(size: str, count: int) -> list[Pair]:
    """Dossiers with the unit that has a right on them which stands, by chance, always the same."""
    numbers = random.Random(1).sample(range(1, SIZES[size] + 1), 2 * count)
    return [(pk, unit_of(pk, size)) for pk in numbers if pk % 20 not in ENDING][:count]


def unit_of(right: int, size: str) -> int:
    """The unit of a right, as population.sql numbers them."""
    return 1 if right <= min(20_000, SIZES[size] // 4) else 2 + right % 2000


def bare(raw: psycopg.Connection, pairs: list[Pair]) -> None:
    """What the driver alone takes for the same questions."""
    cursor = raw.cursor()
    for dossier, unit in pairs:
        values = STANDING.fit(dossier_id=dossier, unit_id=unit, on=TODAY)
        cursor.execute(STANDING.statement, values, prepare=True).fetchone()


def _reckon(dossiers: list[int]) -> Times:
    """Each right's stored end was moved beforehand, so that reckoning writes it, with its version."""
    origin = Origin(by="bench", at=timezone.now(), source="bench")
    seconds = []
    with transaction.atomic():
        ViewRight.objects.filter(dossier__in=dossiers).update(last_day=TODAY, rule="closing.other")
        for dossier in dossiers:
            start = time.perf_counter()
            reckon(dossier, origin=origin, on=TODAY)
            seconds.append(time.perf_counter() - start)
        transaction.set_rollback(True)
    connection.close()
    return Times(tuple(seconds))
