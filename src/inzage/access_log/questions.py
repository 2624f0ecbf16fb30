"""What a client asks about a look at the own dossier, and the answer that stands with it."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from inzage.partners.models import Unit

OPEN = Q(answered_at=None)
"""The questions that wait for an answer."""


class Question(models.Model):
    """Why did you look? Asked by a client about one line, to the unit of that line; to VDAB where it names no unit.

    `due_on` is the last day on which the unit can answer in time. Once asked, what was asked stays as it is; once
    answered, the answer too. `by_officer`: the data protection officer answered, and not the unit.
    """

    shown = models.ForeignKey("access_log.ShownDossier", on_delete=models.PROTECT, related_name="questions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, db_index=False)
    asked_by = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    text = models.CharField(max_length=1000)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=100, blank=True)
    by_officer = models.BooleanField(default=False)
    answer = models.CharField(max_length=2000, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "due_on", "id"], name="questions_to_unit", condition=OPEN),
            models.Index(fields=["unit", "-id"], name="questions_answered_by_unit", condition=~OPEN),
            models.Index(fields=["due_on", "id"], name="questions_by_due_day", condition=OPEN),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shown"], name="one_open_question_a_look", condition=OPEN),
            models.CheckConstraint(
                name="question_answered_whole",
                condition=Q(answered_at=None, answered_by="", answer="", by_officer=False)
                | Q(answered_at__gte=F("asked_at")) & ~Q(answered_by="") & ~Q(answer=""),
            ),
            models.CheckConstraint(name="question_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.shown_id} {self.due_on}"

    def is_overdue(self, on: date) -> bool:
        """Whether the last day for an answer is past on that day, and there is none."""
        return self.answered_at is None and self.due_on < on
