"""What came in from other institutions: each original kept as it came, and what became of it (S14, S02)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from inzage.dossiers.models import Activity, Dossier


class Cursor(models.Model):
    """How far a source has been read: written in the transaction that keeps what was read."""

    source = models.CharField(max_length=20, unique=True)
    position = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.source} {self.position}"


class ReceivedState(models.TextChoices):
    """What became of a message.

    Waiting to be applied, applied, overtaken by a later revision that came first, in quarantine until a person has
    corrected it, or set aside by a person for good.
    """

    WAITING = "waiting"
    APPLIED = "applied"
    OVERTAKEN = "overtaken"
    QUARANTINED = "quarantined"
    SET_ASIDE = "set_aside"


class Received(models.Model):
    """A message from `source`; of one `message_id` the highest `revision` counts.

    Where each message tells the whole state of one thing, `about` is that thing, and its highest `revision` counts.
    `original` is what came, `corrected` what a desk made of it. `reason` is why it can't be taken, as a code;
    `detail` tells a person what was found and what was expected.
    """

    source = models.CharField(max_length=20)
    message_id = models.CharField(max_length=100)
    revision = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=100)
    about = models.CharField(max_length=100, blank=True)
    client_number = models.CharField(max_length=40, blank=True)
    original = models.TextField()
    corrected = models.TextField(blank=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=ReceivedState, default=ReceivedState.WAITING)
    reason = models.CharField(max_length=40, blank=True)
    detail = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=100, blank=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True)

    class Meta:
        verbose_name_plural = "received"
        indexes: ClassVar = [
            models.Index(fields=["source", "id"], name="received_waiting", condition=Q(state="waiting")),
            models.Index(
                fields=["source", "id"], name="received_quarantined", condition=Q(state="quarantined")
            ),
            models.Index(fields=["source", "id"], name="received_overtaken", condition=Q(state="overtaken")),
            models.Index(fields=["source", "id"], name="received_set_aside", condition=Q(state="set_aside")),
            models.Index(fields=["source", "received_at"], name="received_by_day"),
            models.Index(
                fields=["source", "about", "revision"], name="received_about", condition=~Q(about="")
            ),
            models.Index(
                fields=["source", "client_number"],
                name="received_held_up",
                condition=Q(state="quarantined") & ~Q(client_number=""),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "message_id", "revision"], name="a_message_is_received_once"
            ),
            models.CheckConstraint(name="received_state_known", condition=Q(state__in=ReceivedState.values)),
            models.CheckConstraint(
                name="quarantined_with_reason", condition=~Q(state="quarantined") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="settled_with_moment",
                condition=Q(state="waiting", settled_at=None)
                | ~Q(state="waiting") & Q(settled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.message_id} {self.revision}"

    @property
    def text(self) -> str:
        """What is to be applied: the correction, where a desk made one."""
        return self.corrected or self.original


class Handling(models.Model):
    """What a person did with a message in quarantine, and what became of it then. Only added, never changed.

    `text` is the correction, or why it was set aside; `reason` why it still can't be taken, where it can't.
    """

    class Act(models.TextChoices):
        CORRECT = "correct"
        REPLAY = "replay"
        SET_ASIDE = "set_aside"

    received = models.ForeignKey(Received, on_delete=models.PROTECT, related_name="handlings")
    act = models.CharField(max_length=10, choices=Act)
    text = models.TextField(blank=True)
    became = models.CharField(max_length=12, choices=ReceivedState)
    reason = models.CharField(max_length=40, blank=True)
    handled_at = models.DateTimeField()
    handled_by = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"{self.act} {self.received_id}"
