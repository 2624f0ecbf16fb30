"""The form as a file for the unit that asked it: to give to the client, and to deliver filled in (S04, S06, S11)."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inzage.access_log.models import AccessLine
from inzage.consents.form_pdf.giving_out import give_out
from inzage.consents.models import ConsentForm, FormState
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.entering import wrong_of
from inzage.portal.paper.answering import form_as_pdf, kept_file, language_in
from inzage.portal.paper.listing import ON_PAPER, on_paper, seen_by
from inzage.portal.paper.uploading import Upload, done
from inzage.portal.words import MISSING
from inzage.rules.granting import BRUSSELS
from inzage.view_rights.granting import missing_from_form
from inzage.view_rights.looking import write
from inzage.view_rights.models import ViewRight
from inzage.view_rights.viewing import standing_right


@for_counsellors
def paper(request: HttpRequest, counsellor: Counsellor, number: int) -> HttpResponse:
    """The form of a request of this unit: the PDF in each language, what came back, and delivering it."""
    form = _asked_by(counsellor, number)
    upload = Upload(request.POST, request.FILES) if request.method == "POST" else Upload()
    if upload.is_valid() and (added := upload.carry_out(form, counsellor.unit, counsellor.origin)):
        messages.success(request, done(added))
        return redirect("paper", number)
    with transaction.atomic():
        _noted(counsellor, form)
        handled = form.state in (FormState.GRANTED, FormState.REFUSED)
        shown = {
            "form": form,
            "is_brussels": form.route in BRUSSELS,
            "is_handled": handled,
            "missing": [] if handled else [MISSING[part] for part in missing_from_form(form)],
            "upload": upload,
            "wrong": wrong_of(upload),
            **on_paper(form, counsellor.unit),
        }
        return render(request, "portal/paper/asked.html", shown)


@for_counsellors
def pdf(request: HttpRequest, counsellor: Counsellor, number: int) -> HttpResponse:
    """The form to be filled in. The client's name stands on it only for who may see the dossier (S01)."""
    form = _asked_by(counsellor, number)
    language = language_in(request, form)
    with transaction.atomic():
        right = _noted(counsellor, form)
        sheet = give_out(form, language, origin=counsellor.origin)
    return form_as_pdf(request, form, sheet, str(form.dossier.client) if right else "")


@for_counsellors
@transaction.atomic
def file(request: HttpRequest, counsellor: Counsellor, number: int, place: int) -> HttpResponse:
    """A file that this unit delivered with a form of its own; what the desk added is for the desk (0041)."""
    form = _asked_by(counsellor, number)
    answer = kept_file(request, form, seen_by(counsellor.unit, form), place)
    _noted(counsellor, form)
    return answer


def _asked_by(counsellor: Counsellor, number: int) -> ConsentForm:
    """The form, where the own unit asked it; another's doesn't exist here."""
    asked = ConsentForm.objects.filter(asked_by=counsellor.unit, route__in=ON_PAPER, pk=number)
    form = asked.select_related("unit", "asked_by", "dossier__client").first()
    if form is None:
        raise Http404
    return form


def _noted(counsellor: Counsellor, form: ConsentForm) -> ViewRight | None:
    """The unit's right, if any, with the line in the log: a look on it, or that the request was shown."""
    right = standing_right(form.dossier_id, counsellor.unit.pk, on=counsellor.today)
    kind = AccessLine.Kind.LOOK if right else AccessLine.Kind.LIST
    write(kind, counsellor.look(), [(form.dossier_id, right)])
    return right
