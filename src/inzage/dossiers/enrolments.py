"""Enrolment with Actiris beside the dossier (S07, S09), and the school's record card (S10)."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from inzage.journal.models import Version
from inzage.partners.models import Unit
from inzage.rules.names import Channel, EnrolmentStatus


class EnrolmentState(models.Model):
    """The columns of an enrolment and of its versions. `checked_on` is the day on which it was last seen to be so.

    `ended_on` is the first day without it.
    """

    status = models.CharField(max_length=15, choices=[(status, status) for status in EnrolmentStatus])
    channel = models.CharField(max_length=15, blank=True, choices=[(channel, channel) for channel in Channel])
    enrolled_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    checked_on = models.DateField()

    class Meta:
        abstract = True


class Enrolment(EnrolmentState):
    """What is known of a client's enrolment with Actiris. It never stands in the way of a right: it warns (S07)."""

    client = models.OneToOneField("dossiers.Client", on_delete=models.PROTECT)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["client"], name="enrolments_that_end", condition=Q(ended_on__isnull=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="enrolment_status_known", condition=Q(status__in=list(map(str, EnrolmentStatus)))
            ),
            models.CheckConstraint(
                name="enrolment_channel_known", condition=Q(channel__in=["", *map(str, Channel)])
            ),
            models.CheckConstraint(
                name="enrolment_ends_after_start",
                condition=Q(ended_on=None) | Q(enrolled_on=None) | Q(ended_on__gte=F("enrolled_on")),
            ),
            models.CheckConstraint(
                name="enrolment_ended_with_day",
                condition=~Q(status=str(EnrolmentStatus.ENDED)) | Q(ended_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.status


class EnrolmentVersion(Version, EnrolmentState):
    """What was known of an enrolment from `recorded_at` on."""

    client = models.ForeignKey("dossiers.Client", on_delete=models.PROTECT)


class RecordCard(models.Model):
    """The card on which a school puts a pupil's data for Actiris (S10). Never changed: a correction replaces one."""

    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="record_cards")
    school = models.ForeignKey(Unit, on_delete=models.PROTECT)
    centre = models.CharField(max_length=3, choices=[("CDO", "CDO"), ("CDV", "CDV")])
    school_year = models.CharField(max_length=9)
    course = models.CharField(max_length=200)
    starts_on = models.DateField()
    filled_in_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "school", "school_year"],
                condition=Q(replaces=None),
                name="one_first_card_a_pupil_and_year",
            ),
            models.CheckConstraint(name="record_card_centre_known", condition=Q(centre__in=["CDO", "CDV"])),
        ]

    def __str__(self) -> str:
        return f"{self.centre} {self.school_year}"


def status_on(enrolment: Enrolment | None, day: date) -> EnrolmentStatus | None:
    """What is known of an enrolment on a day: announced ends and beginnings count from their own day; None: nothing."""
    if enrolment is None:
        return None
    if enrolment.ended_on is not None and enrolment.status != EnrolmentStatus.NOT_ENROLLED:
        return EnrolmentStatus.ENDED if enrolment.ended_on <= day else EnrolmentStatus.ENROLLED
    if enrolment.enrolled_on is not None and enrolment.enrolled_on > day:
        return EnrolmentStatus.NOT_ENROLLED
    return EnrolmentStatus(enrolment.status)


LACKING = frozenset((EnrolmentStatus.NOT_ENROLLED, EnrolmentStatus.ENDED))
"""What a partner is warned of (S07)."""


def having_status(status: EnrolmentStatus | None, day: date) -> Q:
    """Clients whose enrolment has that status on that day: the same as `status_on`, for a list."""
    if status is None:  # a join would be thought to leave nobody, and everyone be sorted first
        return ~Q(Exists(Enrolment.objects.filter(client=OuterRef("pk"))))
    absent = Q(enrolment__status=EnrolmentStatus.NOT_ENROLLED)
    has_end = Q(enrolment__ended_on__isnull=False)
    to_begin = Q(enrolment__ended_on=None, enrolment__enrolled_on__gt=day)
    to_begin &= Q(enrolment__status=EnrolmentStatus.ENROLLED)
    if status is EnrolmentStatus.ENDED:
        return has_end & ~absent & Q(enrolment__ended_on__lte=day)
    if status is EnrolmentStatus.NOT_ENROLLED:
        return absent | to_begin
    begun = Q(enrolment__enrolled_on=None) | Q(enrolment__enrolled_on__lte=day)
    unending = Q(enrolment__status=EnrolmentStatus.ENROLLED, enrolment__ended_on=None) & begun
    return unending | has_end & ~absent & Q(enrolment__ended_on__gt=day)
