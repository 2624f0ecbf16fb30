"""What every engine is asked: rights that stand, some on their last day; rights that ended yesterday; no right."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import psycopg

from benchmarks.peers.peer import Right
from benchmarks.population import SIZES

YES, ON_THE_LAST_DAY, ENDED, NEVER = 1_600, 100, 200, 200
"""How many of each; those on the last day are among those with yes."""
UNITS = 2_001
BATCH = 10_000


class Question(NamedTuple):
    """May this unit see this dossier? `answer` is what is true."""

    dossier: int
    unit: int
    answer: bool


def put(address: str, size: str, on: date) -> list[Question]:
    """The questions, mixed. In this copy of the register some rights are made to end on the day, and on its eve."""
    with psycopg.connect(address, autocommit=True) as database:
        standing = _standing(database, size, on)
        ending, ended, rest = (
            standing[:ON_THE_LAST_DAY],
            standing[ON_THE_LAST_DAY : ON_THE_LAST_DAY + ENDED],
            standing[ON_THE_LAST_DAY + ENDED :],
        )
        _end(database, ending, on)
        _end(database, ended, on - timedelta(days=1))
        database.execute("VACUUM ANALYZE view_rights_viewright")
    yes = [*ending, *rest[: YES - ON_THE_LAST_DAY]]
    never = rest[len(yes) :][:NEVER]
    questions = [
        *(Question(dossier, unit, True) for dossier, unit in yes),
        *(Question(dossier, unit, False) for dossier, unit in ended),
        *(Question(dossier, unit % UNITS + 1, False) for dossier, unit in never),
    ]
    random.Random(2).shuffle(questions)
    return questions


def all_rights(address: str, on: date, questions: list[Question]) -> Iterator[Right]:
    """Every right that is not closed by then, those asked about before the others."""
    asked = [question.dossier for question in questions]
    with psycopg.connect(address) as database:
        for which in ("= ANY(%(asked)s)", "<> ALL(%(asked)s)"):
            with database.cursor("rights") as cursor:
                cursor.itersize = BATCH
                cursor.execute(RIGHTS + which, {"on": on, "asked": asked})
                for row in cursor:
                    yield Right(*row)


RIGHTS = """SELECT dossier_id, unit_id, last_day FROM view_rights_viewright
            WHERE granted_on <= %(on)s AND (closed_on IS NULL OR closed_on > %(on)s) AND dossier_id """


def _standing(database: psycopg.Connection, size: str, on: date) -> list[tuple[int, int]]:
    """Dossiers with their unit, of enough rights that stand, by chance, always the same."""
    wanted = random.Random(1).sample(range(1, SIZES[size] + 1), 4 * (YES + ENDED + NEVER))
    found = database.execute(
        RIGHTS + "= ANY(%(asked)s) AND (last_day IS NULL OR last_day >= %(on)s)", {"on": on, "asked": wanted}
    )
    by_dossier = {dossier: unit for dossier, unit, _last_day in found}
    return [(dossier, by_dossier[dossier]) for dossier in wanted if dossier in by_dossier]


def _end(database: psycopg.Connection, which: list[tuple[int, int]], last_day: date) -> None:
    database.execute(
        "UPDATE view_rights_viewright SET last_day = %s WHERE dossier_id = ANY(%s)",
        [last_day, [dossier for dossier, _unit in which]],
    )
