"""A file as an answer: to be saved, never to be shown inside the portal."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from inzage.consents.form_files.storing import Lost, bytes_of
from inzage.consents.form_pdf.giving_out import drawn
from inzage.consents.form_pdf.making import PACKAGES, NoDrawing
from inzage.consents.information import LANGUAGES
from inzage.consents.models import ConsentForm, FormFile, FormSheet
from inzage.notices.mailboxes import mailbox_of

ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
HARMLESS = "sandbox; default-src 'none'"


def language_in(request: HttpRequest, form: ConsentForm) -> str:
    """The language asked for, or else the one that the client chose for this matter; a form exists in no other."""
    language = request.GET.get("taal") or form.language or "nl"
    if language not in LANGUAGES:
        raise Http404
    return language


def form_as_pdf(request: HttpRequest, form: ConsentForm, sheet: FormSheet, name: str) -> HttpResponse:
    """The form to be filled in; or, where none can be made here, what the operator has to install."""
    try:
        data = drawn(form, sheet, name=name, mailbox=mailbox_of(form.route))
    except NoDrawing:
        return render(request, "portal/paper/no_drawing.html", {"packages": PACKAGES}, status=503)
    return _saved(data, f"formulier-{form.pk}-{sheet.language}.pdf", "application/pdf")


def kept_file(request: HttpRequest, form: ConsentForm, seen: QuerySet[FormFile], place: int) -> HttpResponse:
    """A file of this form among those that are `seen`; any other doesn't exist here."""
    file = seen.filter(pk=place).first()
    if file is None:
        raise Http404
    try:
        data = bytes_of(file)
    except Lost:
        return render(request, "portal/paper/lost.html", status=503)
    return _saved(data, f"formulier-{form.pk}-{file.pk}.{ENDINGS[file.content_type]}", file.content_type)


def _saved(data: bytes, name: str, content_type: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": HARMLESS,
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=content_type, headers=headers)
