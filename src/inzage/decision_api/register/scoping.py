"""What a caller may ask about: units, and parts of a dossier. Read with every decision, so a change bites at once."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from inzage.decision_api.models import Caller, CallerUnit
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
    lambda names: Caller.objects.filter(client_id__any=names, is_active=True).values_list(
        "client_id", "all_units", *PARTS
    ),
    names=[""],
)
UNITS = PreparedRows(
    lambda names, units: CallerUnit.objects.filter(
        caller__client_id__any=names, unit__oe_number__any=units
    ).values_list("caller__client_id", "unit__oe_number"),
    names=[""],
    units=["-"],
)


def needed(callers: Collection[str], units: Collection[str]) -> dict[str, Statement]:
    """The statements that tell the scopes of these callers, as far as these units go."""
    names = {"names": list(callers)}
    asked = [unit for unit in units if unit and "\x00" not in unit]
    statements = {"callers": Statement(CALLERS, names)}
    if asked:
        statements["caller units"] = Statement(UNITS, {**names, "units": asked})
    return statements


def scopes(rows: Mapping[str, list[Row]]) -> dict[str, Scope]:
    """The scope of each caller that there is."""
    units: dict[str, set[str]] = {}
    for name, unit in rows.get("caller units", ()):
        units.setdefault(name, set()).add(unit)
    return {
        name: Scope(
            None if all_units else units.get(name, ()),
            [part for part, may in zip(PARTS, flags, strict=True) if may],
        )
        for name, all_units, *flags in rows["callers"]
    }
