"""One message from another institution: what came, why it can't be taken, and what a desk can do about it (S14)."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from inzage.access_log.models import AccessLine
from inzage.dossiers.models import Dossier
from inzage.inbox.models import Received, ReceivedState
from inzage.partners.models import Person
from inzage.portal.acting import DeskWorker, for_desks
from inzage.portal.entering import act_in, wrong_of
from inzage.portal.exchange.acts import Act, acts_on, readable
from inzage.portal.exchange.clients_in_text import clients_in
from inzage.portal.exchange.quarantine import STACKS, received_at
from inzage.portal.exchange.troubles import trouble_of
from inzage.view_rights.looking import write
from inzage.view_rights.quarantine import NotHandled

BECAME = {
    ReceivedState.APPLIED: _("Het bericht is verwerkt."),
    ReceivedState.OVERTAKEN: _(
        "Een latere versie van dit bericht was al verwerkt: er was niets meer te doen."
    ),
    ReceivedState.QUARANTINED: _("Het bericht kan nog niet verwerkt worden: zie hieronder waarom."),
    ReceivedState.SET_ASIDE: _("Het bericht is ter zijde gelegd."),
}


@for_desks
def message(request: HttpRequest, desk: DeskWorker, number: int) -> HttpResponse:
    """A message of this desk; another desk's doesn't exist here."""
    found = received_at(desk).filter(pk=number).first()
    if found is None:
        raise Http404
    entered = act_in(request, acts_on(found), found)
    if entered is not None and entered.is_valid():
        with entered.refusing(NotHandled):
            handled = entered.carry_out(desk.origin)
        if entered.is_valid():
            messages.success(request, BECAME[ReceivedState(handled.state)])
            return redirect("message", number)
    with transaction.atomic():
        found.refresh_from_db()
        shown = sorted(_dossiers_in(found))
        write(AccessLine.Kind.LOOK, desk.look(f"bericht {found.pk}"), [(dossier, None) for dossier in shown])
        return render(request, "portal/exchange/message.html", _shown(found, entered))


def _dossiers_in(found: Received) -> set[int]:
    """The dossiers of whom the page tells: of what it led to, and of whoever has a number that stands in it.

    In quarantine it led to nothing yet, and names somebody all the same.
    """
    numbers = clients_in(found.original, found.corrected)
    named = Dossier.objects.filter(
        Q(client__insz__in=numbers.insz) | Q(client__client_number__in=numbers.client_number)
    )
    return {*named.values_list("pk", flat=True), *([found.dossier_id] if found.dossier_id else [])}


def _name(signature: str) -> str:
    """Who signed so, by name."""
    number = signature.removeprefix("person:")
    person = Person.objects.filter(pk=number).first() if number.isdigit() else None
    return person.name if person else signature


def _shown(found: Received, entered: Act | None) -> dict[str, Any]:
    """What the page says of the message."""
    offered = acts_on(found).values() if found.state == ReceivedState.QUARANTINED else ()
    if entered is not None:
        entered.is_offered = type(entered) in offered
    return {
        "message": found,
        "state": STACKS[found.state],
        "trouble": trouble_of(found),
        "original": readable(found.original),
        "handlings": [(handling, _name(handling.handled_by)) for handling in found.handlings.order_by("pk")],
        "acts": [entered if isinstance(entered, act) else act(found) for act in offered],
        "wrong": wrong_of(entered),
    }
