"""The calendar itself: asked for by programs, which have the address and no session (S20 to S22).

It holds no name and no number of a client: a day, that a right ends then, and the address of the dossier's page, which
asks who is there.
"""

import uuid
from hashlib import sha256
from math import ceil

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from inzage.access_log.models import AccessLine
from inzage.journal.models import Origin
from inzage.notices.calendars import feed_under
from inzage.notices.models import CalendarFeed
from inzage.portal import clock
from inzage.portal.calendar.as_icalendar import Calendar, Event, as_icalendar
from inzage.portal.calendar.guesses import Guesses
from inzage.rules.days import day_of
from inzage.rules.names import ClosingReason, Part, Status
from inzage.view_rights.coming_ends import coming_ends
from inzage.view_rights.explaining import held_in_words, sentences
from inzage.view_rights.looking import Look, write
from inzage.view_rights.models import ViewRight

GUESSES = Guesses()
NO_OTHERS = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}


@login_not_required
@require_safe
@transaction.atomic
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The coming ends of the unit, while who made the address works there; every other address is unknown."""
    at = clock.now()
    found = feed_under(token)
    if found is None:
        return _unknown(request)
    rights = list(coming_ends(found.unit_id, today=day_of(at)))
    calendar = _calendar(found, rights)
    etag = quote_etag(sha256(repr(calendar).encode()).hexdigest()[:32])
    known = get_conditional_response(request, etag=etag)
    if known is None:
        look = Look(Origin(found.person.signature, at, "calendar"), found.unit, Part.GENERAL, uuid.uuid4())
        write(AccessLine.Kind.LIST, look, [(right.dossier_id, right) for right in rights])
    response = known or HttpResponse(as_icalendar(calendar), content_type="text/calendar; charset=utf-8")
    for name, value in {"ETag": etag, **NO_OTHERS}.items():
        response.headers[name] = value
    return response


def _unknown(request: HttpRequest) -> HttpResponse:
    """As any address that is none; from a place that keeps trying, a refusal, which tells as little."""
    at = clock.now()
    place = request.META.get("REMOTE_ADDR", "")
    until = GUESSES.refused_until(place, at, most=settings.MISSES_PER_HOUR)
    if until is None:
        raise Http404
    return HttpResponse(status=429, headers={"Retry-After": str(ceil((until - at).total_seconds()))})


def _calendar(found: CalendarFeed, rights: list[ViewRight]) -> Calendar:
    language = found.person.language or "nl"
    with override(language):
        name = _("Inzagerechten die eindigen: %(unit)s") % {"unit": found.unit.name}
        return Calendar(name, language, tuple(_event(right, language) for right in rights))


def _event(right: ViewRight, language: str) -> Event:
    """The event of a right keeps its UID where the day moves."""
    assert right.last_day is not None
    base = settings.PUBLIC_URL.rstrip("/")
    return Event(
        uid=f"inzagerecht-{right.pk}@{base.partition('://')[2]}",
        on=right.last_day,
        changed_at=right.changed_at,  # type: ignore[attr-defined]
        summary=_("Inzagerecht eindigt: wacht op bevestiging") if right.held else _("Inzagerecht eindigt"),
        description="\n".join(filter(None, [held_in_words(right, language), _mark(right, language)])),
        url=f"{base}{reverse('dossier', args=[right.dossier.reference])}",
    )


def _mark(right: ViewRight, language: str) -> str:
    """How sure the day is, where the rule that gives it was not verified (S19)."""
    if right.ends_by != ClosingReason.TERM or right.rule_status == Status.VERIFIED:
        return ""
    status = sentences(language)["statuses"][right.rule_status]
    return _("De regel die deze dag bepaalt: %(status)s") % {"status": status}
