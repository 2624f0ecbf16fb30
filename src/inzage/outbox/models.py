"""What waits to be delivered to others: written in the transaction that causes it, sent by the worker (S13)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q


class Destination(models.Model):
    """Whom we send to. `paused_until` is what it asked for (429).

    Once stopped (410) it wants no more, until a person resumes. `taken_at` is, within seconds, when it last took one.
    """

    name = models.CharField(max_length=20, unique=True)
    paused_until = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_because = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name


class DeliveryState(models.TextChoices):
    """Where a message is: waiting (its turn, or for another try), delivered, or parked until a person looks."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    PARKED = "parked"


class Delivery(models.Model):
    """A message for a destination. Those of one `stream` (a dossier) go in the order of `sequence`, one by one.

    `body` is what is sent, byte for byte, at every try, so that `event_id` names one thing for ever.
    `taken_until` keeps other workers off while one is sending; one that died lets go by itself.
    """

    destination = models.CharField(max_length=20)
    stream = models.CharField(max_length=40)
    sequence = models.PositiveIntegerField()
    event_id = models.UUIDField(unique=True, default=uuid.uuid4)
    kind = models.CharField(max_length=100)
    body = models.TextField()
    created_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    taken_until = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        indexes: ClassVar = [
            models.Index(
                fields=["destination", "due_at", "id"],  # the whole order in which they go: never sorted
                name="deliveries_in_turn",
                condition=Q(state="waiting"),
            ),
            models.Index(
                fields=["destination", "stream", "sequence"],
                name="deliveries_under_way",
                condition=~Q(state="delivered"),
            ),
            models.Index(fields=["destination", "created_at"], name="deliveries_by_day"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["destination", "stream", "sequence"], name="one_delivery_a_place_in_a_stream"
            ),
            models.CheckConstraint(name="delivery_state_known", condition=Q(state__in=DeliveryState.values)),
            models.CheckConstraint(
                name="delivered_with_moment",
                condition=Q(state="delivered", delivered_at__isnull=False)
                | ~Q(state="delivered") & Q(delivered_at=None),
            ),
            models.CheckConstraint(name="parked_with_problem", condition=~Q(state="parked") | ~Q(problem="")),
        ]

    def __str__(self) -> str:
        return f"{self.destination} {self.stream} {self.sequence}"
