"""All drafts, the newest first, each with what became of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inzage.partners.models import Person
from inzage.portal.doors import Official, for_role
from inzage.portal.paging import newest_first
from inzage.portal.rule_manager.drafts.standing import listed
from inzage.rule_books.models import Draft


@for_role(Person.Role.RULE_MANAGER)
def drafts(request: HttpRequest, manager: Official) -> HttpResponse:
    """A page of them."""
    after = request.GET.get("na", "")
    page = newest_first(Draft.objects.defer("text").prefetch_related("proposals__editions"), after)
    shown = {"drafts": listed(page.rows, manager.today), "after": page.after, "started": after}
    return render(request, "portal/rule_manager/drafts/listed.html", shown)
