"""The rights of a dossier folded anew after a correction: the open ones follow, the closed ones are left alone."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from inzage.dossiers.models import Dossier
from inzage.rules.facts import Grant as Given
from inzage.rules.history import History, Right, grants_at_all, rights_of
from inzage.rules.names import ClosingReason, Ground
from inzage.view_rights.catching_up import open_right
from inzage.view_rights.closing import close_at_once, put, save, shut
from inzage.view_rights.gathering import Gathered, gather
from inzage.view_rights.models import Grant, ViewRight
from inzage.view_rights.recording import record
from inzage.view_rights.replaying import Surroundings
from inzage.view_rights.scopes import these


class Ended(NamedTuple):
    """A right as history has it after its end."""

    unit: int
    granted_on: date
    last_day: date | None
    reason: str


class Rebuilder:
    """Folds the facts of one dossier, which is locked, unit by unit."""

    def __init__(self, dossier: Dossier, around: Surroundings) -> None:
        self.dossier, self.around = dossier, around

    def closed_history(self) -> set[Ended]:
        """What history says of the rights that ended, from all facts as they are stored now."""
        gathered = gather(these(self.dossier.pk))
        ended = set()
        for unit, grants in self._grants().items():
            for right in self._fold(unit, grants, gathered):
                if right.outcome.is_over(self.around.today):
                    _verdict, last_day, reason = right.outcome
                    ended.add(Ended(unit, right.case.granted_on, last_day, reason))
        return ended

    def changed_since(self, before: set[Ended]) -> list[str]:
        """What the correction would have changed of rights that were closed already: a person must look."""
        closed = ViewRight.objects.filter(dossier=self.dossier).exclude(closed_on=None).select_related("unit")
        stored = {
            (right.unit_id, right.granted_on): right
            for right in closed
            if right.closed_at != self.around.origin.at
        }
        now = {(ended.unit, ended.granted_on): ended for ended in self.closed_history()}
        changed = []
        for was in before:
            right = stored.get((was.unit, was.granted_on))
            became = now.get((was.unit, was.granted_on))
            if right is not None and became != was:
                to = (
                    f"would have ended on {became.last_day} ({became.reason})"
                    if became
                    else "would not have ended"
                )
                changed.append(
                    f"the closed right of {right.unit.oe_number} of {was.granted_on} {to}: left as it was"
                )
        return sorted(changed)

    def rebuild(self) -> None:
        """Bring the open right of each unit, and those that come after it, in line with the facts."""
        gathered = gather(these(self.dossier.pk))
        by_unit = self._grants()
        units = {
            *by_unit,
            *ViewRight.objects.filter(dossier=self.dossier, closed_on=None).values_list("unit_id", flat=True),
        }
        for unit in sorted(units):
            self._rebuild_unit(unit, by_unit.get(unit, []), gathered)

    def _rebuild_unit(self, unit: int, grants: list[Grant], gathered: Gathered) -> None:
        origin, today = self.around.origin, self.around.today
        of_unit = ViewRight.objects.filter(dossier=self.dossier, unit_id=unit)
        last = of_unit.exclude(closed_on=None).order_by("-closed_on").first()
        free_from = last.closed_on if last and last.closed_on else date.min
        left = [grant for grant in grants if grant.granted_on >= free_from and not _of_closed(grant)]
        stored = of_unit.filter(closed_on=None).first()
        folded = self._fold(unit, left, gathered)
        if stored is not None and not folded:
            close_at_once(stored, ClosingReason.WITHDRAWN, origin=origin)
            return
        for replayed in folded:
            right = stored or open_right(
                self.dossier, left[0].unit, on=replayed.case.granted_on, origin=origin
            )
            stored = None
            right.granted_on = replayed.case.granted_on
            right.save(update_fields=["granted_on"])
            own, left = left[: len(replayed.case.grants)], left[len(replayed.case.grants) :]
            self._attach(own, right, today)
            changed = put(right, replayed.outcome)
            if replayed.outcome.is_over(today):
                closed_on = replayed.outcome.closed_on()
                assert closed_on is not None
                shut(right, closed_on=closed_on, reason=replayed.outcome.reason, origin=origin)
                changed = True
            if changed:
                save([right], origin=origin)

    def _attach(self, grants: list[Grant], right: ViewRight, today: date) -> None:
        """Each ground to its right, once its day has come."""
        for grant in grants:
            belongs_to = right.pk if grant.granted_on <= today else None
            if grant.right_id != belongs_to:
                grant.right_id = belongs_to
                record(grant, holds_from=grant.granted_on, origin=self.around.origin)

    def _grants(self) -> dict[int, list[Grant]]:
        """The grounds that take effect, per unit, in the order of their days."""
        deceased_on = self.dossier.client.deceased_on
        by_unit: dict[int, list[Grant]] = defaultdict(list)
        for grant in (
            Grant.objects.filter(dossier=self.dossier)
            .select_related("unit", "right")
            .order_by("granted_on", "pk")
        ):
            if grants_at_all(_given(grant), deceased_on):
                by_unit[grant.unit_id].append(grant)
        return by_unit

    def _fold(self, unit: int, grants: list[Grant], gathered: Gathered) -> list[Right]:
        pair = (self.dossier.pk, unit)
        history = History(
            tuple(_given(grant) for grant in grants),
            tuple(gathered.ownerships.get(pair, ())),
            tuple(gathered.executions.get(pair, ())),
            self.dossier.client.deceased_on,
        )
        return list(rights_of(history, self.around.books, until=self.around.today))


def _given(grant: Grant) -> Given:
    return Given(Ground(grant.ground), grant.granted_on, grant.withdrawn_on)


def _of_closed(grant: Grant) -> bool:
    return grant.right is not None and grant.right.closed_on is not None
