"""Where a client lives, by municipality and by day: moves are only added, so that what was is never changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from inzage.rules.brussels import in_brussels

if TYPE_CHECKING:
    from inzage.dossiers.models import Client


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


def municipality_of(client: Client, on: date) -> str:
    """The NIS code of where the client lives on a day: by the last move, or as the register first had it."""
    moves = Address.objects.filter(client=client, lives_from__lte=on).order_by("lives_from", "pk")
    last_by_day = dict(moves.values_list("lives_from", "nis_code"))
    return next((code for code in reversed(last_by_day.values()) if code), client.nis_code)


def lives_in_brussels(client: Client, on: date) -> bool:
    """Whether the client is a Brussels participant on that day."""
    return in_brussels(municipality_of(client, on), on)
