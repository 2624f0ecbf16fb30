"""What a session holds of its sign-in: since when, for which organisation, and a sign-in that is under way."""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest

from inzage.partners import sessions
from inzage.partners.identities import Begun, Identity, Organisation
from inzage.partners.models import Person
from inzage.portal.coming_in.kept_form import KEPT, kept_for

BEGUN_AT, SEEN_AT, ORGANISATION, BY_PROVIDER = "begun_at", "seen_at", "organisation", "by_provider"
UNDER_WAY, ENDED = "under_way", "ended"
MOST_UNDER_WAY = 4
"""Sign-ins begun in as many tabs of one browser; of more, the oldest is forgotten."""
LONGEST_UNDER_WAY = timedelta(minutes=15)


class UnderWay(NamedTuple):
    """A sign-in that this browser began, and the page it wanted."""

    begun: Begun
    going: str
    at: datetime


def remember(request: HttpRequest, under_way: UnderWay) -> None:
    """Keep what must be there when the browser comes back."""
    kept: dict[str, Any] = dict(request.session.get(UNDER_WAY, {}))
    while len(kept) >= MOST_UNDER_WAY:
        del kept[next(iter(kept))]
    begun = under_way.begun._replace(address="")
    kept[begun.state] = [*begun, under_way.going, under_way.at.timestamp()]
    request.session[UNDER_WAY] = kept
    request.session.save()


def taken_out(request: HttpRequest, state: str, *, at: datetime) -> UnderWay | None:
    """The sign-in that this browser began with that state, once; None where there is none, or it took too long."""
    kept: dict[str, Any] = dict(request.session.get(UNDER_WAY, {}))
    found = kept.pop(state, None)
    if found is None:
        return None
    request.session[UNDER_WAY] = kept
    request.session.save()  # before the code is exchanged: a second time it is not there
    *begun, going, since = found
    under_way = UnderWay(Begun(*begun), going, datetime.fromtimestamp(since, UTC))
    return under_way if under_way.at <= at <= under_way.at + LONGEST_UNDER_WAY else None


@transaction.atomic
def begin(request: HttpRequest, person: Person, identity: Identity | None = None, *, at: datetime) -> None:
    """A new session for this person, under a new key; the demo has no identity.

    Of the one before nothing stays but what this same person sent to one that had ended.
    """
    kept = kept_for(person, request.session, at=at)
    request.session.flush()
    login(request, person)
    request.session[BEGUN_AT] = request.session[SEEN_AT] = at.timestamp()
    if identity is not None:
        request.session[BY_PROVIDER] = True
        if identity.organisation is not None:
            request.session[ORGANISATION] = list(identity.organisation)
    if kept is not None:
        request.session[KEPT] = list(kept)
    request.session.save()
    key = request.session.session_key
    assert key is not None
    of_provider = (identity.session_id, identity.organisation) if identity else ()
    sessions.begin(person, key, *of_provider, at=at)


def organisation_of(request: HttpRequest) -> Organisation | None:
    """The organisation for which somebody signed in; None where the sign-in named none, as in the demo."""
    found = request.session.get(ORGANISATION)
    return Organisation(*found) if found else None
