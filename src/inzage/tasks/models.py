"""What a person must do; the same thing is asked once while it is open."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from inzage.dossiers.models import Dossier
from inzage.partners.models import Unit


class Task(models.Model):
    """Something to be done by VDAB (`unit` empty) or a unit. `subject` makes it one task however often it is found.

    `done_by` is empty where a task closed by itself. A task about what came from or went to another institution may
    concern no dossier.
    """

    class Kind(models.TextChoices):
        WITHDRAWAL = "withdrawal"
        IMPORT_DIFFERENCE = "import_difference"
        RULE_GAP = "rule_gap"
        ENROLMENT = "enrolment"
        BALANCE = "balance"
        IBIS_DIFFERENCE = "ibis_difference"
        OBJECTION = "objection"
        QUESTION = "question"

    kind = models.CharField(max_length=20, choices=Kind)
    subject = models.CharField(max_length=100)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True)
    detail = models.TextField()
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["kind", "id"], name="tasks_open_at_desks", condition=Q(done_at=None, unit=None)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=Q(done_at=None), name="one_open_task_a_subject"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
