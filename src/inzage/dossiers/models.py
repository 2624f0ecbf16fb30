"""Clients, their dossiers, who owned them, and the activities in Stappen naar werk; each with its versions."""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from inzage.dossiers.accounts import ClientAccount
from inzage.dossiers.assignments import Assignment, AssignmentVersion, DossierFact
from inzage.dossiers.enrolments import Enrolment, EnrolmentVersion, RecordCard
from inzage.dossiers.lines import FROM_IBIS, NOT_BEGUN
from inzage.dossiers.moves import Address
from inzage.dossiers.names import key_of
from inzage.journal.expressions import HasCheckDigits
from inzage.journal.models import Version
from inzage.partners.models import Unit
from inzage.rules.lines import state_on
from inzage.rules.names import Kind, State

__all__ = [
    "Activity",
    "ActivityVersion",
    "Address",
    "Assignment",
    "AssignmentVersion",
    "Client",
    "ClientAccount",
    "ClientVersion",
    "Dossier",
    "DossierFact",
    "EarlierRun",
    "Enrolment",
    "EnrolmentVersion",
    "Performance",
    "RecordCard",
]


class ClientState(models.Model):
    """The columns of a client and of its versions."""

    insz = models.CharField(max_length=11)
    family_name = models.CharField(max_length=200)
    given_name = models.CharField(max_length=200)
    nis_code = models.CharField(max_length=10, blank=True)
    deceased_on = models.DateField(null=True)
    death_recorded_on = models.DateField(null=True)

    class Meta:
        abstract = True


class Client(ClientState):
    """A job-seeker. `deceased_on` is the first day without any right on the dossier; entered late, the day of entry is.

    `nis_code` is where the client lived when the register first heard of them; every move since is an `Address`.
    A source may know one person under two client numbers, so an INSZ number can stand here twice (decision 0017).
    `name_key` is the name as people look it up; the database keeps the same beside each open right.
    """

    client_number = models.CharField(max_length=40, unique=True)
    name_key = models.TextField(editable=False, db_default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["insz"], name="client_by_insz"),
            models.Index(fields=["id"], name="deceased_clients", condition=Q(deceased_on__isnull=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="insz_well_formed", condition=HasCheckDigits("insz", 9, or_prefix="2")
            )
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With the key that goes with the name."""
        self.name_key = key_of(self.family_name, self.given_name)
        super().save(*args, **kwargs)


class Dossier(models.Model):
    """A client's file. Its row is the lock that every use case takes first; `reference` is what others may see.

    `imported_digest` is what an import said of this client last, so that saying it again changes nothing.
    """

    client = models.OneToOneField(Client, on_delete=models.PROTECT)
    reference = models.UUIDField(unique=True, default=uuid.uuid4)
    imported_digest = models.BinaryField(max_length=32, null=True)

    def __str__(self) -> str:
        return str(self.reference)


class ActivityState(models.Model):
    """What an activity is, and its days. `closed_on` is the day it was closed in the system.

    `work_ended_on` is the day on which the work itself ended.
    `end_recorded_on` is the day the end was entered in use, where that matters: never earlier than the end counts.
    `reopened_on` is the day from which it runs again; the stretches before are its `EarlierRun`s.
    """

    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in Kind])
    title = models.CharField(max_length=200, blank=True)
    course_number = models.CharField(max_length=40, blank=True)
    outsourcing_number = models.CharField(max_length=40, blank=True)
    requested_on = models.DateField(null=True)
    started_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    cancelled_on = models.DateField(null=True)
    work_ended_on = models.DateField(null=True)
    end_recorded_on = models.DateField(null=True)
    reopened_on = models.DateField(null=True)

    class Meta:
        abstract = True


class Activity(DossierFact, ActivityState):
    """A line in Stappen naar werk; `unit` executes it. A replaced executor's line closes and a new one continues it.

    `ibis_registered_on` is the day of registration of a line that comes from IBIS: it starts no sooner than the next.
    """

    continues = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="continued_by")
    ibis_registered_on = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "activities"
        indexes: ClassVar = [
            models.Index(fields=["dossier", "unit"], name="activity_by_dossier"),
            models.Index(fields=["unit", "closed_on"], name="activity_by_unit"),
            models.Index(fields=["unit"], name="lines_from_ibis", condition=FROM_IBIS),
            models.Index(fields=["unit"], name="lines_to_start", condition=NOT_BEGUN),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="activity_kind_known", condition=Q(kind__in=[str(kind) for kind in Kind])
            ),
            models.CheckConstraint(
                name="activity_begins", condition=Q(requested_on__isnull=False) | Q(started_on__isnull=False)
            ),
            *(
                models.CheckConstraint(
                    name=f"activity_{end}_after_it_began",
                    condition=Q(**{f"{end}_on": None})
                    | Q(**{f"{end}_on__gte": Coalesce("reopened_on", "started_on", "requested_on")}),
                )
                for end in ("closed", "cancelled")
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.kind

    def state_on(self, day: date) -> State:
        """The state at the end of `day` (aanvraag, bezig, afgesloten, geannuleerd)."""
        return state_on(
            day, started_on=self.started_on, closed_on=self.closed_on, cancelled_on=self.cancelled_on
        )


class ActivityVersion(Version, ActivityState):
    """What an activity was, and who executed it, from `recorded_at` on."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, db_index=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False, db_constraint=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["dossier"], name="activity_versions")]


class EarlierRun(models.Model):
    """A stretch of an activity that ended before it was reopened: the days between are no part of it. Never changed.

    `ended_by` is empty where it was cancelled before it ever ran.
    """

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="earlier_runs", db_index=False
    )
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=12)
    begun_on = models.DateField()
    ended_on = models.DateField()
    ended_by = models.CharField(max_length=20, blank=True)
    end_recorded_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["dossier"], name="earlier_runs_by_dossier"),
            models.Index(fields=["activity"], name="earlier_runs_by_activity"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="earlier_run_ends_after_start", condition=Q(ended_on__gte=F("begun_on"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.begun_on} to {self.ended_on}"


class Performance(models.Model):
    """Hours present, or absent with the reason, on one day of an activity. A correction is a row that replaces one."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="performances")
    day = models.DateField()
    hours_present = models.DecimalField(max_digits=4, decimal_places=2)
    hours_absent = models.DecimalField(max_digits=4, decimal_places=2)
    absence_reason = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["activity", "day"], condition=Q(replaces=None), name="one_first_performance_a_day"
            ),
            models.CheckConstraint(
                name="performance_hours_of_a_day",
                condition=Q(
                    hours_present__gte=0, hours_absent__gte=0, hours_present__lte=24 - F("hours_absent")
                ),
            ),
            models.CheckConstraint(
                name="absence_with_reason", condition=Q(hours_absent=0) | ~Q(absence_reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.day}"


class ClientVersion(Version, ClientState):
    """What was known of a client from `recorded_at` on."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT)
