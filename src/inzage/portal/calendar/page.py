"""The address of one's calendar: made, renewed, switched off. It is shown once, for only its hash is kept."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from inzage.notices.calendars import make_anew, switch_off
from inzage.notices.models import CalendarFeed
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.view_rights.coming_ends import AHEAD

MAKE, STOP = "maak", "stop"


@for_counsellors
def calendar(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """One for each person and unit: whoever leaves takes no calendar of the unit along."""
    person, unit, address = counsellor.person, counsellor.unit, ""
    if request.method == "POST" and request.POST.get("doe") == STOP:
        switch_off(person, unit)
        messages.success(request, _("De agenda staat uit. Het oude adres geeft niets meer."))
        return redirect("calendar")
    if request.method == "POST" and request.POST.get("doe") == MAKE:
        token = make_anew(person, unit, at=counsellor.at)
        address = f"{settings.PUBLIC_URL.rstrip('/')}{reverse('calendar-feed', args=[token])}"
    shown = {
        "feed": CalendarFeed.objects.filter(person=person, unit=unit).first(),
        "address": address,
        "ahead": AHEAD.days,
    }
    return render(request, "portal/calendar/calendar.html", shown)
