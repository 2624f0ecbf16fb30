"""Mails that say how many: to a person who wants them at once, or to a unit's mailbox (S12)."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import override

from inzage.notices.composing import compose
from inzage.notices.models import UNDER_WAY, Mail
from inzage.notices.sending import MAILBOX_LANGUAGE
from inzage.notices.trying import went_out
from inzage.notices.wording import LINES, SUBJECTS, said
from inzage.partners.models import Person, Unit

PAUSE = timedelta(minutes=15)
"""After a mail of one kind, what comes meanwhile is told together: a long round of look-ups is no flood of mails."""


class Reader(NamedTuple):
    """Whoever one mail goes to: a person, or the mailbox of a unit; and of which kind of notice it tells."""

    person: int | None
    unit: int | None
    kind: str


def send_gathered(at: datetime, *, most: int = 100) -> int:
    """Send what waits, for each reader and kind as one mail, marked in the transaction that sends it.

    Returns how many went out. Failures are met as `send_mails` meets them. A mail whose reader has left the unit, or
    has no address any more, is thrown away.
    """
    return sum(_send_to(reader, at) for reader in _readers(at, most))


def _readers(at: datetime, most: int) -> list[Reader]:
    """Whom something waits for, but for who had a mail of that kind a moment ago, or whose was refused for now."""
    lately = set(map(_reader, Mail.objects.filter(mailed_at__gt=at - PAUSE)))
    later = set(map(_reader, _waiting().filter(mail_due_at__gt=at)))
    waiting = dict.fromkeys(map(_reader, _waiting()))
    return [reader for reader in waiting if reader not in lately | later][:most]


def _reader(mail: Mail) -> Reader:
    return Reader(mail.person_id, None if mail.person_id else mail.unit_id, mail.kind)


@transaction.atomic
def _send_to(reader: Reader, at: datetime) -> bool:
    waiting = _waiting().filter(person=reader.person, kind=reader.kind)
    if reader.unit is not None:
        waiting = waiting.filter(unit=reader.unit)
    rows = list(waiting.select_for_update(skip_locked=True))
    to, language, units = _address_of(reader)
    wanted = [row for row in rows if to and row.unit_id in units]
    _waiting().filter(pk__in={row.pk for row in rows} - {row.pk for row in wanted}).delete()
    if not wanted:
        return False
    count = sum(row.count for row in wanted)
    with override(language):
        mail = compose(
            said(SUBJECTS[reader.kind], count),
            [said(LINES[reader.kind], count)],
            to=to,
            key=f"gathered:{reader}:{wanted[-1].pk}",
            by_choice=reader.person is not None,
        )
    return went_out(mail, wanted, at=at)


def _address_of(reader: Reader) -> tuple[str, str, set[int]]:
    """The address as it is now, the language, and of which units it is told; no address where there is no reader."""
    if reader.unit is not None:
        return Unit.objects.get(pk=reader.unit).email, MAILBOX_LANGUAGE, {reader.unit}
    assert reader.person is not None
    person = Person.objects.filter(pk=reader.person, is_active=True).first()
    if person is None:
        return "", MAILBOX_LANGUAGE, set()
    units = set(person.memberships.values_list("unit", flat=True))
    return person.email, person.language or MAILBOX_LANGUAGE, units


def _waiting() -> QuerySet[Mail]:
    return Mail.objects.filter(UNDER_WAY).order_by("pk")
