"""The messages to another institution: which wait, which could not be delivered, and what to do about those (S13)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inzage.access_log.models import AccessLine
from inzage.outbox.models import Delivery, DeliveryState, Destination
from inzage.outbox.taking_up import NotTakenUp, replay, replay_all, resume
from inzage.portal.acting import DeskWorker, for_desks
from inzage.portal.exchange.institutions import institutions_of
from inzage.portal.paging import a_number, newest_first
from inzage.view_rights.looking import write
from inzage.view_rights.telling_actiris import Change

STACKS = {
    str(DeliveryState.PARKED): "Geparkeerd",
    str(DeliveryState.WAITING): "Wacht op aflevering",
    str(DeliveryState.DELIVERED): "Afgeleverd",
}
MOST_COUNTED = 1000
NEXT_STEPS = {
    DeliveryState.PARKED: "Los op wat er misliep, en bied het opnieuw aan. Wat erna komt in dit dossier, wacht erop.",
    DeliveryState.WAITING: "Niets: het gaat vanzelf, zodra het aan de beurt is.",
    DeliveryState.DELIVERED: "Niets: het is aangekomen.",
}


HAPPENED: dict[str, str] = {
    Change.REQUESTED: "actie aangevraagd",
    Change.STARTED: "actie gestart",
    Change.CLOSED: "actie afgesloten",
    Change.CANCELLED: "actie geannuleerd",
    Change.REOPENED: "actie heropend",
    Change.REPLACED: "andere uitvoerder",
    Change.END_TAKEN_BACK: "aangekondigd einde geschrapt",
    Change.CORRECTED: "actie verbeterd",
}


def told_by(delivery: Delivery) -> str:
    """What a message tells, by the last word of its kind; a school's card, where it is none of these."""
    return HAPPENED.get(delivery.kind.rpartition(".")[2], "fiche van de school")


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
    return str(found) if found <= MOST_COUNTED else f"meer dan {MOST_COUNTED}"


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
            messages.success(request, "Het bericht wordt opnieuw aangeboden.")
        elif (name := request.POST.get("resume")) in institutions_of(desk).outwards:
            resume(str(name), origin=desk.origin)
            messages.success(request, "De aflevering gaat verder.")
        elif (name := request.POST.get("replay_all")) in institutions_of(desk).outwards:
            again = replay_all(str(name), origin=desk.origin)
            messages.success(request, f"{again.done} opnieuw aangeboden, {again.parked} blijven geparkeerd.")
    except Delivery.DoesNotExist:
        messages.warning(request, "Dit bericht is er niet. Er is niets gewijzigd.")
    except NotTakenUp:
        messages.warning(request, "Dat was intussen al gedaan. Er is niets gewijzigd.")
