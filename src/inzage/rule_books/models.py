"""Texts of rule books, what was proposed to do with them, and what was decided: rows that are only ever added."""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate

from inzage.rules.days import BRUSSELS


class Draft(models.Model):
    """A rule book as somebody wrote it: readable when it was kept. `digest` is the SHA-256 of its text."""

    name = models.CharField(max_length=60)
    text = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    starts_on = models.DateField()
    author = models.CharField(max_length=100)
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.starts_on}"


class Act(StrEnum):
    """What can be done with a text: put in force from its first day, or move the terms that run already to it."""

    PUBLISH = "publish"
    MIGRATE = "migrate"


class Proposal(models.Model):
    """Somebody proposes to do this with a text, having rehearsed it; another decides.

    `on` is the day from which it has effect: of a publication the first day of the book, of a migration the day on
    which running terms move. `rehearsal` is what the rehearsal found, in figures (JSON).
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="proposals")
    act = models.CharField(max_length=10, choices=[(act, act) for act in Act])
    on = models.DateField()
    rehearsal = models.JSONField()
    proposed_by = models.CharField(max_length=100)
    proposed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="proposal_act_known", condition=Q(act__in=[str(act) for act in Act])),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.draft_id} {self.on}"


class Verdict(StrEnum):
    """What became of a proposal. What was approved can be taken back until the day on which it has effect."""

    APPROVED = "approved"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


class Edition(models.Model):
    """A decision on a proposal, and with it a new edition of the rule books: which of them are in force is folded
    from all of these, as they stand now or as they stood at a past moment.

    Nobody approves what he or she proposed. `on` repeats the day of the proposal: no decision comes on or after it.
    `day` is that of the moment `at`, in Brussels.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="editions")
    verdict = models.CharField(max_length=10, choices=[(verdict, verdict) for verdict in Verdict])
    proposed_by = models.CharField(max_length=100)
    on = models.DateField()
    by = models.CharField(max_length=100)
    day = models.DateField()
    at = models.DateTimeField()
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="edition_verdict_known", condition=Q(verdict__in=[str(verdict) for verdict in Verdict])
            ),
            models.CheckConstraint(
                name="edition_by_another", condition=~Q(verdict="approved") | ~Q(by=F("proposed_by"))
            ),
            models.CheckConstraint(
                name="edition_before_its_day", condition=Q(verdict="refused") | Q(day__lt=F("on"))
            ),
            models.CheckConstraint(
                name="edition_on_the_day_of_its_moment", condition=Q(day=TruncDate("at", tzinfo=BRUSSELS))
            ),
            models.UniqueConstraint(fields=["proposal", "verdict"], name="one_verdict_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.proposal_id}"

    @property
    def is_own_no(self) -> bool:
        """Whether who proposed it said no: it was not refused, but taken back before anybody decided."""
        return self.verdict == Verdict.REFUSED and self.by == self.proposed_by
