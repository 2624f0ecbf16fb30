"""What VDAB tells is carried out, in whatever order and however often it comes: the highest version counts (S02)."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import connection, transaction
from django.db.models import QuerySet

from inzage.inbox.models import Received, ReceivedState
from inzage.journal.models import Origin
from inzage.journal.turns import take_turn
from inzage.rules.granting import Refusal
from inzage.view_rights import receiving
from inzage.view_rights.receiving import Apply, NotTaken, Taken, settle
from inzage.view_rights.registering import Actor
from inzage.view_rights.vdab_activities import bring_in
from inzage.view_rights.vdab_clients import check_same_person, died, dossier_of, known_dossier, moved
from inzage.view_rights.vdab_grounds import assignment, consent, unit_of
from inzage.view_rights.vdab_told import (
    ActivityTold,
    AssignmentTold,
    ConsentTold,
    DeathTold,
    MoveTold,
    Told,
)

SOURCE = "vdab"
APPLIED = ReceivedState.APPLIED
FOR_GOOD = ("malformed", "same_version", Refusal.OBJECTED)
"""Reasons that no later event takes away: only a person does. Lifting an objection brings back no consent by itself."""
Read = Callable[[str], Told]
"""Reads the text of an event; raises NotTaken where it can't be read."""


def apply_waiting(read: Read, *, clock: Callable[[], datetime], most: int = 1000) -> int:
    """Carry out what waits from VDAB, the oldest first; returns how many were settled, one way or the other.

    Several workers share the work on PostgreSQL. Killed at any moment, it goes on where it was.
    """
    settled = 0
    while settled < most and apply_next(read, at=clock()):
        settled += 1
    return settled


@transaction.atomic
def apply_next(read: Read, *, at: datetime, message_id: str = "") -> bool:
    """Carry out the oldest event that nobody is busy with, or the one with this id; returns whether there was one.

    Where a later version of the same thing waits too, that one goes first: a beginning never opens what its end, here
    already, says is long over.
    """
    waiting = receiving.waiting(SOURCE)
    received = (waiting.filter(message_id=message_id) if message_id else waiting).first()
    if received is None:
        return False
    if received.about and not message_id:
        received = waiting.filter(about=received.about).order_by("-revision", "pk").first() or received
    _take_turns(received.client_number)
    settle(received, applying(read), origin=Origin(f"adapter:{SOURCE}", at, SOURCE))
    return True


def applying(read: Read) -> Apply:
    """How events of VDAB are carried out, read in this way: what one sets free is carried out with it."""

    def apply(received: Received, origin: Origin) -> Taken:
        taken = _apply(read, received, origin)
        if not taken.overtaken:
            received.state, received.settled_at, received.settled_by = APPLIED, origin.at, origin.by
            received.save()  # so that what it sets free finds it applied
            _set_free(received.client_number, read, origin=origin)
        return taken

    return apply


def _set_free(client_number: str, read: Read, *, origin: Origin) -> None:
    """Try again what is held up about the same client, for as long as that brings something in."""
    going = True
    while going:
        tried = [settle(each, partial(_apply, read), origin=origin) for each in _held_up(client_number)]
        going = any(received.state == APPLIED for received in tried)


def _held_up(client_number: str) -> QuerySet[Received]:
    held_up = Received.objects.filter(
        source=SOURCE, state=ReceivedState.QUARANTINED, client_number=client_number
    ).exclude(reason__in=FOR_GOOD)
    skip = connection.features.has_select_for_update_skip_locked
    return held_up.order_by("-revision", "pk").select_for_update(skip_locked=skip)


def _take_turns(client_number: str) -> None:
    """Events of one client one after the other, also while there is no dossier to lock: none misses the other.

    Taken before what may be undone, so that who comes next sees what became of this one, in quarantine too.
    """
    if client_number:
        take_turn(f"{SOURCE}:{client_number}")


def _apply(read: Read, received: Received, origin: Origin) -> Taken:
    told = read(received.text)
    _take_turns(told.client_number)
    received.about, received.client_number, received.revision = told.about, told.client_number, told.version
    received.dossier_id = known_dossier(told.client_number)  # in quarantine, too, it is that client's
    dossier = dossier_of(told, received.dossier_id, origin=origin)
    if _is_overtaken(received, told, read):
        return Taken(dossier, overtaken=True)
    check_same_person(dossier, told)
    match told.what:
        case AssignmentTold():
            assignment(dossier, told.what, origin=origin)
        case ConsentTold():
            consent(dossier, told.what, origin=origin)
        case ActivityTold():
            unit = unit_of(told.what.oe_number)
            return Taken(dossier, bring_in(dossier, unit, told.what, actor=Actor(origin)))
        case MoveTold():
            moved(dossier, told.what, origin=origin)
        case DeathTold():
            died(dossier, told.what, origin=origin)
    return Taken(dossier)


def _is_overtaken(received: Received, told: Told, read: Read) -> bool:
    """Whether this version of the thing, or a later one, was applied already."""
    applied = Received.objects.filter(source=SOURCE, about=told.about, state=APPLIED)
    last = applied.exclude(pk=received.pk).order_by("-revision").first()
    if last is None or last.revision < told.version:
        return False
    if last.revision == told.version and read(last.text).what != told.what:
        raise NotTaken(
            "same_version",
            f"Version {told.version} of {told.about} was applied already, and said something else. Ask VDAB which of "
            f"the two is right, as a version of its own.",
        )
    return True
