"""The balance of what went out and came in, day by day, and the differences with the other side as tasks (S13)."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from inzage.access_log.models import AccessLine
from inzage.inbox.models import Received, ReceivedState
from inzage.outbox.models import Delivery, DeliveryState
from inzage.portal.acting import DeskWorker, for_desks
from inzage.portal.exchange.institutions import Institutions, institutions_of
from inzage.portal.paging import a_number
from inzage.portal.words import INSTITUTIONS
from inzage.rules.days import BRUSSELS, midnight
from inzage.tasks.asking import done
from inzage.tasks.models import Task
from inzage.view_rights.looking import write

DAYS = 14
SHOWN = 100
"""How many differences fit on the page."""
DIFFERENCES = (Task.Kind.BALANCE, Task.Kind.IBIS_DIFFERENCE)


class Day(NamedTuple):
    """What a day came to for one institution, in numbers by state."""

    institution: str
    day: date
    counts: dict[str, int]


@for_desks
def balance(request: HttpRequest, desk: DeskWorker) -> HttpResponse:
    """The last two weeks, and what differs with the other side; a difference that was dealt with is ticked off.

    With every institution of this desk, or with one of them.
    """
    own = institutions_of(desk)
    asked = request.GET.get("instelling", "")
    chosen = asked if asked in (*own.inwards, *own.outwards) else ""
    of = own.only(chosen) if chosen else own
    if request.method == "POST":
        task = _open_tasks(own).filter(pk=a_number(request.POST.get("done", ""))).first()
        if task is not None and done(task.pk, by=desk.origin.by, at=desk.at):
            messages.success(request, _("Afgevinkt."))
        else:
            messages.warning(request, _("Dit was al afgevinkt. Er is niets gewijzigd."))
        return redirect(request.get_full_path())
    with transaction.atomic():
        tasks = list(_open_tasks(of).select_related("dossier")[:SHOWN])
        dossiers = sorted({task.dossier_id for task in tasks if task.dossier_id})
        write(AccessLine.Kind.LIST, desk.look("balans"), [(dossier, None) for dossier in dossiers])
        shown = _shown(of, desk, tasks)
        shown |= {
            "chosen": chosen,
            "choices": {name: INSTITUTIONS[name] for name in (*own.inwards, *own.outwards)},
        }
        return render(request, "portal/exchange/balance.html", shown)


def _open_tasks(of: Institutions) -> QuerySet[Task]:
    """The differences with these institutions, the oldest first."""
    about = Q(kind=Task.Kind.IBIS_DIFFERENCE) if "ibis" in of.inwards else Q(pk__in=[])
    for name in (*of.inwards, *of.outwards):
        about |= Q(kind=Task.Kind.BALANCE, subject__startswith=f"{name}:")
    return Task.objects.filter(about, done_at=None).order_by("created_at", "pk")


def _shown(of: Institutions, desk: DeskWorker, tasks: list[Task]) -> dict[str, Any]:
    since = desk.today - timedelta(days=DAYS - 1)
    total = _open_tasks(of).count() if len(tasks) == SHOWN else len(tasks)
    return {
        "tasks": tasks,
        "total": total,
        "out": _out(of, since),
        "came_in": _came_in(of, since),
    }


def _out(of: Institutions, since: date) -> list[Day]:
    written = Delivery.objects.filter(destination__in=of.outwards, created_at__gte=midnight(since))
    return _by_day(written, "destination", "created_at", DeliveryState.values)


def _came_in(of: Institutions, since: date) -> list[Day]:
    came = Received.objects.filter(source__in=of.inwards, received_at__gte=midnight(since))
    return _by_day(came, "source", "received_at", ReceivedState.values)


def _by_day(
    rows: QuerySet[Delivery] | QuerySet[Received], institution: str, moment: str, states: list[str]
) -> list[Day]:
    """Counted by calendar day in Brussels, the latest first."""
    counts = {state: Count("pk", filter=Q(state=state)) for state in states}
    by_day = rows.order_by().annotate(day=TruncDate(moment, tzinfo=BRUSSELS)).values(institution, "day")
    counted = by_day.annotate(total=Count("pk"), **counts).order_by("-day", institution)
    return [
        Day(row[institution], row["day"], {name: row[name] for name in ("total", *states)}) for row in counted
    ]
