"""What a unit asked, and what became of it (S03)."""

from typing import NamedTuple

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inzage.access_log.models import AccessLine
from inzage.consents.models import ConsentForm, FormState
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.paging import newest_first
from inzage.rules.granting import BRUSSELS
from inzage.view_rights.looking import write
from inzage.view_rights.viewing import open_to


class Line(NamedTuple):
    """A form that was asked, and whether what it granted can be opened today."""

    form: ConsentForm
    may_open: bool


@for_counsellors
@transaction.atomic
def asked(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """What this unit asked, how far it is and what is missing. No names: asking opens no dossier (S01)."""
    forms_asked = ConsentForm.objects.filter(asked_by=counsellor.unit)
    state = next((state for state in FormState.values if state == request.GET.get("staat")), "")
    if state:
        forms_asked = forms_asked.filter(state=state)
    page = newest_first(forms_asked.select_related("unit", "dossier__client"), request.GET.get("na", ""))
    listed = sorted({form.dossier_id for form in page.rows})
    standing = open_to(counsellor.unit.pk, on=counsellor.today).filter(dossier_id__in=listed)
    open_now = {right.dossier_id: right for right in standing}
    write(AccessLine.Kind.LIST, counsellor.look(), [(dossier, open_now.get(dossier)) for dossier in listed])
    lines = [Line(form, _granted_to(counsellor, form) and form.dossier_id in open_now) for form in page.rows]
    place = {"after": page.after, "started": request.GET.get("na")}
    chosen = {"state": state, "states": FormState.values, "keep": f"staat={state}" if state else ""}
    shown = {"lines": lines, "brussels": BRUSSELS, **place, **chosen}
    return render(request, "portal/partner/asked.html", shown)


def _granted_to(counsellor: Counsellor, form: ConsentForm) -> bool:
    """Whether the form granted the right to the own unit, not to another that it was asked for."""
    return form.state == FormState.GRANTED and form.unit_id == counsellor.unit.pk
