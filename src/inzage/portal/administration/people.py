"""Everyone who may come in, but for clients: who a client is, is no administrator's business."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from inzage.dossiers.names import as_looked_up
from inzage.partners.models import Membership, Person
from inzage.portal.administration.choosing import OfPeople, people_as_file
from inzage.portal.administration.entering import Adding, OneLine
from inzage.portal.administration.words import ROLES
from inzage.portal.doors import Official, for_role
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.paging import PAGE, Page, newest_first

Role = Person.Role
EVERYONE, WAITING, CLOSED = "iedereen", "wachten", "afgesloten"
STACKS: dict[str, Promise] = {
    EVERYONE: _("Iedereen"),
    WAITING: _("Zonder eenheid"),
    CLOSED: _("Toegang afgesloten"),
}


class Search(Entry):
    """A name, or a part of one."""

    name = OneLine(label=_("Naam of een deel ervan"), error_messages={"required": _("Vul een naam in.")})


def those_listed() -> QuerySet[Person]:
    """Everyone whom these pages know."""
    members = Membership.objects.select_related("unit").order_by("unit__name", "pk")
    return Person.objects.exclude(role=Role.CLIENT).prefetch_related(Prefetch("memberships", members))


@for_role(Role.ADMINISTRATOR)
def people(request: HttpRequest, _official: Official) -> HttpResponseBase:
    """The newest first, of a role or unit where wanted; the same as a file; or those whose name is looked for.

    A name is sent in the body, so that no address holds one.
    """
    stack, chosen = request.GET.get("lijst", EVERYONE), OfPeople(request)
    stack = stack if stack in STACKS else EVERYONE
    listed = chosen.of(_of(stack))
    if "export" in request.POST and chosen.is_valid():
        return people_as_file(listed)
    search = Search(request.POST if "name" in request.POST else None)
    searched = search.is_valid()
    after = request.GET.get("na", "")
    found = _named(search.cleaned_data["name"]) if searched else newest_first(listed, after)
    shown = {
        "people": [(person, ROLES.get(person.role, "")) for person in found.rows],
        "more": searched and bool(found.after),
        "after": "" if searched else found.after,
        "started": after,
        "searched": searched,
        "search": search,
        "chosen": chosen,
        "keep": "&".join(filter(None, [f"lijst={stack}", chosen.keep])),
        "wrong": wrong_of(search) or wrong_of(chosen),
        "stack": stack,
        "stacks": STACKS,
    }
    return render(request, "portal/administration/people.html", shown)


@for_role(Role.ADMINISTRATOR)
def add_person(request: HttpRequest, official: Official) -> HttpResponse:
    """Somebody by issuer and subject, before the first sign-in."""
    given: dict[str, Any] = {"issuer": settings.OIDC_ISSUER}
    entered = Adding(request.POST or None, initial=given)
    if entered.is_valid():
        with entered.refusing_changes():
            person = entered.carry_out(official.origin)
        if entered.is_valid():
            messages.success(request, say("Deze persoon mag nu binnen."))
            return redirect("person", person.pk)
    shown = {"entry": entered, "wrong": wrong_of(entered)}
    return render(request, "portal/administration/add_person.html", shown)


def _of(stack: str) -> QuerySet[Person]:
    if stack == WAITING:
        return those_listed().filter(role=Role.COUNSELLOR, is_active=True, memberships=None)
    return those_listed().filter(is_active=False) if stack == CLOSED else those_listed()


def _named(name: str) -> Page[Person]:
    """Names as people look them up; read and compared here, so that every database finds the same."""
    wanted = as_looked_up(name)
    names = Person.objects.exclude(role=Role.CLIENT).order_by("name", "pk").values_list("pk", "name")
    numbers = [pk for pk, each in names if wanted in as_looked_up(each)]
    found = those_listed().in_bulk(numbers[:PAGE])
    return Page([found[pk] for pk in numbers[:PAGE] if pk in found], "more" if len(numbers) > PAGE else "")
