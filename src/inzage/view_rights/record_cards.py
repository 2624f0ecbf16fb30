"""The record card: the school of a pupil in Leren en Werken puts the pupil's data on it for Actiris (S10)."""

import re
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from inzage.dossiers.addresses import lives_in_brussels
from inzage.dossiers.models import Activity, Dossier, RecordCard
from inzage.journal.models import Origin
from inzage.outbox.queueing import queue
from inzage.partners.models import Unit
from inzage.rules.days import day_of
from inzage.rules.names import Kind
from inzage.rules.refusing import Refused
from inzage.view_rights.catching_up import locked
from inzage.view_rights.models import ViewRight
from inzage.view_rights.telling_actiris import DESTINATION
from inzage.view_rights.viewing import open_to, standing_right
from inzage.view_rights.watching import running_on

SUBMITTED = "be.inzage.enrolments.v1.recordCards.notify.submitted"
CENTRES = ("CDO", "CDV")
SCHOOL_YEAR = re.compile(r"([0-9]{4})-([0-9]{4})")


class NotFilledIn(Refused):
    """The card can't be filled in; the message says what was found and what to do."""


class NotItsPupil(NotFilledIn):
    """Only the pupil's own school fills in the card."""


class Card(NamedTuple):
    """What stands on the card: the centre (CDO or CDV), the school year as 2025-2026, the course and its first day."""

    centre: str
    school_year: str
    course: str
    starts_on: date


@transaction.atomic
def fill_in(dossier_id: int, card: Card, *, school: Unit, origin: Origin) -> RecordCard:
    """Fill the card in for a pupil of this school, and tell Actiris; a second one for a year corrects the first.

    The first is kept. What stood there already stays as it is, and is not told again. Raises NotFilledIn.
    """
    dossier, today = locked(dossier_id, origin=origin), day_of(origin.at)
    if not is_pupil_of(dossier, school, on=today):
        raise NotItsPupil(
            "not_its_pupil",
            f"{school} has neither a view right nor a line from IBIS here: only the pupil's own school fills it in.",
        )
    if not lives_in_brussels(dossier.client, today):
        raise NotFilledIn(
            "not_brussels", "The card is for pupils who live in Brussels: where this one lives, look it up."
        )
    _check(card)
    last = card_of(dossier, school, card.school_year)
    if last is not None and Card(*(getattr(last, field) for field in Card._fields)) == card:
        return last
    filled_in = RecordCard.objects.create(
        dossier=dossier,
        school=school,
        filled_in_on=today,
        recorded_at=origin.at,
        recorded_by=origin.by,
        replaces=last,
        **card._asdict(),
    )
    stream, data = str(dossier.reference), what_stands_on(filled_in)
    queue(DESTINATION, stream=stream, kind=SUBMITTED, data=data, at=origin.at)
    return filled_in


def is_pupil_of(dossier: Dossier, school: Unit, *, on: date) -> bool:
    """Whether the client is a pupil of this school: it has a view right, or it executes a project line from IBIS.

    That line comes before any right (S23): the card can be filled in by then (decision 0033).
    """
    return pupil_of(dossier, school, on=on) is not None


class Pupil(NamedTuple):
    """What makes the client a pupil: the right that stands; only where there is none, the lines from IBIS."""

    right: ViewRight | None
    lines: list[Activity]


def pupil_of(dossier: Dossier, school: Unit, *, on: date) -> Pupil | None:
    """What makes the client a pupil of this school; None where it is none of its pupils."""
    if school.kind != Unit.Kind.SCHOOL:
        return None
    if right := standing_right(dossier.pk, school.pk, on=on):
        return Pupil(right, [])
    lines = list(lines_from_ibis(school, on).filter(dossier=dossier))
    return Pupil(None, lines) if lines else None


def pupils_of(school: Unit, *, on: date) -> QuerySet[Dossier]:
    """The dossiers of this school's pupils: `is_pupil_of` as a list."""
    if school.kind != Unit.Kind.SCHOOL:
        return Dossier.objects.none()
    # each from its own index: asked in one go, all dossiers there are would be walked to find the newest pupils
    by_right = open_to(school.pk, on=on).values_list("dossier", flat=True)
    by_line = lines_from_ibis(school, on).values_list("dossier", flat=True)
    return Dossier.objects.filter(pk__any={*by_right, *by_line})


def lines_from_ibis(school: Unit, on: date) -> QuerySet[Activity]:
    """The project lines from IBIS (PRJLEW) that this unit executes and that are asked for or under way."""
    projects = Activity.objects.filter(running_on(on), unit=school, kind=Kind.PROJECT)
    return projects.filter(ibis_registered_on__isnull=False)


def card_of(dossier: Dossier, school: Unit, school_year: str) -> RecordCard | None:
    """The card as it stands now for that year."""
    return cards_of([dossier], school, school_year).get(dossier.pk)


def cards_of(dossiers: Collection[Dossier], school: Unit, school_year: str) -> dict[int, RecordCard]:
    """The cards of these dossiers as they stand now for that year, each by its dossier's id."""
    standing = RecordCard.objects.filter(school=school, school_year=school_year, replaced_by=None)
    return {card.dossier_id: card for card in standing.filter(dossier__in=dossiers)}


def school_year_on(day: date) -> str:
    """The school year that a day falls in: it begins on the first of September."""
    first = day.year if day.month >= 9 else day.year - 1
    return f"{first}-{first + 1}"


def _check(card: Card) -> None:
    if card.centre not in CENTRES:
        raise NotFilledIn("centre", f"{card.centre!r} is neither CDO nor CDV: choose one.")
    years = SCHOOL_YEAR.fullmatch(card.school_year)
    if years is None or int(years[2]) != int(years[1]) + 1:
        raise NotFilledIn("school_year", f"{card.school_year!r} is no school year: write it as 2025-2026.")
    if not card.course.strip():
        raise NotFilledIn("course", "The card needs the course that the pupil follows.")
    first, last = date(int(years[1]), 9, 1), date(int(years[2]), 8, 31)
    if not first <= card.starts_on <= last:
        raise NotFilledIn(
            "starts_on", f"{card.starts_on} lies outside the school year {card.school_year}: look it up."
        )


def what_stands_on(card: RecordCard) -> dict[str, Any]:
    """What Actiris gets of a card: the person, and what the school filled in."""
    told = {
        "ssin": card.dossier.client.insz,
        "card": str(card.pk),
        "replaces": str(card.replaces_id) if card.replaces_id else "",
        "school": card.school.oe_number,
        "centre": card.centre,
        "schoolYear": card.school_year,
        "course": card.course,
        "startsOn": card.starts_on.isoformat(),
        "filledInOn": card.filled_in_on.isoformat(),
    }
    return {name: value for name, value in told.items() if value}
