"""The form as a file for the desk that handles it: its files, and adding one, as when the client brings paper (S06)."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inzage.consents.form_pdf.giving_out import give_out
from inzage.consents.models import ConsentForm
from inzage.portal.acting import DeskWorker, for_desks
from inzage.portal.entering import wrong_of
from inzage.portal.mediator.work_list import forms_of
from inzage.portal.paper.answering import form_as_pdf, kept_file, language_in
from inzage.portal.paper.listing import ON_PAPER, on_paper, seen_by
from inzage.portal.paper.uploading import Upload, done
from inzage.view_rights.looking import look

Shown = TypeVar("Shown")


@for_desks
def files(request: HttpRequest, desk: DeskWorker, number: int) -> HttpResponse:
    """The files of a form of this desk, and adding one."""
    form = _handled_by(desk, number)
    upload = Upload(request.POST, request.FILES) if request.method == "POST" else Upload()
    if upload.is_valid() and (added := upload.carry_out(form, None, desk.origin)):
        messages.success(request, done(added))
        return redirect("form", number)
    shown = {"form": form, "upload": upload, "wrong": wrong_of(upload), **on_paper(form, None)}
    return _look(desk, form, lambda: render(request, "portal/paper/at_desk.html", shown))


@for_desks
def pdf(request: HttpRequest, desk: DeskWorker, number: int) -> HttpResponse:
    """The form to be filled in, with the client's name."""
    form = _handled_by(desk, number)
    language = language_in(request, form)
    sheet = _look(desk, form, lambda: give_out(form, language, origin=desk.origin))
    return form_as_pdf(request, form, sheet, str(form.dossier.client))


@for_desks
def file(request: HttpRequest, desk: DeskWorker, number: int, place: int) -> HttpResponse:
    """A file that came with a form of this desk's."""
    form = _handled_by(desk, number)
    return _look(desk, form, lambda: kept_file(request, form, seen_by(None, form), place))


def _handled_by(desk: DeskWorker, number: int) -> ConsentForm:
    """The form, where it comes to this desk; another desk's doesn't exist here."""
    own = forms_of(desk).filter(route__in=ON_PAPER, pk=number)
    form = own.select_related("unit", "asked_by", "dossier__client").first()
    if form is None:
        raise Http404
    return form


def _look(desk: DeskWorker, form: ConsentForm, show: Callable[[], Shown]) -> Shown:
    return look(form.dossier, desk.look(f"formulier {form.pk}"), lambda _right: show())
