"""Clients as VDAB tells of them: who they are, where they live, that they died."""

from datetime import date

from inzage.dossiers.models import Client, Dossier
from inzage.journal.models import Origin
from inzage.journal.turns import take_turn
from inzage.rules.days import day_of
from inzage.view_rights.announced import announced
from inzage.view_rights.catching_up import locked
from inzage.view_rights.ending import record_death
from inzage.view_rights.moving import NotMoved, move
from inzage.view_rights.receiving import NotTaken
from inzage.view_rights.recording import record
from inzage.view_rights.vdab_told import AssignmentTold, ClientTold, DeathTold, MoveTold, Told


def known_dossier(client_number: str) -> int | None:
    """The id of the client's dossier, where there is one."""
    dossiers = Dossier.objects.filter(client__client_number=client_number)
    return dossiers.values_list("pk", flat=True).first()


def dossier_of(told: Told, known: int | None, *, origin: Origin) -> Dossier:
    """The client's dossier, locked. An assignment makes it where there is none; NotTaken for anything else."""
    if known is None and not isinstance(told.what, AssignmentTold):
        raise NotTaken(
            "unknown_client",
            f"There is no client {told.client_number} here yet. This is taken in by itself once VDAB's assignment of "
            "this client is here.",
        )
    if known is None:
        assert isinstance(told.what, AssignmentTold)
        known = _new_dossier(told.client_number, told.what.client, origin=origin)
    return locked(known, origin=origin)


def check_same_person(dossier: Dossier, told: Told) -> None:
    """NotTaken where an assignment names another person than the number's own client: it would open a wrong dossier."""
    if isinstance(told.what, AssignmentTold) and told.what.client.insz != dossier.client.insz:
        raise NotTaken(
            "other_client",
            f"Client {told.client_number} has another INSZ number here than in this assignment: ask VDAB who it is, "
            "and correct the event; where the number itself was changed, import the client first.",
        )


def _new_dossier(client_number: str, told: ClientTold, *, origin: Origin) -> int:
    """The dossier that IBIS announced for this person, now under VDAB's own number; else a new one."""
    take_turn(f"insz:{told.insz}")
    client = announced(told.insz) or Client(**told._asdict())
    client.client_number = client_number
    client.nis_code = client.nis_code or told.nis_code  # IBIS need not say it, and VDAB does
    record(client, holds_from=day_of(origin.at), origin=origin)
    return Dossier.objects.get_or_create(client=client)[0].pk


def moved(dossier: Dossier, told: MoveTold, *, origin: Origin) -> None:
    """Add the move. What was sent on the days before it is recorded stays as it was sent."""
    try:
        move(dossier.pk, told.nis_code, told.lives_from, origin)
    except NotMoved as why:
        raise NotTaken("refused", str(why)) from why


def died(dossier: Dossier, told: DeathTold, *, origin: Origin) -> None:
    """Record the death, unless that day is recorded already: what is told twice closes and tells once."""
    deceased_on: date | None = dossier.client.deceased_on
    if deceased_on != told.deceased_on:
        record_death(dossier.pk, deceased_on=told.deceased_on, origin=origin)
