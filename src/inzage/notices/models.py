"""What somebody must know: notices for a unit, and the mail that goes with them, without personal data (S12)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from inzage.dossiers.models import Dossier
from inzage.partners.models import Unit


class Notice(models.Model):
    """A notice for a unit, or for a desk of VDAB (`unit` empty), which reads it as a mail only.

    `mail_to` is empty where no mail goes out; `mailed_at` is empty until it has.
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
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "-id"], name="notices_of_unit"),
            models.Index(fields=["id"], name="mails_to_send", condition=Q(mailed_at=None) & ~Q(mail_to="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
