"""Lines of the log as a person reads them: names for the signatures, a client by number only."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Subquery

from inzage.access_log.models import AccessLine, ShownDossier
from inzage.dossiers.models import Dossier
from inzage.partners.models import Person, Unit
from inzage.portal.protection.words import KINDS, signed_in_words, words_of

SHOWN = 3
"""How many dossiers of one line stand in the list; its own page has them all."""
OF_A_PERSON = "person:"


class Who(NamedTuple):
    """Somebody who signed: by name where it is a person we know; the number leads to all their lines."""

    name: str
    number: int | None


class Numbered(NamedTuple):
    """A client's dossier: the number, and the reference by which it can be followed."""

    pk: int
    reference: UUID
    client_number: str


class Row(NamedTuple):
    """A line, who wrote it, for which unit, and the first few dossiers that it shows."""

    line: AccessLine
    kind: str
    who: Who
    unit: Unit | None
    shown: list[Numbered]
    has_more: bool


def rows_of(
    lines: Sequence[AccessLine],
    *,
    only: Mapping[int, Numbered] | None = None,
    of: Person | None = None,
) -> list[Row]:
    """The rows of a page; where one dossier was asked for, `only` that one is named; all may be `of` one person."""
    if only is None:
        first = _first_shown(lines)
        named: Mapping[int, Numbered] = numbered({pk for pks in first.values() for pk in pks[:SHOWN]})
    else:
        first, named = dict.fromkeys((line.pk for line in lines), tuple(only)), only
    people = {of.signature: Who(of.name, of.pk)} if of else who_signed(line.person for line in lines)
    units = units_numbered({line.unit for line in lines})
    return [
        Row(
            line,
            words_of(line.kind, KINDS),
            people[line.person],
            units.get(line.unit),
            [named[pk] for pk in first[line.pk][:SHOWN]],
            len(first[line.pk]) > SHOWN,
        )
        for line in lines
    ]


def _first_shown(lines: Sequence[AccessLine]) -> dict[int, tuple[int, ...]]:
    """Of each line the first few dossiers, and one more where there is one, however many it shows."""
    shown = ShownDossier.objects.filter(line=OuterRef("pk")).order_by("dossier").values("dossier")
    asked = {f"shown_{place}": Subquery(shown[place : place + 1]) for place in range(SHOWN + 1)}
    rows = AccessLine.objects.filter(pk__in=[line.pk for line in lines]).values_list("pk", *asked.values())
    return {pk: tuple(one for one in dossiers if one is not None) for pk, *dossiers in rows}


def numbered(dossiers: Iterable[int]) -> dict[int, Numbered]:
    """The client numbers of these dossiers."""
    pks = list(dossiers)
    if not pks:
        return {}
    found = Dossier.objects.filter(pk__any=pks).values_list("pk", "reference", "client__client_number")
    return {pk: Numbered(pk, reference, number) for pk, reference, number in found}


def who_signed(signatures: Iterable[str]) -> dict[str, Who]:
    """Who is behind each signature; the system's own in words."""
    signed = set(signatures)
    numbers = {signature: int(pk) for signature in signed if (pk := _number_in(signature))}
    people = Person.objects.in_bulk(numbers.values()) if numbers else {}
    known = {signature: people[pk] for signature, pk in numbers.items() if pk in people}
    return {
        signature: Who(known[signature].name, known[signature].pk)
        if signature in known
        else Who(signed_in_words(signature), None)
        for signature in signed
    }


def units_numbered(oe_numbers: set[str]) -> dict[str, Unit]:
    """The units with these numbers."""
    asked = oe_numbers - {""}
    units = Unit.objects.filter(oe_number__in=asked) if asked else []
    return {unit.oe_number: unit for unit in units}


def _number_in(signature: str) -> str:
    number = signature.removeprefix(OF_A_PERSON)
    return number if number != signature and number.isdecimal() and len(number) < 19 else ""
