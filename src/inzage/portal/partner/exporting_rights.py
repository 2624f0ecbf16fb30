"""A unit's rights to take along as CSV: what will be in it is said first, and each dossier in it stands in the log."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext_lazy as _

from inzage.access_log.models import AccessLine
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.exporting import csv_of
from inzage.portal.partner.choosing import OfDossiers
from inzage.portal.partner.closed import OfClosed, each_once
from inzage.portal.partner.filtering import Filter
from inzage.portal.reasons import Reason, reason_of, reason_of_end
from inzage.view_rights.looking import write
from inzage.view_rights.models import ViewRight

CHUNK, MOST = 500, 20_000
"""So many rights are read at a time, and at most so many are in a file."""


class Kind(NamedTuple):
    """A list that can be taken along: how its file is named, its columns, and a right's line in it."""

    name: str
    columns: tuple[str | Promise, ...]
    line: Callable[[ViewRight], list[Any]]
    back_to: str
    title: Promise


def _open_line(right: ViewRight) -> list[Any]:
    client, reason = right.dossier.client, reason_of(right)
    who = [client.client_number, client.family_name, client.given_name]
    return [*who, right.granted_on, right.last_day, *_said(reason)]


def _closed_line(right: ViewRight) -> list[Any]:
    return [
        right.dossier.client.client_number,
        right.granted_on,
        right.last_day,
        *_said(reason_of_end(right)),
    ]


def _said(reason: Reason) -> list[str]:
    return [reason.sentence, ", ".join(reason.marks)]


DAYS = (_("Toegekend"), _("Laatste dag"), _("Reden"), _("Zekerheid"))
OPEN = Kind(
    "dossiers",
    (_("Klantnummer"), _("Familienaam"), _("Voornaam"), *DAYS),
    _open_line,
    "my-dossiers",
    gettext_lazy("Mijn dossiers"),
)
CLOSED = Kind(
    "afgesloten",
    (_("Klantnummer"), *DAYS),
    _closed_line,
    "closed-rights",
    gettext_lazy("Afgesloten inzagerechten"),
)


@for_counsellors
def export_dossiers(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """The dossiers that may be seen today, as they are filtered on the list."""
    chosen = OfDossiers(request)
    return answer(request, counsellor, OPEN, chosen, chosen.rights(counsellor.unit, on=counsellor.today))


@for_counsellors
def export_closed(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """The rights that no longer stand, as they are filtered on the list."""
    chosen = OfClosed(request)
    return answer(request, counsellor, CLOSED, chosen, chosen.rights(counsellor.unit, on=counsellor.today))


def answer(
    request: HttpRequest, counsellor: Counsellor, kind: Kind, chosen: Filter, rights: QuerySet[ViewRight]
) -> HttpResponse:
    """First the page that says what will be in the file; sent in from there, the file."""
    if request.method == "POST":
        file: HttpResponse = _file(counsellor, kind, rights)
        return file
    shown = {"kind": kind, "chosen": chosen, "of": rights.count(), "most": MOST}
    return render(request, "portal/partner/day/export.html", shown)


def _file(counsellor: Counsellor, kind: Kind, rights: QuerySet[ViewRight]) -> Any:
    return csv_of(
        kind.name,
        [str(name) for name in kind.columns],
        _lines(counsellor, kind, rights, get_language() or "nl"),
    )


def _lines(
    counsellor: Counsellor, kind: Kind, rights: QuerySet[ViewRight], language: str
) -> Iterator[list[Any]]:
    """A chunk at a time: the line in the log first, in the transaction that reads the rights, and then the rows."""
    place = 0
    for _chunk in range(MOST // CHUNK):
        with transaction.atomic(), override(language):
            chunk = list(rights.order_by("pk").filter(pk__gt=place)[:CHUNK])
            if not chunk:
                return
            write(AccessLine.Kind.EXPORT, counsellor.look(), each_once(chunk).items())
            rows = [kind.line(right) for right in chunk]
        yield from rows
        place = chunk[-1].pk
