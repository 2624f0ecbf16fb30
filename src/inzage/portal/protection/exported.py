"""What a search found, as a file; that it left the house is on record, with every dossier that it names."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from inzage.access_log.models import AccessLine, ShownDossier
from inzage.portal.doors import Official
from inzage.portal.exporting import csv_of
from inzage.portal.protection.finding import Wanted, lines_of
from inzage.portal.protection.rows import Who, who_signed
from inzage.portal.protection.watching import on_record
from inzage.portal.protection.words import KINDS, PARTS, VERDICTS, words_of
from inzage.rules.days import BRUSSELS

MOST = 10_000
"""Rows of one file: more is no search, and nobody reads it."""
SHOWN = (
    *("line", "dossier", "dossier__client__client_number", "verdict"),
    *("right", "rule", "rule_status", "last_day"),
)


class TooMany(Exception):
    """More was found than goes in a file."""


@transaction.atomic
def exported(wanted: Wanted, officer: Official, said: str) -> StreamingHttpResponse:
    """The file: a row for each dossier that a line shows, and one for a line that shows none; or raise TooMany."""
    lines = list(lines_of(wanted).order_by("-at", "-pk")[: MOST + 1])
    shown = ShownDossier.objects.filter(line__any=[line.pk for line in lines[:MOST]])
    rows = list(shown.order_by("line", "dossier").values_list(*SHOWN)[: MOST + 1])
    if len(lines) > MOST or len(rows) > MOST:
        raise TooMany(
            _("Dit zijn meer dan %(most)d rijen. Maak de periode korter, of zoek op meer velden.")
            % {"most": MOST}
        )
    on_record(AccessLine.Kind.EXPORT, officer, {row[1] for row in rows}, said)
    columns = [
        *(
            _("Moment"),
            _("Soort"),
            _("Persoon"),
            _("Kenmerk"),
            _("OE-nummer"),
            _("Deel"),
            _("Opgegeven reden"),
        ),
        *(_("Klantnummer"), _("Waarom getoond"), _("Recht"), _("Regel"), _("Nagekeken?"), _("Laatste dag")),
    ]
    return csv_of("toegangslog", columns, _rows(lines, rows))


def _rows(lines: list[AccessLine], shown: list[tuple[Any, ...]]) -> Iterator[list[Any]]:
    of_line: dict[int, list[tuple[Any, ...]]] = {}
    for line, _dossier, *rest in shown:
        of_line.setdefault(line, []).append(tuple(rest))
    people = who_signed(line.person for line in lines)
    nothing: list[tuple[Any, ...]] = [("", "", "", "", "", "")]
    for each in lines:
        for number, verdict, *on_right in of_line.get(each.pk, nothing):
            yield [*_of_line(each, people), number, words_of(verdict, VERDICTS), *on_right]


def _of_line(line: AccessLine, people: dict[str, Who]) -> list[Any]:
    at = line.at.astimezone(BRUSSELS).strftime("%Y-%m-%d %H:%M:%S")
    return [
        *(at, words_of(line.kind, KINDS), people[line.person].name, line.person, line.unit),
        *(words_of(line.part, PARTS), line.stated_reason),
    ]
