"""Objections: a client shuts out one unit until he or she lifts that again; each with its versions."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from inzage.dossiers.models import Dossier
from inzage.journal.models import Version
from inzage.partners.models import Unit
from inzage.rules.days import midnight
from inzage.rules.periods import day_after


class ObjectionState(models.Model):
    """The columns of an objection and of its versions. `reason` is the client's own, and may be empty.

    `answer` is what a mediator answers the client, where a right stays in spite of the objection. `lift_reason` is why
    VDAB lifted it for the client; one that the client lifts has none.
    """

    reason = models.TextField(blank=True)
    objected_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=100, blank=True)
    lift_reason = models.TextField(blank=True, default="", db_default="")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Objection(ObjectionState):
    """The client wants this unit to see nothing. It stands until it is lifted; a lifted one is final.

    One at most stands for a dossier and a unit; the database sees to that.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["dossier", "unit"], name="objection_by_dossier")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "unit"],
                condition=Q(lifted_at=None),
                name="one_standing_objection_to_a_unit",
            ),
            models.CheckConstraint(
                name="objection_lifted_by_somebody",
                condition=Q(lifted_at=None, lifted_by="") | Q(lifted_at__isnull=False) & ~Q(lifted_by=""),
            ),
            models.CheckConstraint(
                name="objection_lifted_after_it_was_made",
                condition=Q(lifted_at=None) | Q(lifted_at__gte=F("objected_at")),
            ),
            models.CheckConstraint(
                name="objection_lifted_for_a_reason",
                condition=Q(lift_reason="") | Q(lifted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="objection_answered_with_words",
                condition=Q(answered_at=None, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.objected_at:%Y-%m-%d}"


class ObjectionVersion(Version, ObjectionState):
    """What an objection was from `recorded_at` on."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, db_index=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False, db_constraint=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["dossier"], name="objection_versions")]


def standing_objection(dossier_id: int, unit_id: int) -> Objection | None:
    """The client's objection to this unit that stands now."""
    standing = Objection.objects.filter(dossier=dossier_id, unit=unit_id, lifted_at=None)
    return standing.select_related("unit").first()


def objected_since(dossier_id: int, unit_id: int, day: date) -> bool:
    """Whether an objection to this unit stood at the end of that day or was made later: consents of it don't count."""
    ended = midnight(day_after(day))
    not_over = Q(lifted_at=None) | Q(lifted_at__gte=ended)
    return Objection.objects.filter(not_over, dossier=dossier_id, unit=unit_id).exists()
