"""Decisions given to other systems: the request, the answer, and what each rested on (S01).

The fields are those of the Authorization Decision Log (Logius, draft); docs/decisions/0038 says where each stands.
"""

from typing import ClassVar

from django.db import models


class DecisionRecord(models.Model):
    """One call and its answer, on record before the answer left.

    `request` is the text as it came. `response` keeps of each decision the reason and the last day, and says that it
    leaves out what follows from them. Both are text and not JSON columns, which can't hold every JSON text there is.
    `id` grows with time.
    """

    id = models.UUIDField(primary_key=True)
    trace_id = models.CharField(max_length=32)
    span_id = models.CharField(max_length=16)
    timestamp = models.DateTimeField(db_index=True)
    type = models.CharField(max_length=20)
    caller = models.CharField(max_length=200)
    request_id = models.CharField(max_length=200, blank=True)
    request = models.TextField()
    response = models.TextField()
    rule_book = models.CharField(max_length=20)
    release = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.timestamp:%Y-%m-%d %H:%M:%S} {self.caller} {self.type}"


class Decided(models.Model):
    """One decision of a record, in its place, and the right and facts it rested on.

    `asked_about` is a past or future moment where the call asked about one. A search has one row for each dossier
    found. Keys to other tables have no constraint: each was read there in answering, and those tables lose no row.
    """

    pk = models.CompositePrimaryKey("record", "position")
    record = models.ForeignKey(
        DecisionRecord,
        on_delete=models.PROTECT,
        related_name="decisions",
        db_index=False,
        db_constraint=False,
    )
    position = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=20, blank=True)
    person = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=40, blank=True)
    dossier = models.BigIntegerField(null=True)
    action = models.CharField(max_length=10, blank=True)
    part = models.CharField(max_length=15, blank=True)
    asked_about = models.DateTimeField(null=True)
    allowed = models.BooleanField()
    reason = models.CharField(max_length=25)
    right = models.BigIntegerField(null=True)
    rule = models.CharField(max_length=60, blank=True)
    rule_version = models.CharField(max_length=20, blank=True)
    rule_status = models.CharField(max_length=10, blank=True)
    anchor_event = models.CharField(max_length=20, blank=True)
    anchor_on = models.DateField(null=True)
    last_day = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["dossier", "record", "position"],
                name="decided_of_dossier",
                condition=models.Q(dossier__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.position}: {self.reason}"
