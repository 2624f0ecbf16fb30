"""The daily digest: one mail a day to a person, that says how many notices of each kind there are to read (S12)."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.utils.translation import override

from inzage.notices.composing import compose
from inzage.notices.models import STAFF_KINDS, UNDER_WAY, Digest, Notice, NoticeChoice, Read
from inzage.notices.sending import MAILBOX_LANGUAGE
from inzage.notices.trying import went_out
from inzage.notices.wording import LINES, OF_DIGEST, said
from inzage.partners.models import Person
from inzage.rules.days import BRUSSELS

UNTIL = time(6, 0)
"""The digest of a day tells what was told before this hour in Brussels: the nightly run's notices too."""
LONGEST = timedelta(days=7)
"""How far a digest looks back where digests were missed; the first one looks back a day."""
FIRST = timedelta(days=1)


class Turn(NamedTuple):
    """How many digests went out, and after which person to go on; 0 once everyone was had.

    `again_at` is when the first that was refused for now is due again, once everyone was had.
    """

    sent: int
    after: int
    again_at: datetime | None = None


def send_digests(day: date, *, at: datetime, after: int = 0, most: int = 100) -> Turn:
    """Send the digests of `day`; a person gets one at most, however often this is done.

    Each is marked in the transaction that sends it: killed between, it is not lost, nor are those after it. Failures
    are met as `send_mails` meets them; what a refused one told is in the digest of the next day. Who has nothing to
    read gets none.
    """
    had = Digest.objects.filter(_settled(at), person=OuterRef("pk"), day=day)
    readers = Person.objects.filter(~Exists(had), pk__gt=after, is_active=True, role=Person.Role.COUNSELLOR)
    found = list(readers.exclude(email="").order_by("pk")[:most])
    sent = sum(_send_to(person, day, at) for person in found)
    if len(found) == most:
        return Turn(sent, found[-1].pk)
    again = Digest.objects.filter(UNDER_WAY, day=day, mail_due_at__gt=at).aggregate(first=Min("mail_due_at"))
    return Turn(sent, 0, again["first"])


def _settled(at: datetime) -> Q:
    """A digest of which there is nothing to do at that moment."""
    return ~UNDER_WAY | Q(mail_due_at__gt=at)


@transaction.atomic
def _send_to(person: Person, day: date, at: datetime) -> bool:
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # one worker at a time
    digest = Digest.objects.filter(person=person, day=day).first()
    if digest and (digest.mailed_at or digest.mail_given_up_at):
        return False
    until = datetime.combine(day, UNTIL, BRUSSELS)
    counts = _counts(person, until)
    if not counts:
        if digest:  # refused for now, and read in the application meanwhile
            digest.delete()
        return False
    digest = digest or Digest.objects.create(person=person, day=day, until=until)
    with override(person.language or MAILBOX_LANGUAGE):
        mail = compose(
            said(OF_DIGEST, sum(counts.values())),
            [said(LINES[kind], counts[kind]) for kind in STAFF_KINDS if kind in counts],
            to=person.email,
            key=f"digest:{person.pk}:{day}",
            by_choice=True,
        )
    return went_out(mail, [digest], at=at)


def _counts(person: Person, until: datetime) -> Mapping[str, int]:
    """How many notices of each kind wait to be read: told since the last digest, and not opened meanwhile."""
    since = _since(person, until)
    told = Notice.objects.filter(
        _wanted(person, since), unit__in=person.units.all(), created_at__gte=since, created_at__lt=until
    )
    opened = Read.objects.filter(person=person, unit=OuterRef("unit"), up_to__gte=OuterRef("pk"))
    by_kind = told.filter(~Exists(opened)).order_by().values_list("kind")
    return dict(by_kind.annotate(Count("pk")))


def _since(person: Person, until: datetime) -> datetime:
    """The end of the last digest that went out; before any did, a day before the first that was tried."""
    ends = Digest.objects.filter(person=person).aggregate(
        last=Max("until", filter=Q(mailed_at__isnull=False)), first=Min("until")
    )
    return max(ends["last"] or (ends["first"] or until) - FIRST, until - LONGEST)


def _wanted(person: Person, since: datetime) -> Q:
    """Of the kinds that this person has in the digest; of a kind that was chosen later, what came after the choice."""
    chosen = {choice.kind: choice for choice in NoticeChoice.objects.filter(person=person)}
    wanted = Q(kind__in=[kind for kind in STAFF_KINDS if kind not in chosen])
    for kind, choice in chosen.items():
        if choice.way == NoticeChoice.Way.DIGEST:
            wanted |= Q(kind=kind, created_at__gte=max(since, choice.chosen_at))
    return wanted
