"""Signing in at the identity provider: there and back; signing out there too, or at its word."""

from datetime import datetime

import structlog
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from inzage.journal.models import Origin
from inzage.partners.identities import Doubt, Identity, NotBelieved, Provider
from inzage.partners.sessions import UsedBefore, end_at_providers_word
from inzage.portal import clock
from inzage.portal.coming_in import own_session
from inzage.portal.coming_in.kept_form import on_to
from inzage.portal.coming_in.letting_in import SOURCE, NotLetIn, end_withdrawn, let_in
from inzage.portal.coming_in.own_session import BY_PROVIDER, UnderWay
from inzage.portal.coming_in.provider import house, own_address, provider
from inzage.portal.going import safe_or

log = structlog.get_logger()
STATUS = {Doubt.AWAY: 503}
"""Of a page that says why signing in did not work; otherwise 403."""


@login_not_required
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """To the provider, from where the browser comes back with an answer."""
    at, going = clock.now(), safe_or(request, request.GET.get("next", ""), otherwise="")
    try:
        begun = _provider().begin(own_address("signed-in"), at=at)
    except NotBelieved as doubt:
        return _doubted(request, doubt)
    own_session.remember(request, UnderWay(begun, going, at))
    return redirect(begun.address)


@login_not_required
@require_GET
def signed_in(request: HttpRequest) -> HttpResponse:
    """Back from the provider: let in who it is, under a new session."""
    at = clock.now()
    under_way = own_session.taken_out(request, request.GET.get("state", ""), at=at)
    if under_way is None:
        problem = "no such sign-in was begun here, or too long ago"
        return _doubted(request, NotBelieved(Doubt.NOT_OURS, problem))
    try:
        identity = _provider().finish(request.GET.dict(), under_way.begun, own_address("signed-in"), at=at)
        _let_in(request, identity, at)
    except NotBelieved as doubt:
        return _doubted(request, doubt)
    except NotLetIn as refusal:
        _turn_away(request, identity, refusal)
        return render(request, "portal/coming_in/not_let_in.html", _turned(identity, refusal), status=403)
    return redirect(on_to(request, under_way.going or "index"))


@transaction.atomic
def _let_in(request: HttpRequest, identity: Identity, at: datetime) -> None:
    """In one go: whose access is closed at that moment, either is not let in or loses this session too."""
    person = let_in(identity, Origin("", at, SOURCE))
    own_session.begin(request, person, identity, at=at)
    log.info("signed in", by=person.signature)


@transaction.atomic
def _turn_away(request: HttpRequest, identity: Identity, refusal: NotLetIn) -> None:
    """Whoever was signed in in this browser is so no longer: somebody else sits there, or who may no longer come in."""
    request.session.flush()
    log.warning("not let in", why=str(refusal.turned), ended=end_withdrawn(identity))


def sign_out(request: HttpRequest) -> HttpResponse:
    """Here, and by way of the browser at the provider too, where the person came in by it."""
    by_provider = request.session.get(BY_PROVIDER)
    logout(request)
    if not by_provider:
        return redirect("sign-in")
    address = _address_to_sign_out()
    if not address:
        return redirect("signed-out")
    shown = {"address": address, "house": house()}
    page = render(request, "portal/coming_in/signing_out.html", shown)
    # a redirect would be held back by our own form-action, or by that of a page further on
    page.headers["Refresh"] = f"0; url={address}"
    return page


@login_not_required
@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """Where somebody ends who signed out."""
    return render(request, "portal/coming_in/signed_out.html")


@csrf_exempt
@login_not_required
@require_POST
def told_to_sign_out(request: HttpRequest) -> HttpResponse:
    """The provider says that somebody signed out: end those sessions (OpenID Connect Back-Channel Logout 2.5)."""
    try:
        told = _provider().told_to_sign_out(request.POST.get("logout_token", ""), at=clock.now())
        ended = end_at_providers_word(told)
    except NotBelieved as doubt:
        log.warning("logout token refused", problem=doubt.problem)
        return JsonResponse({"error": "invalid_request"}, status=503 if doubt.doubt is Doubt.AWAY else 400)
    except UsedBefore:
        log.warning("logout token refused", problem="used before")
        return JsonResponse({"error": "invalid_request"}, status=400)
    log.info("signed out by the provider", sessions=ended)
    return HttpResponse(status=200, content_type="text/plain; charset=utf-8")


def _provider() -> Provider:
    """The provider; where there is none, there is no such page."""
    found = provider()
    if found is None:
        raise Http404
    return found


def _address_to_sign_out() -> str:
    """Where the browser goes to sign out there as well; empty where that can't be said."""
    there = provider()
    try:
        found = there and there.sign_out_address(own_address("signed-out"), at=clock.now())
    except NotBelieved:
        found = None
    return found or ""


def _doubted(request: HttpRequest, doubt: NotBelieved) -> HttpResponse:
    log.warning("sign-in refused", doubt=str(doubt.doubt), problem=doubt.problem)
    shown = {"doubt": doubt.doubt, "house": house()}
    return render(request, "portal/coming_in/not_signed_in.html", shown, status=STATUS.get(doubt.doubt, 403))


def _turned(identity: Identity, refusal: NotLetIn) -> dict[str, object]:
    return {
        "turned": refusal.turned,
        "organisation": identity.organisation,
        "subject": identity.subject,
        "issuer": identity.issuer,
        "house": house(),
        "address": _address_to_sign_out(),
    }
