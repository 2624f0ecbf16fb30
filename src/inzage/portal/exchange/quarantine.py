"""The messages from another institution: first those that could not be taken, each with what to do about it (S14)."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.access_log.models import AccessLine
from inzage.inbox.models import Received, ReceivedState
from inzage.portal.acting import DeskWorker, for_desks
from inzage.portal.exchange.institutions import institutions_of
from inzage.portal.exchange.troubles import found_by, trouble_of
from inzage.portal.language import Word
from inzage.portal.paging import newest_first
from inzage.view_rights.looking import write
from inzage.view_rights.quarantine import CarriedOut, replay_all

STACKS = {
    str(ReceivedState.QUARANTINED): _("In quarantaine"),
    str(ReceivedState.WAITING): _("Nog te verwerken"),
    str(ReceivedState.APPLIED): _("Verwerkt"),
    str(ReceivedState.OVERTAKEN): _("Ingehaald"),
    str(ReceivedState.SET_ASIDE): _("Ter zijde gelegd"),
}


def received_at(desk: DeskWorker) -> QuerySet[Received]:
    """The messages that come in for this desk."""
    return Received.objects.filter(source__in=institutions_of(desk).inwards)


@for_desks
def quarantine(request: HttpRequest, desk: DeskWorker) -> HttpResponse:
    """The messages in one state, the newest first, or those with one kind of trouble. The list names no client.

    All those with one kind of trouble are carried out again at once, now that what they needed is there.
    """
    if request.method == "POST":
        said = replay_all(
            institutions_of(desk).inwards, request.POST.get("replay_all", ""), origin=desk.origin
        )
        messages.success(request, in_words(said))
        return redirect(request.get_full_path())
    return _listed(request, desk)


def in_words(said: CarriedOut) -> str:
    """What carrying out again came to."""
    words = gettext("%(taken)s verwerkt, %(stay)s blijven in quarantaine.") % said._asdict()
    if not said.untried:
        return words
    rest = gettext("Nog %(untried)s te gaan: doe het opnieuw.") % said._asdict()
    return f"{words} {rest}"


@transaction.atomic
def _listed(request: HttpRequest, desk: DeskWorker) -> HttpResponse:
    stack = request.GET.get("stapel", str(ReceivedState.QUARANTINED))
    stack = stack if stack in STACKS else str(ReceivedState.QUARANTINED)
    stacked = received_at(desk).filter(state=stack)
    reasons = _reasons(stacked) if stack == ReceivedState.QUARANTINED else {}
    reason = request.GET.get("reden", "")
    reason = reason if reason in reasons else ""
    page = newest_first(stacked.filter(reason=reason) if reason else stacked, request.GET.get("na", ""))
    dossiers = sorted({message.dossier_id for message in page.rows if message.dossier_id})
    write(AccessLine.Kind.LIST, desk.look("berichten"), [(dossier, None) for dossier in dossiers])
    shown = {
        "rows": [(message, trouble_of(message)) for message in page.rows],
        "after": page.after,
        "started": request.GET.get("na"),
        "stack": stack,
        "stacks": STACKS,
        "reason": reason,
        "reasons": reasons,
        "keep": f"stapel={stack}" + (f"&reden={reason}" if reason else ""),
    }
    return render(request, "portal/exchange/quarantine.html", shown)


def _reasons(stacked: QuerySet[Received]) -> dict[str, tuple[Word, int]]:
    """The kinds of trouble that are there, in words, and how often."""
    counted = stacked.order_by().values("reason").annotate(count=Count("pk")).order_by("reason")
    return {row["reason"]: (found_by(row["reason"]), row["count"]) for row in counted}
