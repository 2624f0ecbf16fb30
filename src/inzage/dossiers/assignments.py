"""Who owned a dossier, under which service, and how that ended; what every fact about a unit in a dossier has."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from inzage.journal.models import Version
from inzage.partners.models import Service, Unit
from inzage.rules.names import OwnershipEnd


class DossierFact(models.Model):
    """What a fact about one unit in one dossier has in common. `source_id` is the number a register gives it."""

    source_id = models.CharField(max_length=64, null=True, unique=True)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False)

    class Meta:
        abstract = True


class AssignmentState(models.Model):
    """The columns of an assignment and of its versions; days are half-open: `ended_on` is the first day without.

    `end_reason` is why it ended in somebody's words, `ended_by` how, where they said one of the known ends.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, db_index=False)
    makes_owner = models.BooleanField()
    assigned_on = models.DateField()
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)
    ended_by = models.CharField(max_length=22, blank=True, choices=[(end, end) for end in OwnershipEnd])
    end_recorded_on = models.DateField(null=True)
    contact = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class Assignment(DossierFact, AssignmentState):
    """A job-seeker assigned to a unit under a service: ownership of the dossier, where the service is tendered (S02).

    One owner at a time is kept by the database. Earlier owners and their contact stay readable.
    """

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["dossier", "unit"], name="assignment_by_dossier"),
            models.Index(
                fields=["service", "assigned_on"],
                name="ownerships_by_service",
                condition=Q(makes_owner=True),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="assignment_ends_after_start",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("assigned_on")),
            ),
            models.CheckConstraint(
                name="assignment_end_with_reason",
                condition=Q(ended_on=None, end_reason="") | Q(ended_on__isnull=False) & ~Q(end_reason=""),
            ),
            models.CheckConstraint(
                name="assignment_ended_by_known",
                condition=Q(ended_by="")
                | Q(ended_by__in=[str(end) for end in OwnershipEnd], ended_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.assigned_on}"


class AssignmentVersion(Version, AssignmentState):
    """What an assignment was from `recorded_at` on."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, db_index=False)
    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, db_index=False, db_constraint=False
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False, db_constraint=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["dossier"], name="assignment_versions")]
