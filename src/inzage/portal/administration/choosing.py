"""Which people an administrator wants to see, and the same as a file."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inzage.partners.models import Person
from inzage.portal.administration.words import ROLES
from inzage.portal.exporting import csv_of
from inzage.portal.fields import UnitByNumber
from inzage.portal.partner.filtering import Filter
from inzage.rules.days import day_of

CHUNK = 500


class OfPeople(Filter):
    """With one role, or of one unit."""

    rol = forms.ChoiceField(
        label=gettext_lazy("Rol"), choices=[("", gettext_lazy("Alle rollen")), *ROLES.items()]
    )
    oe = UnitByNumber(label=gettext_lazy("OE-nummer van de eenheid"))

    def of(self, people: QuerySet[Person]) -> QuerySet[Person]:
        """Those of them that were chosen."""
        if role := self.get("rol"):
            people = people.filter(role=role)
        if unit := self.get("oe"):
            people = people.filter(memberships__unit=unit)
        return people


def people_as_file(people: QuerySet[Person]) -> StreamingHttpResponse:
    """All of them, a row each; no client is among them, so no line in the access log."""
    columns = [
        *(_("Naam"), _("Rol"), _("Eenheden"), _("Beheert"), _("Toegang"), _("Laatst aangemeld")),
        *(_("Kenmerk"), _("Identiteitsdienst")),
    ]
    return csv_of("mensen", columns, _rows(people.order_by("pk")))


def _rows(people: QuerySet[Person]) -> Iterator[list[Any]]:
    """A chunk at a time, however many there are."""
    chunk = list(people[:CHUNK])
    while chunk:
        yield from map(_row, chunk)
        chunk = list(people.filter(pk__gt=chunk[-1].pk)[:CHUNK])


def _row(person: Person) -> list[Any]:
    members = list(person.memberships.all())
    units = ", ".join(member.unit.oe_number for member in members)
    managed = ", ".join(member.unit.oe_number for member in members if member.manages)
    access = _("open") if person.is_active else _("afgesloten")
    last = day_of(person.last_login) if person.last_login else ""
    return [
        *(person.name, ROLES.get(person.role, ""), units, managed),
        *(access, last, person.subject, person.issuer),
    ]
