"""By which code the identity provider knows a unit's organisation, where that is not its KBO number."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as say

from inzage.partners.models import Person, Unit
from inzage.portal.administration.entering import NamingOrganisation
from inzage.portal.doors import Official, for_role
from inzage.portal.entering import wrong_of
from inzage.portal.paging import newest_first


@for_role(Person.Role.ADMINISTRATOR)
def organisations(request: HttpRequest, official: Official) -> HttpResponse:
    """Those that have a code of their own, and a form to give one."""
    entered = NamingOrganisation(request.POST or None)
    if entered.is_valid():
        with entered.refusing_changes():
            unit = entered.carry_out(official.origin)
        if entered.is_valid():
            messages.success(request, say("De code van %(unit)s is bewaard.") % {"unit": unit.name})
            return redirect("organisations")
    page = newest_first(Unit.objects.exclude(organisation_code=""), request.GET.get("na", ""))
    shown = {
        "entry": entered,
        "wrong": wrong_of(entered),
        "units": page.rows,
        "after": page.after,
        "started": request.GET.get("na"),
    }
    return render(request, "portal/administration/organisations.html", shown)
