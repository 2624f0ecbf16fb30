"""How often somebody searched in vain: who keeps trying numbers would learn who is a client (S01)."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from inzage.access_log.models import AccessLine, ShownDossier
from inzage.partners.models import Person

WITHIN = timedelta(hours=1)
REFUSED = "geweigerd: te vaak niets gevonden"
"""The reason on the line of a search that was not carried out. It is no search in vain: nothing was looked up."""


def refused_until(person: Person, at: datetime, *, most: int) -> datetime | None:
    """Until when this person may not search, having searched in vain `most` times or more in the hour before `at`.

    Counted from the log itself, so over all processes. No lock is taken: searches of one person that run at the same
    moment can each be the last one.
    """
    found = ShownDossier.objects.filter(line=OuterRef("pk"))
    in_vain = AccessLine.objects.filter(
        ~Exists(found), person=person.signature, kind=AccessLine.Kind.SEARCH, at__gt=at - WITHIN, at__lte=at
    ).exclude(stated_reason=REFUSED)
    moments = in_vain.order_by("-at").values_list("at", flat=True)
    first_that_counts = moments[most - 1 : most].first()
    return first_that_counts + WITHIN if first_that_counts else None
