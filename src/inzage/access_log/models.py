"""Who looked, at what, why it was allowed: lines that are only ever added (S01)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from inzage.access_log.decisions import Decided, DecisionRecord
from inzage.access_log.questions import Question
from inzage.dossiers.models import Dossier

__all__ = ["AccessLine", "Decided", "DecisionRecord", "Question", "ShownDossier", "Why"]


class Why(models.TextChoices):
    """Where the reason on a line comes from: somebody stated it, or a page gives it by itself.

    That is the work that led to the dossier, the data protection officer's watching over the log, or why a search was
    not carried out.
    """

    NONE = ""
    STATED = "stated"
    WORK = "work"
    WATCH = "watch"
    REFUSED = "refused"


class AccessLine(models.Model):
    """One look, list, search or export by one person for one unit, at one moment.

    `stated_reason` is what somebody of VDAB gave who looked outside the own work list, or what a page says by itself;
    `reason_kind` which of these it is. It is null on lines of before it was kept.
    """

    class Kind(models.TextChoices):
        LOOK = "look"
        LIST = "list"
        SEARCH = "search"
        EXPORT = "export"

    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=8, choices=Kind)
    person = models.CharField(max_length=100)
    unit = models.CharField(max_length=40, blank=True)
    part = models.CharField(max_length=15)
    stated_reason = models.CharField(max_length=300, blank=True)
    reason_kind = models.CharField(max_length=8, choices=Why, null=True, blank=True)
    request_id = models.UUIDField(default=uuid.uuid4)

    class Meta:
        indexes: ClassVar = [  # each gives the newest first
            models.Index(fields=["person", "at", "id"], name="lines_by_person"),
            models.Index(fields=["unit", "at", "id", "kind"], name="lines_of_unit"),
            models.Index(fields=["kind", "at", "id"], name="lines_by_kind"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="reason_of_its_kind",
                condition=Q(reason_kind=None)
                | Q(reason_kind=Why.NONE, stated_reason="")
                | Q(reason_kind__in=[Why.STATED, Why.WORK, Why.WATCH, Why.REFUSED]) & ~Q(stated_reason=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"


class ShownDossier(models.Model):
    """A dossier that a line showed, on which right (its id), by which rule and how sure that is (S19), and why.

    No right for VDAB's own people.
    """

    line = models.ForeignKey(AccessLine, on_delete=models.PROTECT, related_name="shown")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, db_index=False)
    right = models.BigIntegerField(null=True)
    rule = models.CharField(max_length=60, blank=True)
    rule_status = models.CharField(max_length=10, blank=True)
    last_day = models.DateField(null=True)
    verdict = models.CharField(max_length=40)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["dossier", "id"], name="shown_of_dossier")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "dossier"], name="a_dossier_once_a_line")
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.dossier_id}"
