"""On which days rights were held, from their history: what a past day is answered from."""

from collections.abc import Mapping
from datetime import date, datetime

from inzage.rules.days import midnight
from inzage.rules.periods import day_after
from inzage.view_rights.held import Answer, HeldAnswer
from inzage.view_rights.models import ViewRightVersion
from inzage.view_rights.scopes import Scope

Holds = Mapping[date, str]
"""The days on which a right was held: the last days that the rules gave, and why it waited for a person."""


NO_HOLDS: Holds = {}
"""Of a right that was never held."""


def holds_by_right(scope: Scope, day: date) -> dict[int, Holds]:
    """The holds of each right as they stood at the end of `day`."""
    return holds_known_at(scope, midnight(day_after(day)))


def holds_known_at(scope: Scope, moment: datetime) -> dict[int, Holds]:
    """The same, as they stood just before a moment. One that a person confirmed on its own day holds nothing."""
    found: dict[int, dict[date, str]] = {}
    versions = ViewRightVersion.objects.filter(**scope.on("dossier_id"), recorded_at__lt=moment)
    held = versions.exclude(held="").order_by("pk")
    for right, proposed, why in held.values_list("right_id", "proposed_last_day", "held"):
        assert proposed is not None
        found.setdefault(right, {})[proposed] = why
    return without_confirmed(found, moment)


def without_confirmed(found: dict[int, dict[date, str]], moment: datetime) -> dict[int, Holds]:
    """These holds, but for those that a person had confirmed before the moment."""
    if found:
        confirmed = HeldAnswer.objects.filter(right__in=found, answer=Answer.CONFIRMED, at__lt=moment)
        for right, proposed in confirmed.values_list("right_id", "proposed_last_day"):
            found[right].pop(proposed, None)
    return dict(found)
