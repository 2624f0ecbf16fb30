"""Which questions of clients the officer wants to see, and the same as a file: days and organisations, and no texts."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inzage.access_log.models import AccessLine, Question
from inzage.portal.doors import Official
from inzage.portal.exporting import csv_of
from inzage.portal.fields import Day, UnitByNumber
from inzage.portal.partner.filtering import Filter
from inzage.portal.protection.exported import MOST, TooMany
from inzage.portal.protection.rows import Who, who_signed
from inzage.portal.protection.watching import on_record
from inzage.rules.days import day_of, midnight
from inzage.rules.periods import day_after

WHAT = "vragen van klanten"


class OfQuestions(Filter):
    """To one organisation, asked in a period."""

    oe = UnitByNumber(label=gettext_lazy("OE-nummer"))
    van = Day(label=gettext_lazy("Gevraagd vanaf"))
    tot = Day(label=gettext_lazy("Gevraagd tot en met"))

    def of(self, questions: QuerySet[Question]) -> QuerySet[Question]:
        """Those of them that were chosen."""
        wanted = Q()
        if unit := self.get("oe"):
            wanted &= Q(unit=unit)
        if since := self.get("van"):
            wanted &= Q(asked_at__gte=midnight(since))
        if until := self.get("tot"):
            wanted &= Q(asked_at__lt=midnight(day_after(until)))
        return questions.filter(wanted)


def questions_as_file(questions: QuerySet[Question], officer: Official) -> StreamingHttpResponse:
    """The file, with a line in the log for every dossier in it; TooMany where it would be no list any more."""
    found = list(questions.order_by("pk")[: MOST + 1])
    if len(found) > MOST:
        raise TooMany(_("Dit zijn meer dan %(most)d rijen. Maak de periode korter.") % {"most": MOST})
    on_record(AccessLine.Kind.EXPORT, officer, (each.shown.dossier_id for each in found), WHAT)
    columns = [
        *(_("Gevraagd"), _("Aan"), _("OE-nummer"), _("Wie keek"), _("Kenmerk"), _("Klantnummer")),
        *(_("Antwoorden ten laatste op"), _("Beantwoord"), _("Door de functionaris")),
    ]
    return csv_of("vragen", columns, _rows(found))


def _rows(found: list[Question]) -> Iterator[list[Any]]:
    people = who_signed(each.shown.line.person for each in found)
    for each in found:
        yield _row(each, people[each.shown.line.person])


def _row(each: Question, who: Who) -> list[Any]:
    to = [each.unit.name, each.unit.oe_number] if each.unit else ["VDAB", ""]
    answered = [day_of(each.answered_at) if each.answered_at else "", _("ja") if each.by_officer else ""]
    client = each.shown.dossier.client.client_number
    return [day_of(each.asked_at), *to, who.name, each.shown.line.person, client, each.due_on, *answered]
