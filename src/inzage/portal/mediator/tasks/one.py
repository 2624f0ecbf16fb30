"""One task: what happened, what to do, and that it is done; an objection is done by answering the client."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inzage.consents.models import ConsentForm, Objection
from inzage.partners.models import Unit
from inzage.portal.acting import DeskWorker, for_desks
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.mediator.tasks.listed import tasks_of
from inzage.portal.mediator.tasks.words import TO_DO, kind_of, sentence_of
from inzage.portal.mediator.work_list import forms_of
from inzage.portal.reasons import reason_of
from inzage.tasks.asking import done
from inzage.tasks.models import Task
from inzage.view_rights.catching_up import locked
from inzage.view_rights.looking import look
from inzage.view_rights.objecting import NotObjected, answer, objection_of
from inzage.view_rights.viewing import standing_right

FORM = "form:"


class Done(Entry):
    """Handled: nothing more to say."""


class Answer(Entry):
    """What the client reads."""

    words = forms.CharField(
        label=gettext_lazy("Antwoord aan de klant"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "De klant leest dit bij de uitsluiting. Schrijf waarom het recht blijft of eindigt."
        ),
        error_messages={"required": gettext_lazy("Schrijf een antwoord: de klant wacht erop.")},
    )


@for_desks
def task(request: HttpRequest, desk: DeskWorker, number: int) -> HttpResponse:
    """A task of this desk; another desk's doesn't exist here."""
    found = tasks_of(desk).filter(pk=number).first()
    if found is None or found.dossier is None:
        raise Http404
    objection = objection_of(found)
    entry = (Answer if objection else Done)(request.POST or None)
    if entry.is_valid():
        if _handled(found, objection, entry, desk):
            messages.success(request, _("De taak is afgehandeld."))
            return redirect("desk-tasks")
        entry.is_offered = False
        entry.add_error(None, _("Deze taak was al afgehandeld. Er is niets gewijzigd."))
        found.refresh_from_db()

    def show(_right: object) -> HttpResponse:
        return render(request, "portal/mediator/task.html", _shown(found, objection, entry, desk))

    return look(found.dossier, desk.look(f"taak {found.pk}"), show)


@transaction.atomic
def _handled(found: Task, objection: Objection | None, entry: Entry, desk: DeskWorker) -> bool:
    """Whether it was still to be done. The dossier is locked first, as who lifts an objection does it."""
    if found.dossier_id is not None:
        locked(found.dossier_id, origin=desk.origin)
    if not done(found.pk, by=desk.person.signature, at=desk.at):
        return False
    if objection is not None:
        try:
            answer(objection.pk, entry.cleaned_data["words"], origin=desk.origin)
        except NotObjected:
            return False
    return True


def _shown(found: Task, objection: Objection | None, entry: Entry, desk: DeskWorker) -> dict[str, Any]:
    """The task, the organisation that it is about, that one's right today, and the form where there is one."""
    form = _form_of(found)
    unit = _unit_of(objection, form)
    right = standing_right(found.dossier_id, unit.pk, on=desk.today) if unit and found.dossier_id else None
    return {
        "task": found,
        "kind": kind_of(found),
        "sentence": sentence_of(found),
        "to_do": TO_DO[found.kind],
        "objection": objection,
        "organisation": unit,
        "form": form if form and forms_of(desk).filter(pk=form.pk).exists() else None,
        "right": right,
        "reason": reason_of(right) if right else None,
        "entry": entry,
        "wrong": wrong_of(entry),
    }


def _form_of(found: Task) -> ConsentForm | None:
    """The consent that a task is about."""
    number = found.subject.removeprefix(FORM)
    if not found.subject.startswith(FORM) or not number.isdecimal():
        return None
    return ConsentForm.objects.select_related("unit").filter(pk=number).first()


def _unit_of(objection: Objection | None, form: ConsentForm | None) -> Unit | None:
    about = objection or form
    return about.unit if about else None
