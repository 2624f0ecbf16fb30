"""What each person has opened already, so that a notice is new until then, on whatever device."""

from datetime import date

from django.db.models import Subquery
from django.db.models.functions import Coalesce

from inzage.notices.models import Notice, Read
from inzage.partners.models import Person, Unit

MOST = 99


def mark_read(person: Person, unit: Unit, up_to: int) -> None:
    """Everything of this unit up to that notice is opened; another unit's notices stay new."""
    Read.objects.bulk_create(
        [Read(person=person, unit=unit, up_to=up_to)],
        update_conflicts=True,
        unique_fields=["person", "unit"],
        update_fields=["up_to"],
    )


def count_new(person: Person, unit: Unit, *, since: date) -> int:
    """How many notices of that day or later the person has not opened; at most 99, so that it stays cheap."""
    # Ordered by moment, which no index has for all units together: by number, those of every other unit might be walked
    # back to find the last of this one.
    mark = Read.objects.filter(person=person, unit=unit).order_by().values("up_to")[:1]
    newest = Notice.objects.filter(unit=unit, pk__gt=Coalesce(Subquery(mark), 0)).order_by("-created_at")
    return sum(on >= since for on in newest.values_list("on", flat=True)[:MOST])
