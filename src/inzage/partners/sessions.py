"""Sessions, ended from elsewhere: when an account is closed, or when the identity provider says so."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from inzage.partners.identities import Organisation, SignOut
from inzage.partners.models import Person, SignIn, UsedLogoutToken

KEPT = timedelta(hours=1)
"""For how long the id of a logout token is kept: longer than any is believed."""


class UsedBefore(Exception):
    """This logout token did its work already."""


def begin(
    person: Person,
    session_key: str,
    provider_session: str = "",
    organisation: Organisation | None = None,
    *,
    at: datetime,
) -> None:
    """From now on this session is that person's, for that organisation, and ends with the one at the provider."""
    SignIn.objects.create(
        session_id=session_key,
        person=person,
        provider_session=provider_session,
        organisation=organisation.code if organisation else "",
        begun_at=at,
    )


def end_all(person: Person) -> int:
    """End every session of this person; returns how many there were."""
    return _end(Q(person=person))


def end_for(person: Person, organisation: str) -> int:
    """End this person's sessions for that organisation, by its code, and those of which it isn't known."""
    return _end(Q(person=person, organisation__in=["", organisation]))


@transaction.atomic
def end_at_providers_word(told: SignOut) -> int:
    """End the sessions that the provider names; returns how many there were. UsedBefore: said already."""
    UsedLogoutToken.objects.filter(used_at__lt=told.at - KEPT).delete()
    _used, new = UsedLogoutToken.objects.get_or_create(
        issuer=told.issuer, token_id=told.token_id, defaults={"used_at": told.at}
    )
    if not new:
        raise UsedBefore
    theirs = Q(person__issuer=told.issuer)
    if told.subject:
        theirs &= Q(person__subject=told.subject)
    if told.session_id:
        theirs &= Q(provider_session=told.session_id)
    return _end(theirs)


def _end(which: Q) -> int:
    keys = list(SignIn.objects.filter(which).values_list("session_id", flat=True))
    Session.objects.filter(pk__in=keys).delete()
    return len(keys)
