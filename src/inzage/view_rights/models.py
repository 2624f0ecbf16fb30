"""The view right, its grounds, its versions, and the reports of the closing runs."""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Assignment, Dossier
from inzage.journal.models import Version
from inzage.partners.models import Unit
from inzage.rule_books.models import Edition
from inzage.rules.names import ClosingReason, Event, Ground, Held, Relation
from inzage.view_rights.held import EveningCheck, HeldAnswer, Restoration, RestorationAnswer

__all__ = ["EveningCheck", "HeldAnswer", "Restoration", "RestorationAnswer"]

NAMES: dict[str, type[StrEnum]] = {
    "relation": Relation,
    "ends_by": ClosingReason,
    "anchor_event": Event,
    "held": Held,
    "closing_reason": ClosingReason,
}
"""The columns of a right that hold one of a closed list of names; some may be empty."""


def known(column: str, names: type[StrEnum]) -> models.CheckConstraint:
    """The constraint that a column holds one of these names, or nothing."""
    return models.CheckConstraint(
        name=f"right_{column}_known", condition=Q(**{f"{column}__in": ["", *map(str, names)]})
    )


class RightState(models.Model):
    """What the rules made of the facts when the right was last reckoned; repeated on every version.

    `last_day` counts every fact known, those dated in the future too (docs/decisions/0016); empty while nothing ends
    the right. `ends_by` is why it will close after it.
    """

    relation = models.CharField(max_length=12, choices=[(value, value) for value in Relation])
    rule = models.CharField(max_length=60)
    rule_version = models.CharField(max_length=20)
    rule_status = models.CharField(max_length=10)
    rule_gap = models.BooleanField(default=False)
    anchor_event = models.CharField(max_length=20, blank=True, choices=[(value, value) for value in Event])
    anchor_on = models.DateField(null=True)
    last_day = models.DateField(null=True)
    ends_by = models.CharField(max_length=10, choices=[(value, value) for value in ClosingReason])
    held = models.CharField(max_length=10, blank=True, choices=[(value, value) for value in Held])
    proposed_last_day = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    closing_reason = models.CharField(
        max_length=10, blank=True, choices=[(value, value) for value in ClosingReason]
    )

    class Meta:
        abstract = True


