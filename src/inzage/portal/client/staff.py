"""Who looked, as far as a client is told: what kind of person, and a sign by which the same one is known again."""

from base64 import b32encode
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inzage.dossiers.models import Dossier
from inzage.partners.capacities import Done, roles_when
from inzage.partners.models import Person

LENGTH = 5
ROLES: Mapping[str, str | Promise] = {
    Person.Role.COUNSELLOR: _("begeleider"),
    Person.Role.MEDIATOR: _("bemiddelaar"),
    Person.Role.BRUSSELS_DESK: _("medewerker van VDAB Brussel"),
    Person.Role.DATA_PROTECTION_OFFICER: _("functionaris voor gegevensbescherming"),
}
SOMEBODY, SYSTEM = _("medewerker"), _("systeembeheer")
OF_A_PERSON = "person:"


class Signed(NamedTuple):
    """A signature under what was done at a moment."""

    signature: str
    at: datetime


def staff_named(signed: Collection[Signed], dossier: Dossier) -> dict[Signed, str]:
    """Each signature as the client of that dossier reads it: never a name (docs/decisions/0043).

    With the role of that moment: who was a counsellor then and is a mediator now, looked as a counsellor.
    """
    done = {one: Done(number, one.at) for one in signed if (number := _number(one.signature))}
    roles = roles_when(done.values())
    return {
        one: _named(one.signature, roles[done[one]], dossier) if one in done else str(SYSTEM)
        for one in signed
    }


def _named(signature: str, role: str, dossier: Dossier) -> str:
    return f"{ROLES.get(role, SOMEBODY)} {sign_of(signature, dossier)}"


def sign_of(signature: str, dossier: Dossier) -> str:
    """A few letters and digits for one person in one dossier: in another dossier the same person has others."""
    digest = salted_hmac("portal.client.staff", f"{dossier.pk}:{signature}", algorithm="sha256").digest()
    return b32encode(digest).decode()[:LENGTH]


def _number(signature: str) -> int:
    """The number in a person's signature; 0 for what is no person."""
    number = signature.removeprefix(OF_A_PERSON)
    return int(number) if signature.startswith(OF_A_PERSON) and number.isdigit() else 0
