"""When the work of a night, and that of a morning, is due in Brussels."""

from datetime import datetime, time, timedelta

from inzage.rules.days import BRUSSELS, day_of

CLOSING = time(0, 5)
PROOF = time(0, 10)
QUESTIONS = time(0, 10)
COUNTING = time(0, 15)
BALANCE = time(0, 30)
"""Late enough for what was sent just before midnight to have arrived."""
EVENING = time(22, 0)
"""Late enough for the day's work to be in, early enough to act before midnight."""
AGAIN = timedelta(minutes=10)
"""From that hour until midnight the evening check looks again so often."""
DIGEST = time(7, 0)
"""An hour after the last notice that the digest tells, so that none of them is still being written."""


def next_run(after: datetime, at: time = CLOSING) -> datetime:
    """The first such hour in Brussels after this moment."""
    tonight = datetime.combine(day_of(after), at, BRUSSELS)
    return tonight if tonight > after else datetime.combine(day_of(after) + timedelta(days=1), at, BRUSSELS)


def last_run(before: datetime, at: time) -> datetime:
    """The last such hour in Brussels up to this moment."""
    today = datetime.combine(day_of(before), at, BRUSSELS)
    return today if today <= before else datetime.combine(day_of(before) - timedelta(days=1), at, BRUSSELS)


def first_check(at: datetime) -> datetime:
    """When a worker that starts at this moment checks first: at once where the hour of that day is past."""
    return max(at, datetime.combine(day_of(at), EVENING, BRUSSELS))


def next_check(after: datetime) -> datetime:
    """When the evening check is due after this moment: at its hour, and from then until midnight again and again."""
    begins = datetime.combine(day_of(after), EVENING, BRUSSELS)
    again = after + AGAIN
    if after < begins:
        return begins
    return again if day_of(again) == day_of(after) else next_run(after, EVENING)
