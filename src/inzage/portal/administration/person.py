"""One person: what he or she may, for which units, and who decided so."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inzage.partners.models import Person
from inzage.portal.administration.entering import ACTS, Act, acts_for
from inzage.portal.administration.history import changes_in, versions_at_work
from inzage.portal.administration.people import those_listed
from inzage.portal.administration.words import ROLES
from inzage.portal.doors import Official, for_role
from inzage.portal.entering import act_in, wrong_of
from inzage.portal.paging import newest_first


@for_role(Person.Role.ADMINISTRATOR)
def person(request: HttpRequest, official: Official, number: int) -> HttpResponse:
    """What can be changed about somebody; a client doesn't exist here."""
    somebody = those_listed().filter(pk=number).first()
    if somebody is None:
        raise Http404
    entered = act_in(request, ACTS, somebody)
    if entered is not None and entered.is_valid():
        with entered.refusing_changes():
            entered.carry_out(official)
        if entered.is_valid():
            messages.success(request, str(entered.done))
            return redirect("person", number)
    shown = _shown(somebody, entered, official, request.GET.get("na", ""))
    return render(request, "portal/administration/person.html", shown)


def _shown(somebody: Person, entered: Act | None, official: Official, after: str) -> dict[str, Any]:
    page = newest_first(versions_at_work(somebody), after)
    last = page.rows[-1].pk if page.rows else 0
    earlier = versions_at_work(somebody).filter(pk__lt=last).order_by("-pk").first()
    offered = acts_for(somebody, official.person)
    if entered is not None:
        entered.is_offered = type(entered) in offered
    return {
        "somebody": somebody,
        "role": ROLES.get(somebody.role, ""),
        "is_own": somebody.pk == official.person.pk,
        "members": list(somebody.memberships.all()),
        "works_for_units": somebody.role == Person.Role.COUNSELLOR,
        "acts": [entered if isinstance(entered, act) else act(somebody) for act in offered],
        "wrong": wrong_of(entered),
        "changes": changes_in(page.rows, earlier),
        "after": page.after,
        "started": after,
    }
