"""What is kept of watching over the register: figures of each day, what was checked and what differed, signs."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from inzage.dossiers.models import Dossier
from inzage.partners.models import Unit
from inzage.rule_books.models import Draft
from inzage.view_rights.models import ViewRight


class Figure(models.Model):
    """How many there were of something on a day; counted once, when the day allows it, and never changed.

    `name` says what was counted, `about` of which rule, unit or reason; empty where it is the total.
    """

    day = models.DateField()
    name = models.CharField(max_length=30)
    about = models.CharField(max_length=60, blank=True)
    number = models.PositiveBigIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "day", "about"], name="one_figure_a_day")
        ]
        indexes: ClassVar = [
            models.Index(fields=["name", "day"], name="totals_by_day", condition=models.Q(about=""))
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name} {self.about}: {self.number}"


class Checked(models.Model):
    """Something that was compared, one with one: rights with their facts, or messages with what the other side holds.

    `institution` is empty for a proof. `differing` of the `counted` were not what they should be.
    """

    class Kind(models.TextChoices):
        PROOF = "proof"
        BALANCE = "balance"

    kind = models.CharField(max_length=10, choices=Kind)
    institution = models.CharField(max_length=20, blank=True)
    day = models.DateField()
    checked_at = models.DateTimeField()
    counted = models.PositiveIntegerField()
    differing = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "checked"
        indexes: ClassVar = [models.Index(fields=["kind", "institution", "id"], name="last_checked")]
        constraints: ClassVar = [
            models.CheckConstraint(name="checked_kind_known", condition=Q(kind__in=["proof", "balance"])),
            models.CheckConstraint(
                name="balance_with_an_institution",
                condition=Q(kind="proof", institution="") | Q(kind="balance") & ~Q(institution=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.institution} {self.day}"


class Differing(models.Model):
    """What a proof found to be something else than it should be; the first thousand of a proof.

    A right that is not what its facts and the rules say, a ground whose day has come without a right, or a fact that is
    not what its own history says. A ground or a fact may have no right, and a client's death has no unit either.
    `stored` and `proven` are columns in words: they name no person.
    """

    class Kind(models.TextChoices):
        RIGHT = "right"
        GROUND = "ground"
        FACT = "fact"

    kind = models.CharField(max_length=6, choices=Kind, default=Kind.RIGHT)
    checked = models.ForeignKey(Checked, on_delete=models.PROTECT, related_name="found")
    right = models.ForeignKey(
        ViewRight, on_delete=models.DO_NOTHING, null=True, db_index=False, db_constraint=False
    )
    dossier = models.ForeignKey(Dossier, on_delete=models.DO_NOTHING, db_index=False, db_constraint=False)
    unit = models.ForeignKey(
        Unit, on_delete=models.DO_NOTHING, null=True, db_index=False, db_constraint=False
    )
    stored = models.CharField(max_length=300)
    proven = models.CharField(max_length=300)

    class Meta:
        verbose_name_plural = "differing"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="differing_right_ground_or_fact",
                condition=Q(kind="right", right__isnull=False, unit__isnull=False)
                | Q(kind="ground", unit__isnull=False)
                | Q(kind="fact"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.dossier_id}: {self.stored}; {self.proven}"


class CanaryWatch(models.Model):
    """A canary right was asked for around the midnight at which its `day` ended, so many times, on one process.

    The decision must say yes until midnight and no from then on. `overrun` is how long after it a yes was still
    heard, and `early` how long before it a no was, in microseconds; both 0 where all is well. The moment of the last
    yes or the first no is empty where none was heard.
    """

    day = models.DateField()
    asked = models.PositiveIntegerField()
    last_yes_at = models.DateTimeField(null=True)
    first_no_at = models.DateTimeField(null=True)
    overrun = models.PositiveBigIntegerField()
    early = models.PositiveBigIntegerField()

    class Meta:
        verbose_name_plural = "canary watches"
        constraints: ClassVar = [
            models.CheckConstraint(name="a_canary_was_asked_for", condition=Q(asked__gt=0)),
            models.CheckConstraint(
                name="a_canary_said_something",
                condition=Q(last_yes_at__isnull=False) | Q(first_no_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.overrun} µs"


class Sign(models.Model):
    """A sign of life of one of the worker's duties: when it last did its work, and since when it can't.

    `problem` names the kind of error only: what an error says can hold data of a person.
    """

    duty = models.CharField(max_length=40, unique=True)
    done_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    problem = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="failing_with_problem",
                condition=Q(failing_since=None, problem="") | Q(failing_since__isnull=False) & ~Q(problem=""),
            ),
            models.CheckConstraint(
                name="a_sign_of_something",
                condition=Q(done_at__isnull=False) | Q(failing_since__isnull=False),
            ),
            models.CheckConstraint(
                name="failing_after_it_worked",
                condition=Q(done_at=None) | Q(failing_since=None) | Q(failing_since__gte=F("done_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.duty


class Rehearsed(models.Model):
    """A rehearsal of a draft that somebody asked for, with running terms moved on day `on`: made by the worker.

    `done` of `total` rights were read when it was last `seen_at` work; one that was not seen for a while is begun anew.
    `figures` are what it found, or `failed` says why there is nothing.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="rehearsals")
    on = models.DateField()
    asked_by = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    figures = models.JSONField(null=True)
    failed = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name_plural = "rehearsed"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draft", "on"], condition=Q(finished_at=None), name="one_rehearsal_under_way"
            ),
            models.CheckConstraint(
                name="rehearsal_found_or_failed",
                condition=Q(finished_at=None, figures__isnull=True, failed="")
                | Q(finished_at__isnull=False, figures__isnull=False, failed="")
                | Q(finished_at__isnull=False, figures__isnull=True) & ~Q(failed=""),
            ),
            models.CheckConstraint(
                name="rehearsal_started_before_seen",
                condition=Q(started_at=None, seen_at=None)
                | Q(started_at__isnull=False, seen_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft} {self.on}"


class DraftChecked(models.Model):
    """Somebody asked whether a draft can ever open or lengthen anything, with running terms moved on day `on`, if at
    all: the worker looks.

    `found` is what it came to, or `failed` says why there is nothing. One that was begun long ago is begun anew.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="checks")
    on = models.DateField(null=True)
    asked_by = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    found = models.JSONField(null=True)
    failed = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name_plural = "drafts checked"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draft", "on"], condition=Q(finished_at=None), name="one_check_under_way"
            ),
            models.UniqueConstraint(
                fields=["draft"],
                condition=Q(finished_at=None, on=None),
                name="one_check_of_no_move_under_way",
            ),
            models.CheckConstraint(
                name="check_found_or_failed",
                condition=Q(finished_at=None, found__isnull=True, failed="")
                | Q(started_at__isnull=False, finished_at__isnull=False, found__isnull=False, failed="")
                | Q(started_at__isnull=False, finished_at__isnull=False, found__isnull=True) & ~Q(failed=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft} {self.on or ''}"
