"""A client moves: who is a Brussels participant changes from that day on, never what was (S07, S11)."""

import re
from datetime import date

from django.db import transaction

from inzage.dossiers.addresses import municipality_of
from inzage.dossiers.models import Address, Dossier
from inzage.journal.models import Origin
from inzage.rules.days import day_of
from inzage.rules.refusing import Refused
from inzage.view_rights.catching_up import locked
from inzage.view_rights.watching import watch_enrolment

NIS_CODE = re.compile(r"[0-9]{5}")


class NotMoved(Refused):
    """The move can't be recorded; the message says what was found and what to do."""


@transaction.atomic
def move(dossier_id: int, nis_code: str, lives_from: date, origin: Origin) -> Address:
    """The client lives in the municipality with this NIS code from a day on: past, today, or announced.

    An empty code takes the move of that day back. Said again, a move stands once. Raises NotMoved.
    """
    dossier = locked(dossier_id, origin=origin)
    last = _last_said(dossier, lives_from)
    if nis_code and not NIS_CODE.fullmatch(nis_code):
        raise NotMoved("nis_code", f"{nis_code!r} is no NIS code: give the five digits of the municipality.")
    if not nis_code and (last is None or not last.nis_code):
        raise NotMoved("no_move", f"There is no move on {lives_from} to take back: look the day up.")
    if last is not None and last.nis_code == nis_code:
        return last
    address = add_move(dossier, nis_code, lives_from, origin=origin)
    watch_enrolment(dossier, origin=origin)
    return address


def add_move(dossier: Dossier, nis_code: str, lives_from: date, *, origin: Origin) -> Address:
    """Add the move to a dossier that is locked already."""
    return Address.objects.create(
        client_id=dossier.client_id,
        nis_code=nis_code,
        lives_from=lives_from,
        recorded_at=origin.at,
        recorded_by=origin.by,
        source=origin.source,
    )


def move_by_file(dossier: Dossier, nis_code: str, *, origin: Origin) -> str:
    """What a register file says of where the client lives: a move as of today, where that is news from the files.

    Returns the difference for a person where the last move was entered elsewhere; what the files said before is no
    news, and no code says nothing.
    """
    client, today = dossier.client, day_of(origin.at)
    moves = Address.objects.filter(client=client)
    said = moves.filter(source="import").order_by("pk").last()
    before = said.nis_code if said else client.nis_code
    if nis_code in ("", before, municipality_of(client, today)):
        return ""
    last = moves.order_by("pk").last()
    if last is not None and last.source != "import":
        return f"client: nis_code {nis_code} in the files, but the last move was entered in the application"
    add_move(dossier, nis_code, today, origin=origin)
    watch_enrolment(dossier, origin=origin)
    return ""


def _last_said(dossier: Dossier, lives_from: date) -> Address | None:
    """What was recorded last about that day."""
    return Address.objects.filter(client=dossier.client_id, lives_from=lives_from).order_by("pk").last()
