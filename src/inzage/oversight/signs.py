"""Signs of life of the worker's duties, by which an operator sees that it works, and since when something doesn't."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from inzage.oversight.models import Sign

EVERY = timedelta(seconds=30)
"""A duty that goes on well gives a sign no more often: a sign is a write."""


@transaction.atomic
def sign(duty: str, *, problem: str, at: datetime) -> None:
    """Keep that this duty did its work, or which kind of error kept it from that; since when is kept too."""
    if not problem:
        Sign.objects.update_or_create(
            duty=duty, defaults={"done_at": at, "failing_since": None, "problem": ""}
        )
        return
    begun, new = Sign.objects.get_or_create(duty=duty, defaults={"failing_since": at, "problem": problem})
    if not new:
        since = begun.failing_since or max(at, begun.done_at or at)
        Sign.objects.filter(pk=begun.pk).update(failing_since=since, problem=problem)


class Signing:
    """Gives the signs of one process: at once where something changes, now and then where all goes on well."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._given: dict[str, tuple[datetime, str]] = {}

    def __call__(self, duty: str, problem: str) -> None:
        """This duty did its work, or met that kind of problem."""
        at = self._clock()
        last, said = self._given.get(duty, (None, ""))
        if last is None or said != problem or at - last >= EVERY:
            sign(duty, problem=problem[:100], at=at)
            self._given[duty] = at, problem
