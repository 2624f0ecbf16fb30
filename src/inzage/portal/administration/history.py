"""What was changed about somebody, by whom and when, in sentences."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from inzage.partners.models import Person, PersonVersion, Unit
from inzage.partners.people import BEFORE
from inzage.portal.administration.words import ROLES


class Change(NamedTuple):
    """One change: the moment, who made it, and what it came to."""

    at: datetime
    by: str
    sentences: list[str]


def versions_at_work(person: Person) -> QuerySet[PersonVersion]:
    """What was recorded about somebody at work.

    Versions of before decision 0050 also say when the same person came as a citizen: no administrator's business.
    """
    return PersonVersion.objects.filter(person=person).exclude(role=Person.Role.CLIENT)


def changes_in(rows: Sequence[PersonVersion], earlier: PersonVersion | None) -> list[Change]:
    """The changes that these versions are, the newest first; `earlier` is the one before the last of them."""
    names = _names(rows)
    units = _units([*rows, *([earlier] if earlier else [])])
    before = [*rows[1:], earlier] if rows else []
    return [
        Change(row.recorded_at, _by(row, names), _sentences(row, old, units))
        for row, old in zip(rows, before, strict=True)
    ]


def _sentences(row: PersonVersion, old: PersonVersion | None, units: dict[str, str]) -> list[str]:
    role = str(ROLES.get(row.role, row.role))
    if row.source == BEFORE:
        return [_("Voordien: %(role)s.") % {"role": role}]
    if old is None:
        return [_("Bekend vanaf nu, als %(role)s.") % {"role": role}]
    found = []
    if (row.role, row.role_kept_here) != (old.role, old.role_kept_here):
        how = _("hier bepaald") if row.role_kept_here else _("zoals de identiteitsdienst zegt")
        found.append(_("Rol: %(role)s, %(how)s.") % {"role": role, "how": how})
    if row.is_active != old.is_active:
        found.append(_("Toegang geopend.") if row.is_active else _("Toegang afgesloten."))
    found += _about_units(row, old, units)
    return found or [_("Opnieuw vastgelegd.")]


def _about_units(row: PersonVersion, old: PersonVersion, units: dict[str, str]) -> list[str]:
    now, then = set(row.units), set(old.units)
    managed, before = set(row.managed), set(old.managed)
    said = (
        (_("Gekoppeld aan %(unit)s."), now - then),
        (_("Ontkoppeld van %(unit)s."), then - now),
        (_("Beheert %(unit)s."), managed - before),
        (_("Beheert %(unit)s niet meer."), (before - managed) & now),
    )
    return [
        sentence % {"unit": f"{units[number]} ({number})" if number in units else number}
        for sentence, which in said
        for number in sorted(which)
    ]


def _by(row: PersonVersion, names: dict[str, str]) -> str:
    if row.source == BEFORE:
        return "–"
    if row.source == "oidc":
        return _("bij het aanmelden")
    if row.source == "shell":
        return _("wie het systeem installeert (%(account)s)") % {"account": row.recorded_by.partition(":")[2]}
    return names.get(row.recorded_by, row.recorded_by)


def _names(rows: Sequence[PersonVersion]) -> dict[str, str]:
    numbers = {
        row.recorded_by.removeprefix("person:") for row in rows if row.recorded_by.startswith("person:")
    }
    return {person.signature: person.name for person in Person.objects.filter(pk__in=numbers)}


def _units(rows: Sequence[PersonVersion]) -> dict[str, str]:
    numbers = {number for row in rows for number in (*row.units, *row.managed)}
    return dict(Unit.objects.filter(oe_number__in=numbers).values_list("oe_number", "name"))
