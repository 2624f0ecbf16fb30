"""Rights that nobody of their unit used for sixty days, and when each was used last (decision 0047).

A use is a look at the dossier for that unit, a yes to another system in which its people work, or something that a
person registered there for it. A list or a search that shows the dossier is none.
"""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from inzage.access_log.models import AccessLine, Decided, ShownDossier
from inzage.dossiers.models import ActivityVersion, Performance
from inzage.partners.models import Unit
from inzage.rules.days import day_of, midnight
from inzage.view_rights.models import ViewRight
from inzage.view_rights.viewing import open_to

DAYS = 60
BY_A_PERSON = "person:"
"""How a signature begins that is no institution's: what VDAB or IBIS sends is no use by the unit."""
ABOUT_ONE = "access_evaluation"
"""How the type of a call begins that asks about dossiers it names."""
MOMENTS = ("looked_at", "decided_at", "registered_at", "performed_at")


class Use(NamedTuple):
    """When a right was used: the day of the last look here, and the last day on which it began or was used at all."""

    looked_on: date | None
    last_on: date


def with_use(rights: QuerySet[ViewRight], unit: Unit) -> QuerySet[ViewRight]:
    """Rights of `unit`, each with the moments from which `use_of` reads how it was used."""
    return rights.annotate(
        looked_at=_last(_looks(unit), "dossier", "line__at"),
        decided_at=_last(_decided(unit), "dossier", "record__timestamp"),
        registered_at=_last(_registered(unit), "dossier", "recorded_at"),
        performed_at=_last(_performed(unit), "activity__dossier", "recorded_at"),
    )


def use_of(right: ViewRight) -> Use:
    """How a right that came with `with_use` was used. Entered late, it could be used only from that day."""
    looked, *others = (_day(getattr(right, name)) for name in MOMENTS)
    used = [day for day in (looked, *others) if day]
    return Use(looked, max(right.granted_on, day_of(right.opened_at), *used))


def unused(unit: Unit, *, on: date) -> QuerySet[ViewRight]:
    """The rights of `unit` that stand on day `on`, and neither began nor were used in the 60 days up to it."""
    first = on - timedelta(days=DAYS - 1)
    at = midnight(first)
    # The unit's own looks are found once: each dossier's lines, most of them of lists, would be far more.
    return open_to(unit.pk, on=on).filter(
        ~Q(dossier__in=_looks(unit).filter(line__at__gte=at).values("dossier")),
        ~Exists(_decided(unit).filter(dossier=OuterRef("dossier"), record__timestamp__gte=at)),
        ~Exists(_registered(unit).filter(dossier=OuterRef("dossier"), recorded_at__gte=at)),
        ~Exists(_performed(unit).filter(activity__dossier=OuterRef("dossier"), recorded_at__gte=at)),
        granted_on__lt=first,
        opened_at__lt=at,
    )


def _looks(unit: Unit) -> QuerySet[ShownDossier]:
    return ShownDossier.objects.filter(line__unit=unit.oe_number, line__kind=AccessLine.Kind.LOOK)


def _decided(unit: Unit) -> QuerySet[Decided]:
    """Not what a search found, nor what was asked about another day."""
    return Decided.objects.filter(
        unit=unit.oe_number, allowed=True, asked_about=None, record__type__startswith=ABOUT_ONE
    )


def _registered(unit: Unit) -> QuerySet[ActivityVersion]:
    return ActivityVersion.objects.filter(unit=unit, recorded_by__startswith=BY_A_PERSON)


def _performed(unit: Unit) -> QuerySet[Performance]:
    return Performance.objects.filter(activity__unit=unit, recorded_by__startswith=BY_A_PERSON)


def _last(uses: QuerySet[Any], dossier: str, moment: str) -> Subquery:
    """The last of these moments in the dossier of the right."""
    own = uses.filter(**{dossier: OuterRef("dossier")}).order_by().values(dossier)
    return Subquery(own.annotate(last=Max(moment)).values("last"))


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None
