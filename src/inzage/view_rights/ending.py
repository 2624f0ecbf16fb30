"""Rights that end at once: revoked by VDAB, given back by the partner, or because the client died."""

from datetime import date

from django.db import transaction

from inzage.journal.models import Origin
from inzage.notices.sending import tell
from inzage.rules.days import day_of
from inzage.rules.names import ClosingReason
from inzage.view_rights.catching_up import locked, under_lock
from inzage.view_rights.closing import close_at_once, reckon
from inzage.view_rights.gathering import open_rights
from inzage.view_rights.models import ViewRight
from inzage.view_rights.recording import record
from inzage.view_rights.watching import watch_enrolment


class AlreadyClosed(Exception):
    """The right is closed; a closed right is final."""


@transaction.atomic
def revoke(right_id: int, *, origin: Origin, remark: str = "") -> ViewRight:
    """VDAB takes the right away today. `remark` says why, where one is given: it is kept with the notice."""
    return _end(right_id, ClosingReason.REVOKED, origin=origin, detail=remark[:300])


@transaction.atomic
def give_back(right_id: int, *, origin: Origin, remark: str = "") -> ViewRight:
    """The partner gives the right back today. `remark` says why, where it says so: it is kept with the notice."""
    return _end(right_id, ClosingReason.GIVEN_BACK, origin=origin, detail=remark[:300])


def _end(right_id: int, reason: ClosingReason, *, origin: Origin, detail: str = "") -> ViewRight:
    right = under_lock(ViewRight, right_id, origin=origin)
    if right.closed_on is not None:
        raise AlreadyClosed(f"This right was closed on {right.closed_on}; nothing was changed.")
    close_at_once(right, reason, origin=origin)
    today = day_of(origin.at)
    tell(
        "closed",
        unit=right.unit,
        dossier=right.dossier,
        on=today,
        at=origin.at,
        detail=detail,
        right=right.pk,
    )
    watch_enrolment(right.dossier, origin=origin)
    return right


@transaction.atomic
def record_death(dossier_id: int, *, deceased_on: date, origin: Origin) -> None:
    """The client died: every right closes, that day or, entered late, today being the first without it."""
    dossier = locked(dossier_id, origin=origin)
    dossier.client.deceased_on, dossier.client.death_recorded_on = deceased_on, day_of(origin.at)
    record(dossier.client, holds_from=deceased_on, origin=origin)
    if deceased_on > day_of(origin.at):
        reckon(dossier_id, origin=origin)
        return
    for right in open_rights(dossier_id):
        close_at_once(right, ClosingReason.DECEASED, origin=origin)
        today = day_of(origin.at)
        tell("closed", unit=right.unit, dossier=dossier, on=today, at=origin.at, right=right.pk)
    watch_enrolment(dossier, origin=origin)
