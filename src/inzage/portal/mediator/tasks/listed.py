"""The open tasks of a desk, the oldest first: VDAB Brussel's about who lives in Brussels, the mediators' the others."""

from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inzage.access_log.models import AccessLine
from inzage.dossiers.addresses import brussels_codes, home_of
from inzage.portal.acting import DeskWorker, for_desks
from inzage.portal.mediator.tasks.words import KINDS, kind_of, sentence_of
from inzage.portal.paging import oldest_first
from inzage.rules.names import Route
from inzage.tasks.models import Task
from inzage.view_rights.looking import write


class Line(NamedTuple):
    """A task with its kind and what happened, in words."""

    task: Task
    kind: str
    sentence: str


def tasks_of(desk: DeskWorker) -> QuerySet[Task]:
    """The tasks that this desk handles, open or done: a client's are with one desk, by where he or she lives today."""
    tasks = Task.objects.filter(kind__in=[str(kind) for kind in KINDS], unit=None, dossier__isnull=False)
    tasks = tasks.annotate(home=home_of("dossier__client", desk.today)).select_related("dossier__client")
    codes = brussels_codes(desk.today)
    return (
        tasks.filter(home__in=codes) if Route.BRUSSELS_FORM in desk.routes else tasks.exclude(home__in=codes)
    )


@for_desks
@transaction.atomic
def tasks(request: HttpRequest, desk: DeskWorker) -> HttpResponse:
    """Of all kinds, or of one."""
    kind = request.GET.get("soort", "")
    still_open = tasks_of(desk).filter(done_at=None)
    if kind in KINDS:
        still_open = still_open.filter(kind=kind)
    page = oldest_first(still_open, request.GET.get("na", ""))
    dossiers = sorted({task.dossier_id for task in page.rows if task.dossier_id is not None})
    write(AccessLine.Kind.LIST, desk.look(), [(dossier, None) for dossier in dossiers])
    shown = {
        "lines": [Line(task, kind_of(task), sentence_of(task)) for task in page.rows],
        "kinds": KINDS,
        "kind": kind if kind in KINDS else "",
        "after": page.after,
        "started": request.GET.get("na"),
    }
    return render(request, "portal/mediator/tasks.html", shown)
