"""Sixteen people, one of each kind at least, who signed in just now; some work where there is most to do."""

from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from typing import NamedTuple

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.test import RequestFactory

from benchmarks.visiting.pages import Page, pages_of
from inzage.dossiers.models import ClientAccount, Dossier
from inzage.partners.models import Membership, Person, Unit
from inzage.portal.acting import manages
from inzage.portal.coming_in.own_session import begin

BIGGEST, SCHOOL = "OE1", "OE2001"
Role = Person.Role
COUNSELLORS = (*(BIGGEST,) * 3, *("OE7", "OE8", "OE9"), SCHOOL)
MANAGERS = (BIGGEST, "OE7")
OTHERS = (
    *(Role.MEDIATOR, Role.BRUSSELS_DESK, Role.CLIENT, Role.RULE_MANAGER),
    *(Role.DATA_PROTECTION_OFFICER, Role.OPERATOR, Role.ADMINISTRATOR),
)


class Visitor(NamedTuple):
    """Somebody with the key of an open session, and the pages that he or she begins with."""

    who: str
    session: str
    pages: list[Page]


def visitors(at: datetime) -> list[Visitor]:
    """All of them."""
    return [_signed_in(person, unit, at) for person, unit in _people()]


def _people() -> Iterator[tuple[Person, Unit | None]]:
    for place, number in enumerate((*COUNSELLORS, *MANAGERS)):
        unit = Unit.objects.get(oe_number=number)
        person = _person(f"visitor-{place}", Role.COUNSELLOR)
        is_manager = place >= len(COUNSELLORS)
        Membership.objects.get_or_create(person=person, unit=unit, defaults={"manages": is_manager})
        yield person, unit
    for role in OTHERS:
        person = _person(f"visitor-{role}", role)
        if role == Role.CLIENT:
            client = Dossier.objects.get(pk=20).client
            ClientAccount.objects.get_or_create(person=person, defaults={"client": client})
        yield person, None


def _person(subject: str, role: str) -> Person:
    named = {"name": f"Bezoeker {subject}", "role": role}
    return Person.objects.get_or_create(issuer="bench", subject=subject, defaults=named)[0]


def _signed_in(person: Person, unit: Unit | None, at: datetime) -> Visitor:
    """Signed in as the portal does it: with the key that signs the sessions of the server, too."""
    request = RequestFactory().get("/")
    store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
    request.session = store()
    begin(request, person, at=at)
    key = request.session.session_key
    assert key is not None
    where = f" {unit.oe_number}" if unit else ""
    kind = "manager" if unit and manages(person, unit) else person.role
    return Visitor(f"{kind}{where}", key, pages_of(person, unit))
