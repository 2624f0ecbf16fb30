"""A dossier as one unit sees it: every fact read once, so that no part of a page asks for it again."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import FilteredRelation, Q, Sum
from django.db.models.functions import Coalesce

from inzage.dossiers.models import Activity, Assignment, Dossier, EarlierRun
from inzage.rules.facts import Case
from inzage.view_rights.assigning import owners_of
from inzage.view_rights.gathering import (
    ACTIVITY,
    EARLIER_RUN,
    GRANT,
    OWNERSHIP,
    Rows,
    columns_of,
    deaths_of,
    put_together,
)
from inzage.view_rights.models import Grant, ViewRight


class Picture(NamedTuple):
    """The owners and the lines of a dossier, each the latest first, and what decides over the unit's own right.

    A line comes with the day it begins (`begun_on`) and the hours on it; hours that were corrected don't count.
    """

    owners: list[Assignment]
    lines: list[Activity]
    case: Case


def picture_of(dossier: Dossier, right: ViewRight) -> Picture:
    """Of the dossier, which was read with its client, for the unit that has this right."""
    owners = owners_of(dossier)
    lines, earlier = _lines_of(dossier)
    rows = Rows(
        Grant.objects.filter(dossier=dossier, unit=right.unit_id).values_list(*GRANT),
        columns_of(OWNERSHIP, owners),
        columns_of(ACTIVITY, lines),
        columns_of(EARLIER_RUN, earlier),
        deaths_of([dossier]),
    )
    return Picture(owners, lines, put_together(rows).case_of(right))


def _lines_of(dossier: Dossier) -> tuple[list[Activity], Sequence[EarlierRun]]:
    """The lines, and the stretches before a reopening: read as one, a row for each such stretch of a line."""
    counts = Q(performances__replaced_by=None)
    lines = Activity.objects.filter(dossier=dossier).annotate(
        earlier_run=FilteredRelation("earlier_runs"),
        begun_on=Coalesce("started_on", "requested_on"),
        hours_present=Sum("performances__hours_present", filter=counts),
        hours_absent=Sum("performances__hours_absent", filter=counts),
    )
    whole = lines.select_related("unit", "earlier_run")  # type: ignore[misc]  # the stubs know no annotated relation
    rows = list(whole.order_by("-begun_on", "-pk"))
    earlier = [row.earlier_run for row in rows if hasattr(row, "earlier_run")]
    return list({row.pk: row for row in rows}.values()), earlier
