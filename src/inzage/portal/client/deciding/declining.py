"""Saying no to a request, or taking back what was handed over before anything was granted."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from inzage.consents.desks import UNDER_WAY
from inzage.consents.models import FormState
from inzage.portal.client.deciding.confirming import Confirm
from inzage.portal.client.deciding.own_forms import own_form
from inzage.portal.doors import OwnClient, for_clients
from inzage.portal.entering import wrong_of
from inzage.view_rights.granting import NotGranted
from inzage.view_rights.handing_over import decline


@for_clients
def decline_form(request: HttpRequest, own: OwnClient, number: int) -> HttpResponse:
    """What was granted already is withdrawn, not declined: the page leads there."""
    form = own_form(own, number)
    confirm = Confirm(request.POST or None)
    if confirm.is_valid():
        try:
            with transaction.atomic():
                decline(form.pk, origin=own.origin)
        except NotGranted as why:
            confirm.refuse(why)
            form.refresh_from_db()
        else:
            said_no = _("U zei nee. %(unit)s krijgt hierdoor geen inzage in uw dossier.") % {
                "unit": form.unit.name
            }
            messages.success(request, said_no)
            return redirect("client-consents")
    shown = {
        "form": form,
        "may_decline": form.state in UNDER_WAY,
        "is_granted": form.state == FormState.GRANTED,
        "confirm": confirm,
        "wrong": wrong_of(confirm),
    }
    return render(request, "portal/client/decline.html", shown)
