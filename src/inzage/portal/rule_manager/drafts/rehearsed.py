"""What a rehearsal of a draft found: the one place where these pages ask for it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from inzage.oversight.models import Rehearsed
from inzage.rule_books.models import Draft, Proposal

BY_UNIT = {"by_unit", "refused_by_unit"}
"""What only the rehearsal's own page shows: as long as there are units."""


def rehearsal_of(draft: Draft, on: date) -> Mapping[str, Any]:
    """The figures of the last rehearsal of this draft in which running terms moved on that day; empty without one."""
    made = Rehearsed.objects.filter(draft=draft, on=on, figures__isnull=False)
    found = made.order_by("-pk").values_list("figures", flat=True).first() or {}
    return {name: figure for name, figure in found.items() if name not in BY_UNIT}


def reports_behind(draft: Draft, proposals: Iterable[Proposal]) -> dict[int, int]:
    """The rehearsal of which each proposal keeps the figures: its number by the proposal's, where there was one."""
    made = Rehearsed.objects.filter(draft=draft, figures__isnull=False).order_by("pk")
    known = list(made.values_list("pk", "on", "finished_at"))
    found = {}
    for proposal in (one for one in proposals if one.rehearsal):
        before = [pk for pk, on, at in known if on == proposal.on and at and at <= proposal.proposed_at]
        if before:
            found[proposal.pk] = before[-1]
    return found
