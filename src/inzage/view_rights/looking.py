"""No look without a line: showing a dossier and writing the line in the access log are one transaction (S01)."""

import uuid
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from django.db import transaction

from inzage.access_log.models import AccessLine, ShownDossier, Why
from inzage.dossiers.models import Dossier
from inzage.journal.models import Origin
from inzage.partners.models import Unit
from inzage.rules.days import day_of
from inzage.rules.names import Part
from inzage.rules.viewing import Reason
from inzage.view_rights.closing import has_ended
from inzage.view_rights.models import ViewRight
from inzage.view_rights.viewing import seers_of, standing_right

Shown = TypeVar("Shown")


class NoRight(Exception):
    """There is no right that stands: nothing is shown, nor whether the dossier exists."""


class Look(NamedTuple):
    """Who looks, for which unit (empty for VDAB's own), at which part, in which request, and for what reason."""

    origin: Origin
    unit: Unit | None
    part: Part
    request_id: uuid.UUID
    stated_reason: str = ""
    why: Why = Why.NONE


@transaction.atomic
def look(dossier: Dossier, at: Look, show: Callable[[ViewRight | None], Shown]) -> Shown:
    """Show `dossier` with its line in the log, or raise NoRight; if the line can't be written, nothing is shown.

    `show` makes what is shown from the right it is shown on.
    """
    right = None
    if at.unit is not None:
        right = _allowed(standing_right(dossier.pk, at.unit.pk, on=day_of(at.origin.at)), at)
    write(AccessLine.Kind.LOOK, at, [(dossier.pk, right)])
    return show(right)


@transaction.atomic
def look_among(dossier: Dossier, at: Look, show: Callable[[ViewRight, list[ViewRight]], Shown]) -> Shown:
    """The same for a unit that is shown who else may see it: its right is found among all that stand."""
    standing = seers_of(dossier.pk, on=day_of(at.origin.at))
    right = _allowed(next((each for each in standing if each.unit == at.unit), None), at)
    write(AccessLine.Kind.LOOK, at, [(dossier.pk, right)])
    return show(right, [each for each in standing if each.unit != at.unit])


@transaction.atomic
def look_or_list(
    dossier: Dossier, at: Look, right: ViewRight | None, show: Callable[[ViewRight | None], Shown]
) -> Shown:
    """Show `dossier` on the right found to stand, with the line of a look.

    Without one, `show` shows what is the unit's own in it and no more: that is a line of a list.
    """
    write(AccessLine.Kind.LOOK if right else AccessLine.Kind.LIST, at, [(dossier.pk, right)])
    return show(right)


def _allowed(right: ViewRight | None, at: Look) -> ViewRight:
    """The right, where it stands and the part is one that units may see."""
    if right is None or at.part is Part.CONFIDENTIAL:
        raise NoRight
    return right


def write(kind: str, at: Look, shown: Iterable[tuple[int, ViewRight | None]]) -> AccessLine:
    """One line that names the dossiers shown, each with right, rule and verdict, in the showing transaction.

    A list of closed rights or of what was asked names its dossiers too: it shows that they exist.
    """
    line = AccessLine.objects.create(
        at=at.origin.at,
        kind=kind,
        person=at.origin.by,
        unit=at.unit.oe_number if at.unit else "",
        part=at.part,
        stated_reason=at.stated_reason,
        reason_kind=at.why,
        request_id=at.request_id,
    )
    ShownDossier.objects.bulk_create(
        ShownDossier(
            line=line,
            dossier_id=dossier_id,
            right=right.pk if right else None,
            rule=right.rule if right else "",
            rule_status=right.rule_status if right else "",
            last_day=right.last_day if right else None,
            verdict=_verdict(right, at),
        )
        for dossier_id, right in shown
    )
    return line


def _verdict(right: ViewRight | None, at: Look) -> str:
    """Why it was shown: on a right that stands; of a closed right, or of none, only that it exists (no look)."""
    if right is None:
        return Reason.NO_RIGHT if at.unit else "vdab"
    return Reason.RIGHT_CLOSED if has_ended(right, day_of(at.origin.at)) else Reason.RIGHT_STANDS
