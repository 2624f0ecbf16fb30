"""Whose dossier a record of IBIS is about: a known client's, or, under PRJLEW, one that it announces (S14, S23)."""

from inzage.dossiers.models import Client, ClientVersion, Dossier
from inzage.journal.models import Origin
from inzage.journal.turns import take_turn
from inzage.rules.days import day_of
from inzage.view_rights.receiving import NotTaken
from inzage.view_rights.recording import record
from inzage.view_rights.training_records import SOURCE, Registration, Trouble

ANNOUNCED = "IBIS-"
"""With which the client number begins of somebody who has none of VDAB's yet."""


def number_for(record: str) -> str:
    """The client number of whoever this record of IBIS announces."""
    return f"{ANNOUNCED}{record}"


def announced(insz: str) -> Client | None:
    """The one client with this INSZ number, where IBIS announced them, until VDAB gives its own number (S23).

    Whatever others recorded of them since: they moved, or died. The first version tells IBIS's numbers from one
    of VDAB's that would look like it.
    """
    clients = list(Client.objects.filter(insz=insz)[:2])
    if len(clients) != 1 or not clients[0].client_number.startswith(ANNOUNCED):
        return None
    first = ClientVersion.objects.filter(client=clients[0]).order_by("pk").first()
    return clients[0] if first is not None and first.source == SOURCE else None


def dossier_of(said: Registration, number: str, revision: int, *, origin: Origin) -> Dossier:
    """The dossier of the one client with this INSZ number; else NotTaken, but for PRJLEW, which makes it.

    `number` becomes the client number, or with the revision behind it where it is in use.
    """
    take_turn(f"insz:{said.insz}")
    dossiers = list(Dossier.objects.filter(client__insz=said.insz).select_related("client")[:2])
    if len(dossiers) > 1:
        raise NotTaken(
            Trouble.CLIENT_NOT_CLEAR,
            "More than one client has this INSZ number: have the doubling mended at the source, and replay.",
        )
    if dossiers:
        return dossiers[0]
    if not said.reference.of_leren_en_werken:
        raise NotTaken(
            Trouble.UNKNOWN_CLIENT,
            "No client has this INSZ number, and only PRJLEW makes a dossier: correct the number, "
            "or have the client registered and replay.",
        )
    if not (said.family_name and said.given_name):
        raise NotTaken(Trouble.NO_NAME, "A new client needs family_name and given_name: fill them in.")
    if Client.objects.filter(client_number=number).exists():
        number = f"{number}-{revision}"
    return _announced(said, number, origin=origin)


def _announced(said: Registration, number: str, *, origin: Origin) -> Dossier:
    client = Client(
        client_number=number,
        insz=said.insz,
        family_name=said.family_name,
        given_name=said.given_name,
        nis_code=said.nis_code,
    )
    record(client, holds_from=day_of(origin.at), origin=origin)
    return Dossier.objects.create(client=client)
