"""VDAB Brussel's list of enrolments to watch, each with what to do next; and finding a client, with a reason (S07)."""

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from inzage.access_log.models import AccessLine
from inzage.dossiers.enrolments import having_status, status_on
from inzage.dossiers.models import Activity, Client, Dossier
from inzage.partners.models import Unit
from inzage.portal.acting import DeskWorker, for_brussels
from inzage.portal.actiris import named
from inzage.portal.clients import dossiers_numbered
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.fields import PersonNumber, UnitByNumber
from inzage.portal.guessing.waiting import may_search
from inzage.portal.language import Word
from inzage.portal.paging import newest_first
from inzage.rules.names import EnrolmentStatus
from inzage.tasks.models import Task
from inzage.view_rights.desks import day, watched_clients
from inzage.view_rights.looking import write
from inzage.view_rights.watching import running_on

REASONS = "reasons"
"""In the session: for each dossier, by its reference, why somebody opened it who has it on no list."""
STATUSES: dict[str, tuple[Word, EnrolmentStatus | None]] = {
    "niet": (_("Niet ingeschreven"), EnrolmentStatus.NOT_ENROLLED),
    "beeindigd": (_("Beëindigd"), EnrolmentStatus.ENDED),
    "onbekend": (_("Nog niet nagekeken"), None),
    "wel": (_("Ingeschreven"), EnrolmentStatus.ENROLLED),
}
TO_DO: dict[str, Word] = {
    EnrolmentStatus.NOT_ENROLLED: _("Vraag de partner hoe ver de inschrijving staat, en noteer wat u hoort."),
    EnrolmentStatus.ENDED: _("Vraag de partner of de klant zich opnieuw inschrijft, en noteer wat u hoort."),
    "": _("Kijk bij Actiris na of de klant ingeschreven is, en noteer het."),
    EnrolmentStatus.ENROLLED: _("Niets: alles is in orde."),
}


class Find(Entry):
    """A client who may be on no list: the reason is kept in the log."""

    number = PersonNumber()
    reason = forms.CharField(
        label=_("Waarom opent u dit dossier"),
        max_length=200,
        help_text=_("Dit komt in het logboek. Noem geen namen."),
        error_messages={"required": _("Schrijf waarom u dit dossier opent.")},
    )


class Narrow(Entry):
    """The list of one organisation."""

    organisatie = UnitByNumber(label=_("OE-nummer van de organisatie"), required=False)


class Line(NamedTuple):
    """A client as the list shows it."""

    dossier: Dossier
    lives_in: str
    status: str
    checked_on: date | None
    units: list[str]
    has_task: bool
    to_do: Word


@for_brussels
@transaction.atomic
def watched(request: HttpRequest, desk: DeskWorker) -> HttpResponse:
    """Brussels participants with an activity under way, by how their enrolment stands and by organisation."""
    find = Find(request.POST or None)
    if find.is_valid() and (found := _found(find, request, desk)):
        return redirect("participant", found.reference)
    narrow = Narrow(request.GET if request.GET.get("organisatie") else None)
    unit = narrow.cleaned_data["organisatie"] if narrow.is_valid() else None
    chosen = request.GET.get("stand", "niet")
    chosen = chosen if chosen in STATUSES else "niet"
    clients = _participants(desk.today, unit).filter(having_status(STATUSES[chosen][1], desk.today))
    page = newest_first(clients.select_related("dossier", "enrolment"), request.GET.get("na", ""))
    write(AccessLine.Kind.LIST, desk.look(), [(client.dossier.pk, None) for client in page.rows])
    shown = {
        "lines": _lines(page.rows, desk.today),
        "after": page.after,
        "started": request.GET.get("na"),
        "chosen": chosen,
        "chosen_words": STATUSES[chosen][0],
        "statuses": {name: words for name, (words, _status) in STATUSES.items()},
        "narrow": narrow,
        "unit_number": unit.oe_number if unit else "",
        "find": find,
        "wrong": wrong_of(find) or wrong_of(narrow if narrow.is_bound else None),
    }
    return render(request, "portal/brussels/watched.html", shown)


def _participants(today: date, unit: Unit | None) -> QuerySet[Client]:
    """The participants whose enrolments are watched; those with an activity under way of a unit where one is given."""
    clients = watched_clients(day(today))
    if unit is None:
        return clients
    activities = Activity.objects.filter(running_on(today), dossier__client=OuterRef("pk"), unit=unit)
    return clients.filter(Exists(activities))


def _lines(clients: list[Any], today: date) -> list[Line]:
    dossiers = [client.dossier.pk for client in clients]
    running = Activity.objects.filter(running_on(today), dossier__in=dossiers).select_related("unit")
    units: dict[int, list[str]] = {}
    for activity in running.order_by("unit__name", "pk"):
        names = units.setdefault(activity.dossier_id, [])
        if activity.unit.name not in names:
            names.append(activity.unit.name)
    open_tasks = Task.objects.filter(kind=Task.Kind.ENROLMENT, done_at=None, dossier__in=dossiers)
    asked = set(open_tasks.values_list("dossier_id", flat=True))
    lines = []
    for client in clients:
        enrolment = getattr(client, "enrolment", None)
        status = str(status_on(enrolment, today) or "")
        checked_on = enrolment.checked_on if enrolment else None
        pk = client.dossier.pk
        lines.append(
            Line(
                client.dossier,
                named(client.lives_in),
                status,
                checked_on,
                units.get(pk, []),
                pk in asked,
                TO_DO[status],
            )
        )
    return lines


def _found(find: Find, request: HttpRequest, desk: DeskWorker) -> Dossier | None:
    """The client with that number; the line of the search names the reason, whatever was found."""
    may_search(desk.person, desk.at)
    found = list(dossiers_numbered(find.cleaned_data["number"]).select_related("client"))
    reason = find.cleaned_data["reason"]
    write(AccessLine.Kind.SEARCH, desk.look_because(reason), [(dossier.pk, None) for dossier in found])
    if len(found) != 1:
        find.add_error(
            "number",
            _("Dit nummer hoort bij meer dan één klant: vul het klantnummer in.")
            if found
            else _("Met dit nummer vinden wij geen klant. Kijk het na."),
        )
        return None
    reasons: dict[str, str] = request.session.get(REASONS, {})
    request.session[REASONS] = reasons | {str(found[0].reference): reason}
    return found[0]
