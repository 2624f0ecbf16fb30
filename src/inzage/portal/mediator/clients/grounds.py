"""On what a client's rights can rest: consents and assignments; whom the client shut out, and what is to be done."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inzage.consents.models import ConsentForm, Objection
from inzage.dossiers.models import Assignment
from inzage.portal.mediator.clients.opening import Opened, for_opened
from inzage.portal.mediator.clients.words import how_it_ended, task_in_words
from inzage.portal.mediator.tasks.listed import tasks_of
from inzage.portal.paging import newest_first
from inzage.tasks.models import Task
from inzage.view_rights.looking import look


class Assigned(NamedTuple):
    """An assignment: `state` is a word of the template; what has not ended yet may still be ended.

    `how` is how and why it ended, in words.
    """

    assignment: Assignment
    state: str
    may_end: bool
    how: str


class ToDo(NamedTuple):
    """An open task about the client; `is_ours` where this desk handles it."""

    task: Task
    words: str
    is_ours: bool


@for_opened
def grounds(request: HttpRequest, found: Opened) -> HttpResponse:
    """Its own look: it shows other parts of the dossier than the rights do."""

    def show(_right: object) -> HttpResponse:
        shown = _shown(found, request.GET.get("na", ""))
        return render(request, "portal/mediator/clients/grounds.html", shown)

    return look(found.dossier, found.look, show)


def _shown(found: Opened, after: str) -> dict[str, Any]:
    consents = ConsentForm.objects.filter(dossier=found.dossier).select_related("unit")
    page = newest_first(consents, after)
    objections = Objection.objects.filter(dossier=found.dossier).select_related("unit")
    return {
        "dossier": found.dossier,
        "may_assign": found.may_assign,
        "today": found.desk.today,
        "consents": page.rows,
        "routes": found.desk.routes,
        "after": page.after,
        "started": after,
        "assignments": _assignments(found),
        "objections": objections.order_by("-objected_at", "-pk"),
        "tasks": _tasks(found),
    }


def _assignments(found: Opened) -> list[Assigned]:
    """All of them, the latest first."""
    rows = Assignment.objects.filter(dossier=found.dossier).select_related("unit", "service")
    return [_assigned(row, found) for row in rows.order_by("-assigned_on", "-pk")]


def _assigned(row: Assignment, found: Opened) -> Assigned:
    today = found.desk.today
    if row.ended_on is not None and row.ended_on <= max(today, row.assigned_on):
        return Assigned(row, "over", False, how_it_ended(row))
    state = "to_come" if row.assigned_on > today else "running"
    return Assigned(row, state, found.may_assign, how_it_ended(row))


def _tasks(found: Opened) -> list[ToDo]:
    """The open ones, the oldest first, of partners too."""
    tasks = Task.objects.filter(dossier=found.dossier, done_at=None).select_related("unit").order_by("pk")
    ours = set(tasks_of(found.desk).filter(dossier=found.dossier, done_at=None).values_list("pk", flat=True))
    return [ToDo(task, task_in_words(task), task.pk in ours) for task in tasks]
