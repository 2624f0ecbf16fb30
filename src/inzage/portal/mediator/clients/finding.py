"""A client at a desk, found by number and family name; then the picture, which asks a reason where it must."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inzage.access_log.models import AccessLine
from inzage.dossiers.models import Dossier
from inzage.portal.acting import DeskWorker, for_desks
from inzage.portal.clients import WhichClient
from inzage.portal.entering import wrong_of
from inzage.portal.guessing.waiting import may_search
from inzage.view_rights.looking import write


@for_desks
def find(request: HttpRequest, desk: DeskWorker) -> HttpResponse:
    """An unknown client and a name that doesn't belong to the number are answered the same."""
    which = WhichClient(request.POST or None)
    if which.is_valid() and (dossier := _found(which, desk)):
        return redirect("desk-client", dossier.reference)
    return render(request, "portal/mediator/clients/find.html", {"which": which, "wrong": wrong_of(which)})


@transaction.atomic
def _found(which: WhichClient, desk: DeskWorker) -> Dossier | None:
    """The dossier, with the line of the search whatever was found."""
    may_search(desk.person, desk.at)
    found = which.found()
    write(AccessLine.Kind.SEARCH, desk.look(), [(dossier.pk, None) for dossier in found])
    return which.only_one(found)
