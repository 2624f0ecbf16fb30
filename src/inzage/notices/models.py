"""What somebody must know: notices for a unit, and the mail that goes with them, without personal data (S12)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from inzage.dossiers.models import Dossier
from inzage.partners.models import Person, Unit


class Mailed(models.Model):
    """What a mail tells of. `mailed_at` is empty until it went out.

    Refused for now it is `mail_due_at` again, after `mail_tries`; refused for good it was `mail_given_up_at`.
    `mail_problem` is the answer of the mail server, without its text.
    """

    mailed_at = models.DateTimeField(null=True)
    mail_tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    mail_due_at = models.DateTimeField(null=True)
    mail_given_up_at = models.DateTimeField(null=True)
    mail_problem = models.CharField(max_length=40, blank=True, default="", db_default="")

    class Meta:
        abstract = True


UNDER_WAY = Q(mailed_at=None, mail_given_up_at=None)
"""No mail server took it, and none refused it for good."""
GIVEN_UP = Q(mail_given_up_at__isnull=False)


def _sent_or_given_up(name: str) -> models.CheckConstraint:
    """Given up is what did not go out, with what was said against it; nothing more is due of it."""
    given_up = Q(mailed_at=None, mail_due_at=None, mail_tries__gt=0) & ~Q(mail_problem="")
    return models.CheckConstraint(name=name, condition=Q(mail_given_up_at=None) | given_up)


class Notice(Mailed):
    """A notice for a unit, or for a desk of VDAB (`unit` empty), which reads it as a mail only.

    `mail_to` is empty where no mail about this notice alone goes out; `mailed_at` is empty until it has. Of an end that
    is near `on` is the last day, and `stretch` says within how many days it was told. `right` is the id of
    the right that ends or was closed; of a closing told before that was kept it is empty.
    """

    class Kind(models.TextChoices):
        GRANTED = "granted"
        CLOSED = "closed"
        SENT_BACK = "sent_back"
        REFUSED = "refused"
        RECEIVED = "received"
        ENDS_SOON = "ends_soon"
        ASKED_WHY = "asked_why"
        ENROLMENT_GONE = "enrolment_gone"

    kind = models.CharField(max_length=20, choices=Kind)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, db_index=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, db_index=False)
    on = models.DateField()
    detail = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    mail_to = models.EmailField(max_length=200, blank=True)
    right = models.BigIntegerField(null=True)
    stretch = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "-id"], name="notices_of_unit"),
            models.Index(fields=["unit", "created_at"], name="notices_told_since"),
            models.Index(fields=["id"], name="mails_to_send", condition=UNDER_WAY & ~Q(mail_to="")),
            models.Index(fields=["mail_given_up_at"], name="mails_given_up", condition=GIVEN_UP),
        ]
        constraints: ClassVar = [
            _sent_or_given_up("notice_sent_or_given_up"),
            models.UniqueConstraint(
                fields=["right", "on", "stretch"],
                condition=Q(kind="ends_soon"),
                name="an_end_is_told_once_a_stretch",
            ),
            models.CheckConstraint(
                name="an_end_names_right_and_stretch",
                condition=~Q(kind="ends_soon") | Q(right__isnull=False, stretch__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


STAFF_KINDS = tuple(kind for kind in Notice.Kind if kind != Notice.Kind.RECEIVED)
"""What the people of a unit are told; what was received is for a desk of VDAB."""


class NoticeChoice(models.Model):
    """How a person is told of one kind of notice, chosen at `chosen_at`. Without a choice it is the digest."""

    class Way(models.TextChoices):
        APPLICATION = "application"
        AT_ONCE = "at_once"
        DIGEST = "digest"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=20, choices=Notice.Kind)
    way = models.CharField(max_length=12, choices=Way)
    chosen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_choice_a_kind"),
            models.CheckConstraint(
                name="notice_way_known", condition=Q(way__in=["application", "at_once", "digest"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}: {self.way}"


class Mail(Mailed):
    """A part of a mail that waits: `count` notices of a kind, for a person, or (`person` empty) for the unit's mailbox.

    What waits for one reader, of one kind, goes out as one mail.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, db_index=False)
    kind = models.CharField(max_length=20, choices=Notice.Kind)
    count = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], name="gathered_mails_to_send", condition=UNDER_WAY),
            models.Index(fields=["mailed_at"], name="gathered_mails_sent"),
            models.Index(fields=["mail_given_up_at"], name="gathered_mails_given_up", condition=GIVEN_UP),
        ]
        constraints: ClassVar = [
            _sent_or_given_up("mail_sent_or_given_up"),
            models.CheckConstraint(name="a_mail_tells_something", condition=Q(count__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} × {self.count}"


class OfficialMail(Mailed):
    """A mail to an official of VDAB: how many rights wait for a person, and of which day; on how many days unusually
    many would end, and on which first; or what was answered, and on which day, to who asked that one is restored.
    """

    class Kind(models.TextChoices):
        HELD = "held"
        UNANSWERED = "unanswered"
        UNUSUAL = "unusual"
        RESTORED = "restored"
        NOT_RESTORED = "not_restored"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, db_index=False)
    kind = models.CharField(max_length=12, choices=Kind)
    about = models.DateField()
    count = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], name="official_mails_to_send", condition=UNDER_WAY),
            models.Index(fields=["kind", "about"], name="officials_told"),
        ]
        constraints: ClassVar = [
            _sent_or_given_up("official_mail_sent_or_given_up"),
            models.CheckConstraint(
                name="official_mail_known",
                condition=Q(kind__in=["held", "unanswered", "unusual", "restored", "not_restored"]),
            ),
            models.CheckConstraint(name="an_official_mail_tells_something", condition=Q(count__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class Digest(Mailed):
    """The one mail of a day to a person: what was told after the last digest that went out, up to `until`."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="digests", db_index=False)
    day = models.DateField()
    until = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["day"], name="digests_to_send", condition=UNDER_WAY),
            models.Index(fields=["mail_given_up_at"], name="digests_given_up", condition=GIVEN_UP),
        ]
        constraints: ClassVar = [
            _sent_or_given_up("digest_sent_or_given_up"),
            models.UniqueConstraint(fields=["person", "day"], name="one_digest_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"


class Read(models.Model):
    """Up to which notice of a unit a person has opened them, on whatever device."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, db_index=False)
    up_to = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "unit"], name="one_mark_a_person_and_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.unit_id}: {self.up_to}"


class CalendarFeed(models.Model):
    """The calendar of a unit's coming ends for one of its people, at a private address.

    Kept of the address is the SHA-256 of its token: who reads this table can't read the calendar. `made_at` is when it
    was made, or last renewed.
    """

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="calendar_feeds", db_index=False
    )
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, db_index=False)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "unit"], name="one_calendar_a_person_and_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.unit_id}"
