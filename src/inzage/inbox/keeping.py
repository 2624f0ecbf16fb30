"""Keeping what comes in, before anything is made of it: read again or sent again, it is kept once."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from inzage.inbox.models import Cursor, Received


class Message(NamedTuple):
    """A message as it came: which one of its source, which revision, of which kind, and its text.

    Where the source tells the states of things by turns: about which thing, and of which client.
    """

    message_id: str
    revision: int
    kind: str
    original: str
    about: str = ""
    client_number: str = ""


@transaction.atomic
def keep(source: str, messages: Iterable[Message], *, at: datetime, position: str | None = None) -> int:
    """Keep the messages that are new, and how far the source has been read; returns how many were new."""
    given = {(each.message_id, each.revision): each for each in messages}
    ids = {message_id for message_id, _revision in given}
    had = Received.objects.filter(source=source, message_id__any=ids).values_list("message_id", "revision")
    known = set(had)
    new = [message for key, message in given.items() if key not in known]
    Received.objects.bulk_create(
        [Received(source=source, received_at=at, **message._asdict()) for message in new],
        ignore_conflicts=True,  # another process may be reading the same
    )
    if position is not None:
        Cursor.objects.update_or_create(source=source, defaults={"position": position})
    return len(new)


def position_of(source: str) -> str:
    """How far the source has been read; empty before the first time."""
    return Cursor.objects.filter(source=source).values_list("position", flat=True).first() or ""
