"""Keeping what comes in, before anything is made of it: read again or sent again, it is kept once."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from inzage.inbox.models import Cursor, Received
from inzage.inbox.reading import made_up_id, same


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
    """Keep the messages that are new, and how far the source has been read; returns how many were new.

    One that says otherwise under the id and revision of another is kept beside it, under an id that is made up.
    """
    new = _new_ones(source, list(messages))
    Received.objects.bulk_create(
        [Received(source=source, received_at=at, **message._asdict()) for message in new],
        ignore_conflicts=True,  # another process may be reading the same
    )
    if position is not None:
        Cursor.objects.update_or_create(source=source, defaults={"position": position})
    return len(new)


def _new_ones(source: str, messages: list[Message]) -> list[Message]:
    ids = {message.message_id for message in messages}
    rows = Received.objects.filter(source=source, message_id__any=ids)
    said = {
        (message_id, revision): text
        for message_id, revision, text in rows.values_list("message_id", "revision", "original")
    }
    new = []
    for message in messages:
        before = said.get((message.message_id, message.revision))
        if before is not None and not same(before, message.original):
            message = message._replace(message_id=made_up_id(message.original), revision=1)
        place = message.message_id, message.revision
        if place not in said:
            said[place] = message.original
            new.append(message)
    return new


def position_of(source: str) -> str:
    """How far the source has been read; empty before the first time."""
    return Cursor.objects.filter(source=source).values_list("position", flat=True).first() or ""
