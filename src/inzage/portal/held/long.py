"""What waits twenty days or longer without an answer: for the data protection officer to see, before it ends."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inzage.partners.models import Person
from inzage.portal.doors import Official, for_role
from inzage.portal.held.rows import latest_held_first, rows_of
from inzage.rules.holding import UNANSWERED
from inzage.view_rights.holding import unanswered, waiting


@for_role(Person.Role.DATA_PROTECTION_OFFICER)
def held_long(request: HttpRequest, officer: Official) -> HttpResponse:
    """The latest first. No client is named, and there is nothing to answer here."""
    after = request.GET.get("na", "")
    page = latest_held_first(unanswered(officer.today), after)
    shown = {
        "rows": rows_of(page.rows, officer.today),
        "after": page.after,
        "started": after,
        "total": waiting().count(),
        "days": UNANSWERED,
    }
    return render(request, "portal/held/long.html", shown)
