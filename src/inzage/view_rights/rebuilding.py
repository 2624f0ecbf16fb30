"""The rights of a dossier folded anew after a correction: the open ones follow, the closed ones are left alone."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Dossier
from inzage.notices.sending import tell
from inzage.partners.models import Unit
from inzage.rules.facts import Grant as Given
from inzage.rules.facts import has_no_ground_left
from inzage.rules.history import History, Right, grants_at_all, rights_of
from inzage.rules.names import ClosingReason, Ground
from inzage.view_rights.bearing import bearing
from inzage.view_rights.catching_up import open_right
from inzage.view_rights.closing import close_at_once, judged, put, save, shut
from inzage.view_rights.gathering import Gathered, gather
from inzage.view_rights.models import Grant, ViewRight, ViewRightVersion
from inzage.view_rights.recording import record
from inzage.view_rights.replaying import Surroundings
from inzage.view_rights.scopes import these


class Standing(NamedTuple):
    """A right as history has it: the unit, the day it opened, and, once it is over, its last day and the reason."""

    unit: int
    granted_on: date
    last_day: date | None
    reason: str


Key = tuple[int, date]
"""A unit's id and the day on which its right opened."""
Source = tuple[int | None, int | None]
"""The ids of the consent and of the assignment that give a ground: one of the two."""


