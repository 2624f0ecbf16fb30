"""Course numbers and outsourcing contracts, as the desk keeps them in two files (S14)."""

from typing import ClassVar

from django.db import models


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
