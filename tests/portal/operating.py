"""A system that runs, for the operator's page."""

from datetime import timedelta

from inzage.oversight.checked import keep_proof
from inzage.oversight.proving import Proof
from inzage.oversight.signs import sign
from inzage.view_rights.held import EveningCheck
from inzage.view_rights.running import run
from tests.portal.office import NOON, TODAY, a_canary


def checked(days_ago: int, *, held: int = 0) -> None:
    """The evening check of that day was done, and held so many."""
    evening = NOON + timedelta(hours=10, days=-days_ago)
    day = TODAY - timedelta(days=days_ago)
    EveningCheck.objects.create(day=day, started_at=evening, finished_at=evening, held_by_rule=held)


def everything_done() -> None:
    """The evening before and the night went as they should, and were proven."""
    checked(1)
    run(TODAY, clock=lambda: NOON)
    sign("closing", problem="", at=NOON)
    keep_proof(Proof(3, []), day=TODAY, at=NOON)
    a_canary()
