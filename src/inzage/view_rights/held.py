"""What is kept of rights that wait for a person: the evening checks, the answers, and what was restored after an error.

All but the report of a check is only ever added.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

from django.db import models
from django.db.models import F, Q

from inzage.rules.names import Held


class Part(NamedTuple):
    """A part that would end unusually many: `kind` is unit, rule or all; its id, its name for people, how many."""

    kind: str
    id: Any
    name: str
    number: int


def as_kept(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """Parts as reports keep them: `{"part": "unit", "of": "OE1", "number": 1200}`, part being unit, rule or all."""
    return [{"part": part.kind, "of": part.name, "number": part.number} for part in parts]


class EveningCheck(models.Model):
    """The report of a day's check, however often it was looked at: when last, how many rights it held, and why.

    `told` is how many of them officials were told of.

    `above` names the parts that would have ended unusually many.
    """

    day = models.DateField(unique=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    examined = models.PositiveIntegerField(default=0)
    held_by_rule = models.PositiveIntegerField(default=0)
    held_by_threshold = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)
    above = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.day}"

    @property
    def held(self) -> int:
        """How many it held in all."""
        return self.held_by_rule + self.held_by_threshold

    def note(self, above: Iterable[Part], examined: int) -> None:
        """Take these parts and their newest numbers in, and how many would end; nothing is stored yet."""
        parts = [*self.above, *as_kept(above)]
        self.above = list({(each["part"], each["of"]): each for each in parts}.values())
        self.examined = max(self.examined, examined)


def last_check(today: date) -> EveningCheck | None:
    """The finished check of the last evening up to today, whatever was looked at ahead of its evening."""
    return EveningCheck.objects.filter(day__lte=today).exclude(finished_at=None).order_by("-day").first()


class UnusualDay(models.Model):
    """A day to come on which parts would end unusually many, as it stood at that moment: its evening will hold them."""

    day = models.DateField(unique=True)
    above = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day}"


class Answer(StrEnum):
    """What a person says of a right that waits: it ends as the rules say, or it goes on."""

    CONFIRMED = "confirmed"
    KEPT = "kept"


class HeldAnswer(models.Model):
    """An answer about one right, by whom, when and why; one at most for each day on which it was held."""

    right = models.ForeignKey("view_rights.ViewRight", on_delete=models.PROTECT, related_name="answers")
    held = models.CharField(max_length=10)
    proposed_last_day = models.DateField()
    answer = models.CharField(max_length=10)
    by = models.CharField(max_length=100)
    day = models.DateField()
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["right", "proposed_last_day"], name="one_answer_a_hold"),
            models.CheckConstraint(name="answer_known", condition=Q(answer__in=list(map(str, Answer)))),
            models.CheckConstraint(name="answer_to_a_hold", condition=Q(held__in=list(map(str, Held)))),
            models.CheckConstraint(name="answer_with_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.right_id} {self.answer}"


class Restoration(models.Model):
    """Somebody asks that a right, closed by an error, stands again: as a new right. Another decides."""

    right = models.ForeignKey("view_rights.ViewRight", on_delete=models.PROTECT, related_name="restorations")
    reason = models.CharField(max_length=300)
    asked_by = models.CharField(max_length=100)
    asked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="restoration_with_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.right_id} {self.asked_by}"


class RestorationAnswer(models.Model):
    """The decision on it: approved by another than who asked, which opened a right; or refused, with the reason."""

    restoration = models.OneToOneField(Restoration, on_delete=models.PROTECT, related_name="answer")
    opened = models.OneToOneField(
        "view_rights.ViewRight", on_delete=models.PROTECT, null=True, related_name="restored_by"
    )
    asked_by = models.CharField(max_length=100)
    answered_by = models.CharField(max_length=100)
    at = models.DateTimeField()
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="restored_with_four_eyes", condition=Q(opened=None) | ~Q(answered_by=F("asked_by"))
            ),
            models.CheckConstraint(
                name="restoration_refused_with_reason", condition=Q(opened__isnull=False) | ~Q(remark="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.restoration_id} {self.answered_by}"
