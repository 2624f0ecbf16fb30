"""A system that runs, for the operator's page."""

from datetime import timedelta

from inzage.view_rights.held import EveningCheck
from tests.portal.office import NOON, TODAY


def checked(days_ago: int, *, held: int = 0) -> None:
    """The evening check of that day was done, and held so many."""
    evening = NOON + timedelta(hours=10, days=-days_ago)
    day = TODAY - timedelta(days=days_ago)
    EveningCheck.objects.create(day=day, started_at=evening, finished_at=evening, held_by_rule=held)
