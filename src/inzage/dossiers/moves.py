"""A client's moves: only added, so that where the client lived is never changed."""

from typing import ClassVar

from django.db import models


class Address(models.Model):
    """The client lives in this municipality from `lives_from` on. No street: the municipality is all that matters here.

    For one day the row recorded last counts; one without a code takes a move back.
    """

    client = models.ForeignKey(
        "dossiers.Client", on_delete=models.PROTECT, related_name="moves", db_index=False
    )
    nis_code = models.CharField(max_length=10, blank=True)
    lives_from = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)
    source = models.CharField(max_length=40)

    class Meta:
        verbose_name_plural = "addresses"
        indexes: ClassVar = [models.Index(fields=["client", "lives_from"], name="addresses_of_client")]

    def __str__(self) -> str:
        return f"{self.nis_code} from {self.lives_from}"
