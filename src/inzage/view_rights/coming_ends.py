"""The rights of a unit that end in the coming weeks, each with the moment at which it last changed."""

from datetime import date, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from inzage.view_rights.models import ViewRight, ViewRightVersion
from inzage.view_rights.viewing import open_to

AHEAD = timedelta(days=92)
"""How far a calendar looks ahead."""


def coming_ends(unit_id: int, *, today: date) -> QuerySet[ViewRight]:
    """Those whose last day is today or in the 92 days after it, by that day; `changed_at` is when each last changed."""
    versions = ViewRightVersion.objects.filter(dossier=OuterRef("dossier"), right=OuterRef("pk"))
    last = versions.order_by("-pk").values("recorded_at")[:1]
    ending = open_to(unit_id, on=today).filter(last_day__range=(today, today + AHEAD))
    return ending.annotate(changed_at=Subquery(last)).select_related("dossier").order_by("last_day", "pk")
