"""The systems that may ask, and what about: units, and parts of a dossier. Each change leaves a version."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from inzage.journal.models import Version
from inzage.partners.models import Unit
from inzage.rules.names import Part


class CallerState(models.Model):
    """What a caller may ask about: every unit or a list of them, and these parts of a dossier."""

    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    all_units = models.BooleanField(default=False)
    general = models.BooleanField(default=False)
    steps = models.BooleanField(default=False)
    confidential = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @property
    def parts(self) -> frozenset[Part]:
        """The parts of a dossier it may ask about."""
        return frozenset(part for part in Part if getattr(self, part))


class Caller(CallerState):
    """A system that asks for decisions, known by the `client_id` in its tokens. Stopped, it is kept for the record."""

    client_id = models.CharField(max_length=200, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="caller_has_client_id", condition=~Q(client_id="")),
            models.CheckConstraint(name="caller_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="active_caller_asks_about_a_part",
                condition=Q(is_active=False) | Q(general=True) | Q(steps=True) | Q(confidential=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.client_id})"


class CallerUnit(models.Model):
    """A unit that a caller may ask about; of no meaning while `all_units` is set."""

    caller = models.ForeignKey(Caller, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="callers")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["caller", "unit"], name="one_caller_unit_a_pair")
        ]

    def __str__(self) -> str:
        return f"{self.caller} @ {self.unit}"


class CallerVersion(Version, CallerState):
    """What a caller could ask about from a moment on. `units` are OE numbers, sorted."""

    caller = models.ForeignKey(Caller, on_delete=models.PROTECT, related_name="versions")
    units = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.caller_id} since {self.recorded_at}"
