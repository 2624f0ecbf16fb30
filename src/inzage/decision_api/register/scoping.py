"""What a caller may ask about: units, and parts of a dossier. Read with every decision, so a change bites at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db.models import Q

from inzage.decision_api.models import Caller
from inzage.rules.names import Part
from inzage.view_rights.deciding import Statement
from inzage.view_rights.prepared import PreparedRows, Row
from inzage.view_rights.questions import Asked, Subject

PARTS = tuple(Part)


class Scope(NamedTuple):
    """Units (None: all) and parts. The scope of a caller that is unknown or stopped is empty."""

    units: Collection[str] | None
    parts: Collection[Part]

    def covers(self, asked: Asked) -> bool:
        """Whether the caller may ask this. About VDAB's own people and clients may ask who may ask of every unit."""
        if asked.part not in self.parts:
            return False
        if self.units is None:
            return True
        return asked.kind is Subject.PARTNER_USER and asked.unit in self.units


NOTHING = Scope((), ())
EVERYTHING = Scope(None, (Part.GENERAL, Part.STEPS))
"""What the demo's caller may ask about: all but the confidential part."""

CALLERS = PreparedRows(
    lambda names, units: Caller.objects.filter(
        Q(all_units=True) | Q(units__unit__oe_number__any=units), client_id__any=names, is_active=True
    ).values_list("client_id", "units__unit__oe_number", "all_units", *PARTS),
    names=[""],
    units=["-"],
)
"""A row for each caller that may ask about every unit, and for each of these units that another one may ask about."""


def needed(callers: Collection[str], units: Collection[str]) -> dict[str, Statement]:
    """The statement that tells the scopes of these callers, as far as these units go."""
    asked = [unit for unit in units if "\x00" not in unit]
    return {"callers": Statement(CALLERS, {"names": list(callers), "units": asked})}


def scopes(rows: Mapping[str, list[Row]]) -> dict[str, Scope]:
    """The scope of each caller that has one here."""
    units: dict[str, set[str]] = defaultdict(set)
    found: dict[str, Scope] = {}
    for name, unit, all_units, *flags in rows["callers"]:
        units[name].add(unit)
        parts = [part for part, may in zip(PARTS, flags, strict=True) if may]
        found[name] = Scope(None if all_units else units[name], parts)
    return found
