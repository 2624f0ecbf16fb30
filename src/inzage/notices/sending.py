"""Notices for units, and their mails, which hold no personal data (S12)."""

from datetime import date, datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet

from inzage.dossiers.models import Dossier
from inzage.notices.models import Notice
from inzage.partners.models import Unit

log = structlog.get_logger()
SUBJECTS = {
    Notice.Kind.GRANTED: "Inzagerecht toegekend",
    Notice.Kind.CLOSED: "Inzagerecht afgesloten",
    Notice.Kind.SENT_BACK: "Formulier teruggestuurd",
    Notice.Kind.REFUSED: "Formulier geweigerd",
    Notice.Kind.RECEIVED: "Brussels formulier ingediend",
    Notice.Kind.ENDS_SOON: "Inzagerecht eindigt binnenkort",
    Notice.Kind.ASKED_WHY: "Vraag van een klant",
    Notice.Kind.ENROLMENT_GONE: "Inschrijving bij Actiris",
}
BODY = "Er staat een nieuw bericht klaar in Inzage. Meld u aan om het te lezen:\n{address}\n"


TO_DESK = "Een partner diende een Brussels formulier in. Meld u aan om het na te kijken:\n{address}\n"


def tell(
    kind: str, *, unit: Unit, dossier: Dossier, on: date, at: datetime, detail: str = "", mail: bool = True
) -> Notice:
    """Put a notice before everyone of `unit`, and a mail in the queue where the unit has an address."""
    return Notice.objects.create(
        kind=kind,
        unit=unit,
        dossier=dossier,
        on=on,
        detail=detail,
        created_at=at,
        mail_to=unit.email if mail else "",
    )


def tell_desk(kind: str, mailbox: str, *, dossier: Dossier, on: date, at: datetime) -> Notice:
    """Put a mail for a desk of VDAB in the queue. Without a mailbox nothing goes out: the desk has its list."""
    return Notice.objects.create(kind=kind, unit=None, dossier=dossier, on=on, created_at=at, mail_to=mailbox)


def send_mails(at: datetime, *, most: int = 100) -> int:
    """Send the mails that wait; each is marked in the transaction that sends it. Returns how many went out.

    A mail that its address makes impossible is given up, and said in the log: the notice itself stays. Where the
    mail server is away, OSError is raised, and what waits is tried again.
    """
    sent = 0
    for pk in list(_waiting().values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            notice = _waiting().select_for_update(skip_locked=True).filter(pk=pk).first()
            if notice is None:
                continue
            notice.mailed_at = at
            notice.save(update_fields=["mailed_at"])
            body = (BODY if notice.unit_id else TO_DESK).format(address=settings.PUBLIC_URL)
            try:
                send_mail(SUBJECTS[Notice.Kind(notice.kind)], body, None, [notice.mail_to])
            except (ValueError, SMTPRecipientsRefused, SMTPDataError) as error:
                log.error("mail given up", notice=notice.pk, error=type(error).__name__)
            else:
                sent += 1
    return sent


def _waiting() -> QuerySet[Notice]:
    return Notice.objects.filter(mailed_at=None).exclude(mail_to="").order_by("pk")
