"""How often somebody searched in vain: who keeps trying numbers would learn who is a client (S01)."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from inzage.access_log.models import AccessLine, ShownDossier, Why
from inzage.partners.models import Person

WITHIN = timedelta(hours=1)
REFUSED = "geweigerd: te vaak niets gevonden"
"""The reason on the line of a search that was not carried out."""
NOT_CARRIED_OUT = Q(reason_kind__in=[Why.REFUSED, Why.WATCH])
"""No client was looked for: the search was refused, or it was one of the log itself, by who watches over it."""
BEFORE_KINDS = Q(reason_kind=None) & (Q(stated_reason=REFUSED) | Q(stated_reason__startswith="toezicht"))
"""The same on lines of before the kind of a reason was kept."""


def in_vain() -> QuerySet[AccessLine]:
    """The searches that were carried out and found nobody."""
    found = ShownDossier.objects.filter(line=OuterRef("pk"))
    searches = AccessLine.objects.filter(~Exists(found), kind=AccessLine.Kind.SEARCH)
    carried_out = ~BEFORE_KINDS & (Q(reason_kind=None) | ~NOT_CARRIED_OUT)
    return searches.filter(carried_out)


def refused_until(person: Person, at: datetime, *, most: int) -> datetime | None:
    """Until when this person may not search, having searched in vain `most` times or more in the hour before `at`.

    Counted from the log itself, so over all processes. No lock is taken: searches of one person that run at the same
    moment can each be the last one.
    """
    own = in_vain().filter(person=person.signature, at__gt=at - WITHIN, at__lte=at)
    moments = own.order_by("-at").values_list("at", flat=True)
    first_that_counts = moments[most - 1 : most].first()
    return first_that_counts + WITHIN if first_that_counts else None
