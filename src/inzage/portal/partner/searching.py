"""Finding a client by the exact number. Unknown and not allowed give the same answer, to the letter (S01)."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inzage.access_log.models import AccessLine
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.clients import dossiers_numbered
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.fields import PersonNumber
from inzage.portal.guessing.waiting import may_search
from inzage.view_rights.looking import write
from inzage.view_rights.models import ViewRight
from inzage.view_rights.viewing import open_to

PAGE = "portal/partner/find_client.html"


class Search(Entry):
    """Sent in the body, so that no number stands in an address."""

    number = PersonNumber()


@for_counsellors
def find_client(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """With a right: to the dossier. Without: one answer. The number stays in the field, to be looked at again."""
    search = Search(request.POST or None)
    if not search.is_valid():
        return render(request, PAGE, {"search": search, "wrong": wrong_of(search)})
    found = _standing(search.cleaned_data["number"], counsellor)
    if len(found) == 1:
        return redirect("dossier", found[0].dossier.reference)
    return render(request, PAGE, {"search": search, "answered": True, "found": found})


@transaction.atomic
def _standing(number: str, counsellor: Counsellor) -> list[ViewRight]:
    """The unit's standing rights on dossiers with this number, once the line that names them is written."""
    may_search(counsellor.person, counsellor.at)
    standing = open_to(counsellor.unit.pk, on=counsellor.today).select_related("dossier__client")
    found = list(standing.filter(dossier__in=dossiers_numbered(number)))
    write(AccessLine.Kind.SEARCH, counsellor.look(), [(right.dossier_id, right) for right in found])
    return found
