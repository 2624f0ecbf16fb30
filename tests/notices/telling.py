"""Somebody of Spoor, and what Spoor is told."""

from typing import Any

from inzage.notices.models import Notice, NoticeChoice
from inzage.notices.sending import tell
from inzage.partners.models import Person
from tests.world import World, day, noon

AT = noon("2025-01-10")


def a_reader(world: World, kind: str = "granted", way: str = "at_once", **more: Any) -> Person:
    """Somebody of Spoor who chose how to be told of that kind."""
    person = world.person("counsellor", world.spoor)
    person.email = "reader@spoor.example"
    for name, value in more.items():
        setattr(person, name, value)
    person.save()
    NoticeChoice.objects.create(person=person, kind=kind, way=way, chosen_at=noon("2025-01-01"))
    return person


def tell_spoor(world: World, kind: str = "granted", **more: object) -> Notice:
    """Spoor is told something of Piet."""
    values: dict[str, object] = {
        "unit": world.spoor,
        "dossier": world.piet,
        "on": day("2025-01-10"),
        "at": AT,
    }
    return tell(kind, **{**values, **more})  # type: ignore[arg-type]
