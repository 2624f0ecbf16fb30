"""The course numbers and outsourcing contracts that are known, as the desk keeps them in two files (S14).

While none is known of a kind, its numbers are not checked (docs/decisions/0026).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

if TYPE_CHECKING:
    from inzage.partners.models import Unit


class Course(models.Model):
    """A course that can be registered in IBIS, by its number of five characters."""

    number = models.CharField(max_length=5, unique=True)
    title = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.number


class Contract(models.Model):
    """A unit to which work is outsourced under a number of seven characters; one number may be of several units."""

    outsourcing_number = models.CharField(max_length=7)
    unit = models.ForeignKey("partners.Unit", on_delete=models.CASCADE, related_name="contracts")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["outsourcing_number", "unit"], name="one_contract_a_unit")
        ]

    def __str__(self) -> str:
        return self.outsourcing_number


def is_known_course(number: str) -> bool:
    """Whether there is such a course, as far as courses are known at all."""
    return Course.objects.filter(number=number).exists() or not Course.objects.exists()


def title_of_course(number: str) -> str:
    """What a course is called; empty where that isn't known."""
    return Course.objects.filter(number=number).values_list("title", flat=True).first() or ""


def has_contract(unit: Unit, outsourcing_number: str) -> bool:
    """Whether that contract is the unit's, as far as contracts are known at all."""
    own = Contract.objects.filter(unit=unit, outsourcing_number=outsourcing_number)
    return own.exists() or not Contract.objects.exists()
