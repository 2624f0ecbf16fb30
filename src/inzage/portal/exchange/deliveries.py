"""The messages to another institution: which wait, which could not be delivered, and what to do about those (S13)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.access_log.models import AccessLine
from inzage.outbox.models import Delivery, DeliveryState, Destination
from inzage.outbox.taking_up import NotTakenUp, replay, replay_all, resume
from inzage.portal.acting import DeskWorker, for_desks
from inzage.portal.exchange.institutions import institutions_of
from inzage.portal.language import Word
from inzage.portal.paging import a_number, newest_first
from inzage.view_rights.looking import write
from inzage.view_rights.telling_actiris import Change

STACKS = {
    str(DeliveryState.PARKED): _("Geparkeerd"),
    str(DeliveryState.WAITING): _("Wacht op aflevering"),
    str(DeliveryState.DELIVERED): _("Afgeleverd"),
}
MOST_COUNTED = 1000
NEXT_STEPS = {
    DeliveryState.PARKED: _(
        "Los op wat er misliep, en bied het opnieuw aan. Wat erna komt in dit dossier, wacht erop."
    ),
    DeliveryState.WAITING: _("Niets: het gaat vanzelf, zodra het aan de beurt is."),
    DeliveryState.DELIVERED: _("Niets: het is aangekomen."),
}


HAPPENED: dict[str, Word] = {
    Change.REQUESTED: _("actie aangevraagd"),
    Change.STARTED: _("actie gestart"),
    Change.CLOSED: _("actie afgesloten"),
    Change.CANCELLED: _("actie geannuleerd"),
    Change.REOPENED: _("actie heropend"),
    Change.REPLACED: _("andere uitvoerder"),
    Change.END_TAKEN_BACK: _("aangekondigd einde geschrapt"),
    Change.CORRECTED: _("actie verbeterd"),
}


def told_by(delivery: Delivery) -> Word:
    """What a message tells, by the last word of its kind; a school's card, where it is none of these."""
    return HAPPENED.get(delivery.kind.rpartition(".")[2], _("fiche van de school"))


@for_desks
def deliveries(request: HttpRequest, desk: DeskWorker) -> HttpResponse:
    """The messages in one state, the newest first. They are named by their dossier's reference, and by no client."""
    ours = Delivery.objects.filter(destination__in=institutions_of(desk).outwards)
    if request.method == "POST":
        _act(request, ours, desk)
        return redirect(request.get_full_path())
    stack = request.GET.get("stapel", str(DeliveryState.PARKED))
    stack = stack if stack in STACKS else str(DeliveryState.PARKED)
    return render(request, "portal/exchange/deliveries.html", _shown(request, ours, stack, desk))


@transaction.atomic
def _shown(request: HttpRequest, ours: QuerySet[Delivery], stack: str, desk: DeskWorker) -> dict[str, Any]:
    write(AccessLine.Kind.LIST, desk.look("afleveringen"), [])
    stacked = ours.filter(state=stack)
    if stream := request.GET.get("dossier", ""):
        stacked = stacked.filter(stream=stream)
    page = newest_first(stacked, request.GET.get("na", ""))
    destinations = Destination.objects.filter(name__in=institutions_of(desk).outwards)
    paused = destinations.filter(paused_until__gt=desk.at)
    until = {destination.name: destination.paused_until for destination in paused}
    return {
        "rows": [
            (delivery, told_by(delivery), _next_try(delivery, until, desk.at)) for delivery in page.rows
        ],
        "after": page.after,
        "started": request.GET.get("na"),
        "stack": stack,
        "stacks": [(name, words, _how_many(ours.filter(state=name))) for name, words in STACKS.items()],
        "next_step": NEXT_STEPS[DeliveryState(stack)],
        "stopped": destinations.exclude(stopped_at=None),
        "paused": paused,
        "parked": _parked(ours) if stack == DeliveryState.PARKED else [],
        "stream": stream,
        "keep": f"stapel={stack}" + (f"&dossier={stream}" if stream else ""),
    }


def _how_many(stacked: QuerySet[Delivery]) -> str:
    """How many there are, as far as a person wants to know: a backlog must not make the page slow."""
    found = stacked.order_by()[: MOST_COUNTED + 1].count()
    return str(found) if found <= MOST_COUNTED else gettext("meer dan %(most)s") % {"most": MOST_COUNTED}


def _next_try(delivery: Delivery, paused: Mapping[str, datetime | None], at: datetime) -> datetime | None:
    """When a message that waits is tried next; None where that is as soon as it is its turn."""
    moments = [delivery.due_at, paused.get(delivery.destination), delivery.taken_until]
    latest = max(moment for moment in moments if moment is not None)
    return latest if latest > at else None


def _parked(ours: QuerySet[Delivery]) -> list[tuple[str, int]]:
    """The destinations with parked messages, and how many each."""
    parked = ours.filter(state=DeliveryState.PARKED).order_by("destination")
    return list(parked.values_list("destination").annotate(Count("pk")))


def _act(request: HttpRequest, ours: QuerySet[Delivery], desk: DeskWorker) -> None:
    """Offer parked messages again, one or all, or go on with a destination that had enough; each is done once."""
    try:
        if number := request.POST.get("replay"):
            replay(ours.get(pk=a_number(number)).pk, origin=desk.origin)
            messages.success(request, _("Het bericht wordt opnieuw aangeboden."))
        elif (name := request.POST.get("resume")) in institutions_of(desk).outwards:
            resume(str(name), origin=desk.origin)
            messages.success(request, _("De aflevering gaat verder."))
        elif (name := request.POST.get("replay_all")) in institutions_of(desk).outwards:
            again = replay_all(str(name), origin=desk.origin)
            said = gettext("%(done)s opnieuw aangeboden, %(parked)s blijven geparkeerd.")
            messages.success(request, said % {"done": again.done, "parked": again.parked})
    except Delivery.DoesNotExist:
        messages.warning(request, _("Dit bericht is er niet. Er is niets gewijzigd."))
    except NotTakenUp:
        messages.warning(request, _("Dat was intussen al gedaan. Er is niets gewijzigd."))
