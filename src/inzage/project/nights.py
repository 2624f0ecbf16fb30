"""When the work of a night is due, in Brussels."""

from datetime import datetime, time, timedelta

from inzage.rules.days import BRUSSELS, day_of

CLOSING = time(0, 5)
QUESTIONS = time(0, 10)
BALANCE = time(0, 30)
"""Late enough for what was sent just before midnight to have arrived."""


def next_run(after: datetime, at: time = CLOSING) -> datetime:
    """The first such hour in Brussels after this moment."""
    tonight = datetime.combine(day_of(after), at, BRUSSELS)
    return tonight if tonight > after else datetime.combine(day_of(after) + timedelta(days=1), at, BRUSSELS)
