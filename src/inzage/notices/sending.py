"""Notices for units, and their mails, which hold no personal data (S12)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import override

from inzage.dossiers.models import Dossier
from inzage.notices.composing import compose
from inzage.notices.models import UNDER_WAY, Mail, Notice, NoticeChoice
from inzage.notices.trying import went_out
from inzage.notices.wording import LINES, SUBJECTS, TO_HANDLE, said
from inzage.partners.models import Membership, Unit

MAILBOX_LANGUAGE = "nl"
"""A mailbox is nobody's, so nobody chose a language for it."""


def tell(
    kind: str,
    *,
    unit: Unit,
    dossier: Dossier,
    on: date,
    at: datetime,
    detail: str = "",
    right: int | None = None,
    mail: bool = True,
) -> Notice:
    """Put a notice before everyone of `unit`, and a mail in the queue for its mailbox and for who wants one at once.

    `right` is the id of the right that was closed, where the notice tells that.
    Without `mail` none goes to the mailbox; what people chose for themselves holds all the same.
    """
    notice = Notice.objects.create(
        kind=kind,
        unit=unit,
        dossier=dossier,
        on=on,
        detail=detail,
        right=right,
        created_at=at,
        mail_to=unit.email if mail else "",
    )
    queue(kind, {unit.pk: 1}, at=at)
    return notice


def tell_desk(kind: str, mailbox: str, *, dossier: Dossier, on: date, at: datetime) -> Notice:
    """Put a mail for a desk of VDAB in the queue. Without a mailbox nothing goes out: the desk has its list."""
    return Notice.objects.create(kind=kind, unit=None, dossier=dossier, on=on, created_at=at, mail_to=mailbox)


def tell_gathered(kind: str, *, unit: Unit, dossier: Dossier, on: date, at: datetime) -> Notice:
    """Put a notice before everyone of `unit` that comes with others like it: its mailbox is told how many."""
    notice = tell(kind, unit=unit, dossier=dossier, on=on, at=at, mail=False)
    queue_for_mailbox(kind, unit, 1, at=at)
    return notice


def queue_for_mailbox(kind: str, unit: Unit, count: int, *, at: datetime) -> None:
    """Put a mail in the queue that says how many, where the unit has an address."""
    if unit.email:
        Mail.objects.create(unit=unit, kind=kind, count=count, created_at=at)


def queue(kind: str, counts: Mapping[int, int], *, at: datetime) -> None:
    """Put a mail in the queue for each person who wants one at once: so many notices of that kind, by unit's id."""
    readers = Membership.objects.filter(
        unit__in=counts,
        person__is_active=True,
        person__notice_choices__kind=kind,
        person__notice_choices__way=NoticeChoice.Way.AT_ONCE,
    ).exclude(person__email="")
    Mail.objects.bulk_create(
        Mail(unit_id=unit, person_id=person, kind=kind, count=counts[unit], created_at=at)
        for unit, person in readers.values_list("unit", "person")
    )


def send_mails(at: datetime, *, most: int = 100) -> int:
    """Send the mails that wait about one notice; each is marked in the transaction that sends it.

    Returns how many went out. One that the mail server refuses is tried again or given up (`went_out`): the notice
    itself stays. Where the mail server is away, OSError is raised, and what waits is tried again.
    """
    sent = 0
    for pk in list(_due(at).values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            notice = _due(at).select_for_update(skip_locked=True).filter(pk=pk).first()
            if notice is None:
                continue
            sent += went_out(_mail_about(notice), [notice], at=at)
    return sent


def _mail_about(notice: Notice) -> EmailMessage:
    with override(MAILBOX_LANGUAGE):
        subject, line = (said(words[notice.kind], 1) for words in (SUBJECTS, LINES))
        key = f"notice:{notice.pk}"
        if notice.unit_id:
            return compose(subject, [line], to=notice.mail_to, key=key)
        return compose(subject, [line], to=notice.mail_to, key=key, lead=TO_HANDLE, page="work-list")


def _due(at: datetime) -> QuerySet[Notice]:
    now = Q(mail_due_at=None) | Q(mail_due_at__lte=at)
    return Notice.objects.filter(UNDER_WAY, now).exclude(mail_to="").order_by("pk")