class ViewRight(RightState):
    """The inzagerecht of one unit on one dossier (S01, S03). A closed right is final: the database refuses changes.

    Days govern terms; `opened_at` and `closed_at` are the moments by which a look is judged. `name_key` is the client's
    while the right is open: the database itself writes it, and nobody else does.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False)
    granted_on = models.DateField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    name_key = models.TextField(editable=False, db_default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["dossier", "unit"], name="right_by_dossier"),
            models.Index(fields=["unit", "last_day", "id"], name="right_by_unit"),
            models.Index(fields=["unit", "granted_on"], name="right_by_grant"),
            models.Index(
                fields=["unit", "name_key", "id"], name="right_by_name", condition=Q(closed_on=None)
            ),
            models.Index(
                fields=["unit", "granted_on", "last_day", "id", "relation", "ends_by", "anchor_event"],
                name="open_rights_counted",
                condition=Q(closed_on=None),
            ),
            models.Index(fields=["unit", "last_day", "id"], name="right_held", condition=~Q(held="")),
            models.Index(
                fields=["unit", "ends_by", "last_day", "id"],
                name="right_ended_early",
                condition=~Q(ends_by="term"),
            ),
            models.Index(
                fields=["last_day"],
                name="open_right_by_last_day",
                condition=Q(closed_on=None, last_day__isnull=False),
            ),
            models.Index(
                fields=["proposed_last_day", "id"],
                name="held_right_by_proposed_day",
                condition=Q(closed_on=None) & ~Q(held=""),
            ),
            models.Index(
                fields=["closed_on"],
                name="right_by_closing_day",
                condition=Q(closed_on__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "unit"],
                condition=Q(closed_on=None),
                name="one_open_right_per_unit_and_dossier",
            ),
            models.CheckConstraint(
                name="right_closed_with_reason",
                condition=Q(closed_on=None, closed_at=None, closing_reason="")
                | Q(closed_on__isnull=False, closed_at__isnull=False, last_day__isnull=False)
                & ~Q(closing_reason=""),
            ),
            *(known(column, names) for column, names in NAMES.items()),
            models.CheckConstraint(
                name="right_corrected_once_closed",
                condition=~Q(ends_by=str(ClosingReason.CORRECTED))
                | Q(closing_reason=str(ClosingReason.CORRECTED)),
            ),
            models.CheckConstraint(
                name="right_closes_after_its_last_day",
                condition=Q(closed_on=None) | Q(closed_on__gt=F("last_day")),
            ),
            models.CheckConstraint(
                name="right_closes_not_before_grant",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("granted_on")),
            ),
            models.CheckConstraint(
                name="anchor_has_event_and_day",
                condition=Q(anchor_event="", anchor_on=None)
                | Q(anchor_on__isnull=False) & ~Q(anchor_event=""),
            ),
            models.CheckConstraint(
                name="held_with_proposal",
                condition=Q(held="", proposed_last_day=None)
                | Q(proposed_last_day__isnull=False) & ~Q(held=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.dossier_id} ({self.granted_on})"


class ViewRightVersion(Version, RightState):
    """What a right was from `recorded_at` on."""

    right = models.ForeignKey(ViewRight, on_delete=models.PROTECT, db_index=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    granted_on = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["dossier"], name="view_right_versions")]


ON_A_CONSENT = [str(ground) for ground in (Ground.MEDIATOR, Ground.FORM, Ground.BRUSSELS_FORM)]


class GrantState(models.Model):
    """The columns of a ground and of its versions. `withdrawn_on` is the first day on which it no longer counts."""

    ground = models.CharField(max_length=15, choices=[(value, value) for value in Ground])
    granted_on = models.DateField()
    withdrawn_on = models.DateField(null=True)

    class Meta:
        abstract = True


class Grant(GrantState):
    """A ground of a right: an assignment, a consent, IBIS. `right` is empty until the day on which it grants."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False)
    right = models.ForeignKey(
        ViewRight, on_delete=models.PROTECT, null=True, related_name="grants", db_index=False
    )
    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, null=True)
    form = models.OneToOneField(ConsentForm, on_delete=models.PROTECT, null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["dossier", "unit"], name="grant_by_dossier"),
            models.Index(
                fields=["unit", "ground", "right", "granted_on", "withdrawn_on"], name="grants_of_unit"
            ),
            models.Index(fields=["granted_on"], name="grant_to_come", condition=Q(right=None)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="ground_with_its_source",
                condition=Q(ground=str(Ground.ASSIGNMENT), assignment__isnull=False, form=None)
                | Q(ground__in=ON_A_CONSENT, assignment=None, form__isnull=False)
                | Q(
                    ground__in=[str(Ground.IBIS), str(Ground.RESTORED)],
                    assignment=None,
                    form=None,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ground} {self.granted_on}"


class GrantVersion(Version, GrantState):
    """What a ground was from `recorded_at` on."""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, db_index=False)
    right = models.ForeignKey(
        ViewRight, on_delete=models.PROTECT, null=True, db_index=False, db_constraint=False
    )
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False, db_constraint=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["dossier"], name="grant_versions")]


class ClosingRun(models.Model):
    """The report of one run: for which day, when it ran, what it looked at. What it closed are its closings (S22).

    `held` rights would have ended before it, and wait for a person. Of what it `closed`, `unverified` went by a rule
    that is not verified, and `rule_gaps` by one for want of a rule.
    """

    day = models.DateField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    examined = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    unverified = models.PositiveIntegerField(default=0)
    rule_gaps = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}"


class CarriedOut(models.Model):
    """A decision on the rule books, carried out for the rights that stood: how many got another verdict by it."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="carried_out")
    moved = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "carried out"

    def __str__(self) -> str:
        return f"{self.edition_id} {self.moved}"


class Closing(models.Model):
    """One right that a run closed: by which rule, how sure that rule is, and whether the page has one at all."""

    run = models.ForeignKey(ClosingRun, on_delete=models.PROTECT, related_name="closings")
    right = models.OneToOneField(ViewRight, on_delete=models.PROTECT)
    rule = models.CharField(max_length=60)
    rule_status = models.CharField(max_length=10)
    rule_gap = models.BooleanField()
    closed_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.right_id} {self.rule}"
