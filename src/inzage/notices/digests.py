"""The daily digest: one mail a day to a person, that says how many notices of each kind there are to read (S12)."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import override

from inzage.notices.composing import compose
from inzage.notices.models import STAFF_KINDS, Digest, Notice, NoticeChoice, Read
from inzage.notices.sending import MAILBOX_LANGUAGE, went_out
from inzage.notices.wording import LINES, OF_DIGEST, said
from inzage.partners.models import Person
from inzage.rules.days import BRUSSELS

UNTIL = time(6, 0)
"""The digest of a day tells what was told before this hour in Brussels: the nightly run's notices too."""
LONGEST = timedelta(days=7)
"""How far a digest looks back where digests were missed; the first one looks back a day."""
FIRST = timedelta(days=1)


class Turn(NamedTuple):
    """How many digests went out, and after which person to go on; 0 once everyone was had."""

    sent: int
    after: int


def send_digests(day: date, *, at: datetime, after: int = 0, most: int = 100) -> Turn:
    """Send the digests of `day`; a person gets one at most, however often this is done.

    Each is marked in the transaction that sends it: killed between, it is not lost, nor are those after it. Failures
    are met as `send_mails` meets them. Who has nothing to read gets none.
    """
    had = Digest.objects.filter(person=OuterRef("pk"), day=day)
    readers = Person.objects.filter(~Exists(had), pk__gt=after, is_active=True, role=Person.Role.COUNSELLOR)
    found = list(readers.exclude(email="").order_by("pk")[:most])
    sent = sum(_send_to(person, day, at) for person in found)
    return Turn(sent, found[-1].pk if len(found) == most else 0)


@transaction.atomic
def _send_to(person: Person, day: date, at: datetime) -> bool:
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # one worker at a time
    if Digest.objects.filter(person=person, day=day).exists():
        return False
    until = datetime.combine(day, UNTIL, BRUSSELS)
    counts = _counts(person, until)
    if not counts:
        return False
    Digest.objects.create(person=person, day=day, until=until, mailed_at=at)
    with override(person.language or MAILBOX_LANGUAGE):
        mail = compose(
            said(OF_DIGEST, sum(counts.values())),
            [said(LINES[kind], counts[kind]) for kind in STAFF_KINDS if kind in counts],
            to=person.email,
            key=f"digest:{person.pk}:{day}",
            by_choice=True,
        )
    return went_out(mail, digest=str(day))


def _counts(person: Person, until: datetime) -> Mapping[str, int]:
    """How many notices of each kind wait to be read: told since the last digest, and not opened meanwhile."""
    last = Digest.objects.filter(person=person).order_by("-day").values_list("until", flat=True).first()
    since = max(last, until - LONGEST) if last else until - FIRST
    told = Notice.objects.filter(
        _wanted(person, since), unit__in=person.units.all(), created_at__gte=since, created_at__lt=until
    )
    opened = Read.objects.filter(person=person, unit=OuterRef("unit"), up_to__gte=OuterRef("pk"))
    by_kind = told.filter(~Exists(opened)).order_by().values_list("kind")
    return dict(by_kind.annotate(Count("pk")))


def _wanted(person: Person, since: datetime) -> Q:
    """Of the kinds that this person has in the digest; of a kind that was chosen later, what came after the choice."""
    chosen = {choice.kind: choice for choice in NoticeChoice.objects.filter(person=person)}
    wanted = Q(kind__in=[kind for kind in STAFF_KINDS if kind not in chosen])
    for kind, choice in chosen.items():
        if choice.way == NoticeChoice.Way.DIGEST:
            wanted |= Q(kind=kind, created_at__gte=max(since, choice.chosen_at))
    return wanted
