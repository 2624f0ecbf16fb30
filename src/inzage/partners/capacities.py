"""In which capacity somebody did something: the role of that moment, as the versions of the person tell it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from inzage.partners.models import Person, PersonVersion


class Done(NamedTuple):
    """Something that the person with this id did at a moment."""

    person: int
    at: datetime


def roles_when(done: Collection[Done]) -> dict[Done, str]:
    """The role in which each was done; empty where nobody has that id. Asks the database twice, however many."""
    numbers = {one.person for one in done}
    if not numbers:
        return {}
    now = dict(Person.objects.filter(pk__in=numbers).values_list("pk", "role"))
    versions = defaultdict(list)
    recorded = PersonVersion.objects.filter(person__in=numbers).order_by("recorded_at", "pk")
    for person, at, role in recorded.values_list("person", "recorded_at", "role"):
        versions[person].append((at, role))
    return {one: _role_of(versions[one.person], one.at, now.get(one.person, "")) for one in done}


def _role_of(versions: list[tuple[datetime, str]], at: datetime, now: str) -> str:
    """That of the last version until then; since the last change it is as it is now.

    Before the first it is as the first says: whoever had none yet got one that tells how it stood before the change.
    """
    place = bisect_right(versions, at, key=lambda version: version[0])
    if place == len(versions):
        return now
    return versions[max(place - 1, 0)][1]
