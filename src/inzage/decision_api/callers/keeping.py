"""Which systems may ask, and what about, changed from day to day: each change leaves a version."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import transaction

from inzage.decision_api.callers.tokens import CLIENT_ID
from inzage.decision_api.models import Caller, CallerUnit, CallerVersion
from inzage.journal.models import Origin
from inzage.partners.models import Unit
from inzage.rules.days import day_of
from inzage.rules.names import Part

LONGEST_NAME = 200
ALL_UNITS = frozenset(("*",))
"""Every unit, also those still to come. No OE number."""


class CallerRefused(Exception):
    """The change can't be made; nothing was. The message says why, and what to do."""


class Wanted(NamedTuple):
    """What is to be changed of a caller; None leaves it as it is. `units` are OE numbers, or ALL_UNITS."""

    name: str | None = None
    units: Collection[str] | None = None
    parts: Collection[Part] | None = None


@transaction.atomic
def add(client_id: str, wanted: Wanted, origin: Origin) -> Caller:
    """From now on this system may ask; one that was stopped may again. CallerRefused where it already may."""
    if not CLIENT_ID.fullmatch(client_id):
        raise CallerRefused("A client id is 1 to 200 letters, digits and signs, without accents.")
    caller = Caller.objects.select_for_update().filter(client_id=client_id).first()
    if caller and caller.is_active:
        raise CallerRefused(
            f"{client_id!r} may already ask. Use `inzage caller change` to change what about."
        )
    caller = caller or Caller(client_id=client_id)
    caller.is_active = True
    return _keep(caller, wanted, origin)


@transaction.atomic
def change(client_id: str, wanted: Wanted, origin: Origin) -> Caller:
    """From now on it may ask about this. CallerRefused where it is not known, or stopped."""
    caller = _known(client_id)
    if not caller.is_active:
        raise CallerRefused(f"{client_id!r} is stopped. Use `inzage caller add` to let it ask again.")
    return _keep(caller, wanted, origin)


@transaction.atomic
def stop(client_id: str, origin: Origin) -> Caller:
    """From now on it gets no yes and finds nothing, whatever its tokens say. Stopped already: nothing changes."""
    caller = _known(client_id)
    if not caller.is_active:
        return caller
    caller.is_active = False
    return _keep(caller, Wanted(), origin)


def _known(client_id: str) -> Caller:
    caller = Caller.objects.select_for_update().filter(client_id=client_id).first()
    if caller is None:
        raise CallerRefused(f"There is no caller {client_id!r}. `inzage caller list` shows those there are.")
    return caller


def _keep(caller: Caller, wanted: Wanted, origin: Origin) -> Caller:
    if wanted.name is not None:
        caller.name = _name(wanted.name)
    if wanted.units is not None:
        caller.all_units = wanted.units == ALL_UNITS
    if wanted.parts is not None:
        for part in Part:
            setattr(caller, part, part in wanted.parts)
    caller.save()
    if wanted.units is not None:
        _keep_units(caller, () if caller.all_units else wanted.units)
    _add_version(caller, origin)
    return caller


def _name(name: str) -> str:
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise CallerRefused(f"A name is 1 to {LONGEST_NAME} signs on one line.")
    return name


def _keep_units(caller: Caller, oe_numbers: Iterable[str]) -> None:
    wanted = set(oe_numbers)
    units = dict(Unit.objects.filter(oe_number__in=wanted).values_list("oe_number", "pk"))
    if unknown := sorted(wanted - units.keys()):
        raise CallerRefused(
            f"There is no unit {', '.join(map(repr, unknown))}. Check the OE numbers, or import those units first."
        )
    caller.units.all().delete()
    CallerUnit.objects.bulk_create([CallerUnit(caller=caller, unit_id=pk) for pk in units.values()])


def _add_version(caller: Caller, origin: Origin) -> None:
    CallerVersion.objects.create(
        caller=caller,
        recorded_at=origin.at,
        holds_from=day_of(origin.at),
        recorded_by=origin.by,
        source=origin.source,
        name=caller.name,
        is_active=caller.is_active,
        all_units=caller.all_units,
        units=units_of(caller),
        **{part: getattr(caller, part) for part in Part},
    )


def units_of(caller: Caller) -> list[str]:
    """The OE numbers of the units it may ask about, in order; none where it may about all."""
    return sorted(caller.units.values_list("unit__oe_number", flat=True))
