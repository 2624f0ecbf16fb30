"""The forms that wait for a desk: the mediators' and, for Brussels forms, that of VDAB Brussel (S06, S11)."""

from urllib.parse import urlencode

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from inzage.access_log.models import AccessLine
from inzage.consents.codes import code_in
from inzage.consents.desks import UNDER_WAY
from inzage.consents.models import ConsentForm, FormState
from inzage.portal.acting import DeskWorker, for_desks
from inzage.portal.clients import dossiers_numbered
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.fields import PersonNumber, UnitByNumber
from inzage.portal.guessing.waiting import may_search
from inzage.portal.paging import longest_waiting, newest_first
from inzage.portal.partner.filtering import Filter
from inzage.rules.names import Route
from inzage.view_rights.looking import write

WORDS = {
    FormState.RECEIVED: _("Ontvangen"),
    FormState.ASKED: _("Aangevraagd, nog niet ontvangen"),
    FormState.SENT_BACK: _("Teruggestuurd"),
}
STACKS = {str(state): WORDS[state] for state in UNDER_WAY}


class Search(Entry):
    """The client stands at the desk with a form: by the client's number, or by the code on the form."""

    number = PersonNumber(
        label=_("INSZ, klantnummer of code van het formulier"),
        help_text=_(
            "Het hele nummer, of de code die op het formulier staat. Streepjes, punten en spaties mogen."
        ),
        error_messages={"required": _("Vul een nummer of de code van het formulier in.")},
    )


class OfForms(Filter):
    """For one organisation."""

    oe = UnitByNumber(label=_("OE-nummer"))

    def of(self, forms: QuerySet[ConsentForm]) -> QuerySet[ConsentForm]:
        """Those of them that were chosen."""
        unit = self.get("oe")
        return forms.filter(unit=unit) if unit else forms


def by_route(desk: DeskWorker, wanted: str) -> tuple[QuerySet[ConsentForm], str]:
    """The desk's forms by one of its routes, and that route; by all of them where it asks for none of its own."""
    routes = [route for route in desk.routes if route == wanted] or list(desk.routes)
    return forms_of(desk).filter(route__in=routes), routes[0] if len(routes) == 1 else ""


def forms_of(desk: DeskWorker) -> QuerySet[ConsentForm]:
    """The forms that come to this desk."""
    return ConsentForm.objects.filter(route__in=desk.routes).select_related("unit", "dossier__client")


def _found(desk: DeskWorker, sought: str) -> QuerySet[ConsentForm]:
    """The form that was given out with that code, or the forms of the client with that number."""
    if code := code_in(sought):
        return forms_of(desk).filter(sheets__code=code)
    return forms_of(desk).filter(dossier__in=dossiers_numbered(sought))


@for_desks
@transaction.atomic
def work_list(request: HttpRequest, desk: DeskWorker) -> HttpResponse:
    """The forms in one state, the longest waiting first; or those of the client whose number is sent."""
    search = Search(request.POST or None)
    stack = request.GET.get("stapel", FormState.RECEIVED)
    forms, route = by_route(desk, request.GET.get("weg", ""))
    chosen = OfForms(request)
    if search.is_valid():
        may_search(desk.person, desk.at)
        found = _found(desk, search.cleaned_data["number"])
        page, kind = newest_first(found, "")._replace(after=""), AccessLine.Kind.SEARCH
    else:
        stack = stack if stack in STACKS else FormState.RECEIVED
        page = longest_waiting(chosen.of(forms.filter(state=stack)), request.GET.get("na", ""))
        kind = AccessLine.Kind.LIST
    dossiers = {form.dossier_id for form in page.rows}
    write(kind, desk.look(), [(dossier, None) for dossier in sorted(dossiers)])
    shown = {
        "forms": page.rows,
        "after": page.after,
        "started": request.GET.get("na"),
        "stack": stack,
        "stacks": STACKS,
        "search": search,
        "chosen": chosen,
        "keep": urlencode({"stapel": stack, **({"weg": route} if route else {})}),
        "wrong": wrong_of(search) or wrong_of(chosen),
        "route": route,
        "routes": desk.routes if len(desk.routes) > 1 else (),
        "searched": kind is AccessLine.Kind.SEARCH,
        "may_record": Route.MEDIATOR in desk.routes,
    }
    return render(request, "portal/mediator/work_list.html", shown)