class Rebuilder:
    """Folds the facts of one dossier, which is locked, unit by unit."""

    def __init__(self, dossier: Dossier, around: Surroundings) -> None:
        self.dossier, self.around = dossier, around
        rights = ViewRight.objects.filter(dossier=dossier)
        self._closed_before = set(rights.exclude(closed_on=None).values_list("pk", flat=True))
        restored = rights.filter(closed_on=None, restored_by__isnull=False)
        self._restored_on = dict(restored.values_list("unit", "granted_on"))
        self._left_out: set[Key] = set()
        self._consents = {
            right: [one.form for one in bears if one.form and one.counts(around.today)]
            for right, bears in bearing(dossier.pk).items()
        }

    def history(self, grants: dict[int, list[Given]]) -> dict[Key, Standing]:
        """The rights that these grounds of each unit give, with all other facts as they are stored now."""
        gathered = gather(these(self.dossier.pk))
        found = {}
        for unit, given in grants.items():
            for right in self._fold(unit, given, gathered):
                over = right.outcome.is_over(self.around.today)
                _verdict, last_day, reason = right.outcome
                opened = right.case.granted_on
                found[unit, opened] = Standing(unit, opened, *((last_day, reason) if over else (None, "")))
        return found

    def free_from(self, unit: int) -> date:
        """The first day on which a ground can still do something for the unit: since its last right was closed."""
        closed = ViewRight.objects.filter(dossier=self.dossier, unit_id=unit).exclude(closed_on=None)
        last = closed.order_by("-closed_on").first()
        return last.closed_on if last and last.closed_on else date.min

    def begins_from(self, unit: int) -> date:
        """The first day on which a ground can begin: the days before a right was restored stay without one."""
        return self._restored_on.get(unit) or self.free_from(unit)

    def beside_restored(self, unit: int, grants: dict[Source, Given]) -> dict[Source, Given]:
        """A unit's grounds, those that had begun when its open right was restored as grounds of that day: a right is
        restored as of the decision, and no file moves that. What was over by then is left out.
        """
        restored_on = self._restored_on.get(unit)
        if restored_on is None:
            return grants
        of_closed = Grant.objects.filter(dossier=self.dossier, right__closed_on__isnull=False)
        late = grants.keys() - set(of_closed.values_list("form", "assignment"))
        free_from, gathered = self.free_from(unit), gather(these(self.dossier.pk))
        earlier = [grants[source] for source in late if free_from <= grants[source].granted_on < restored_on]
        joining: set[Given] = set()
        for right in self._fold(unit, earlier, gathered):
            if right.outcome.is_over(restored_on):
                self._left_out.add((unit, right.case.granted_on))
            else:
                joining.update(right.case.grants)
        return grants | {
            source: grants[source]._replace(granted_on=restored_on)
            for source in late
            if grants[source] in joining
        }

    def differences(self, before: dict[Key, Standing], after: dict[Key, Standing]) -> list[str]:
        """What a correction, now made, would have changed of rights that are closed: a person must look."""
        rights = ViewRight.objects.filter(dossier=self.dossier).select_related("unit")
        stored = {(right.unit_id, right.granted_on): right for right in rights}
        told = []
        for key, right in stored.items():
            was, became = before.get(key), after.get(key)
            if right.pk in self._closed_before and was is not None and became != was:
                told.append(
                    f"the closed right of {right.unit.oe_number} of {right.granted_on} {_would(became)}: "
                    "left as it was"
                )
        new = after.keys() - before.keys() - stored.keys()
        for unit, granted_on in self._left_out.union(key for key in new if key[1] < self.free_from(key[0])):
            oe_number = Unit.objects.get(pk=unit).oe_number
            told.append(f"a right of {oe_number} of {granted_on} would have stood: left out")
        return sorted(told)

    def rebuild(self) -> None:
        """Bring the open right of each unit, and those that come after it, in line with the facts."""
        gathered = gather(these(self.dossier.pk))
        by_unit = self.grants()
        units = {
            *by_unit,
            *ViewRight.objects.filter(dossier=self.dossier, closed_on=None).values_list("unit_id", flat=True),
        }
        for unit in sorted(units):
            self._rebuild_unit(unit, by_unit.get(unit, []), gathered)

    def _rebuild_unit(self, unit: int, grants: list[Grant], gathered: Gathered) -> None:
        origin, today = self.around.origin, self.around.today
        free_from = self.free_from(unit)
        left = [grant for grant in grants if grant.granted_on >= free_from and not _of_closed(grant)]
        stored = ViewRight.objects.filter(dossier=self.dossier, unit_id=unit, closed_on=None).first()
        if stored is not None and left and _went_on(stored):
            self._judge(stored, left, gathered)
            return
        folded = self._fold(unit, [given_by(grant) for grant in left], gathered)
        if stored is not None and not folded:
            self._close_without_ground(stored)
            return
        for replayed in folded:
            is_last = replayed is folded[-1]
            right = stored or open_right(
                self.dossier, left[0].unit, on=replayed.case.granted_on, origin=origin
            )
            stored = None
            own, left = left[: len(replayed.case.grants)], left[len(replayed.case.grants) :]
            self._bring(right, replayed, over_before=self.around.begun_on if is_last else today)
            self._attach(own, right)

    def _judge(self, right: ViewRight, grants: list[Grant], gathered: Gathered) -> None:
        """A right that was held once can go on after its term: judged as it stands, and not folded from its days."""
        origin, today = self.around.origin, self.around.today
        case = gathered.case_of(right)._replace(grants=tuple(map(given_by, grants)))
        if has_no_ground_left(case, today):
            self._close_without_ground(right)
            return
        if put(right, *judged(right, case, on=today)):
            save([right], origin=origin)
        self._attach(grants, right)

    def _close_without_ground(self, right: ViewRight) -> None:
        close_at_once(right, self._why_without_ground(right), origin=self.around.origin)
        self._tell("closed", right, self.around.today)

    def _why_without_ground(self, right: ViewRight) -> ClosingReason:
        """The client ended it who, by the lines, withdrew a consent that bore it until now; else nobody did: what it
        rested on was registered wrongly.
        """
        consents = ConsentForm.objects.filter(pk__in=self._consents.get(right.pk, ()), unit=right.unit_id)
        withdrawn = consents.filter(withdrawn_on__lte=self.around.today)
        return ClosingReason.WITHDRAWN if withdrawn.exists() else ClosingReason.CORRECTED

    def _why_over(self, right: ViewRight, replayed: Right) -> ClosingReason:
        """Why it closes, where it is over: a restored right loses its ground with the last of what bears it."""
        reason = replayed.outcome.reason
        is_restored = self._restored_on.get(right.unit_id) == replayed.case.granted_on
        if reason is ClosingReason.WITHDRAWN and is_restored and replayed.outcome.is_over(self.around.today):
            return self._why_without_ground(right)
        return reason

    def _bring(self, right: ViewRight, replayed: Right, *, over_before: date) -> None:
        """The right as history now has it; closed where that was over before that day."""
        origin, moved = self.around.origin, right.granted_on != replayed.case.granted_on
        right.granted_on = replayed.case.granted_on
        if moved:
            right.save(update_fields=["granted_on"])
        reason = self._why_over(right, replayed)
        if reason is ClosingReason.CORRECTED:  # the night can't tell from the facts who took the ground
            over_before = self.around.today
        changed = put(right, replayed.outcome) or moved
        if replayed.outcome.is_over(over_before):
            closed_on = replayed.outcome.closed_on()
            assert closed_on is not None
            shut(right, closed_on=closed_on, reason=reason, origin=origin)
            self._tell("closed", right, closed_on)
            changed = True
        if changed:
            save([right], origin=origin)

    def _attach(self, grants: list[Grant], right: ViewRight) -> None:
        """Each ground to its right, once its day has come; the signal, where the right stands (S12)."""
        for grant in grants:
            belongs_to = right.pk if grant.granted_on <= self.around.today else None
            if grant.right_id != belongs_to:
                grant.right_id = belongs_to
                record(grant, holds_from=grant.granted_on, origin=self.around.origin)
                if belongs_to and right.closed_on is None:
                    self._tell("granted", right, grant.granted_on)

    def _tell(self, kind: str, right: ViewRight, on: date) -> None:
        """A closing is told without a mail, as the nightly run does."""
        mail = kind == "granted"
        closed = None if mail else right.pk
        at = self.around.origin.at
        tell(kind, unit=right.unit, dossier=self.dossier, on=on, at=at, right=closed, mail=mail)

    def grants(self) -> dict[int, list[Grant]]:
        """The grounds that take effect, per unit, in the order of their days."""
        deceased_on = gather(these(self.dossier.pk)).deaths.get(self.dossier.pk)
        by_unit: dict[int, list[Grant]] = defaultdict(list)
        for grant in (
            Grant.objects.filter(dossier=self.dossier)
            .select_related("unit", "right")
            .order_by("granted_on", "pk")
        ):
            if grants_at_all(given_by(grant), deceased_on):
                by_unit[grant.unit_id].append(grant)
        return by_unit

    def _fold(self, unit: int, grants: list[Given], gathered: Gathered) -> list[Right]:
        pair = (self.dossier.pk, unit)
        history = History(
            tuple(grants),
            tuple(gathered.ownerships.get(pair, ())),
            tuple(gathered.executions.get(pair, ())),
            gathered.deaths.get(self.dossier.pk),
        )
        return list(rights_of(history, self.around.books, until=self.around.today))


def _would(became: Standing | None) -> str:
    if became is None:
        return "would not have stood"
    if became.last_day is None:
        return "would not have ended"
    return f"would have ended on {became.last_day} ({became.reason})"


def given_by(grant: Grant) -> Given:
    """A stored ground as the rules take it."""
    return Given(Ground(grant.ground), grant.granted_on, grant.withdrawn_on)


def _went_on(right: ViewRight) -> bool:
    """Whether the right was ever held: then it may have gone on after the last day that the rules gave."""
    versions = ViewRightVersion.objects.filter(dossier=right.dossier_id, right=right)
    return versions.exclude(held="").exists()


def _of_closed(grant: Grant) -> bool:
    return grant.right is not None and grant.right.closed_on is not None
