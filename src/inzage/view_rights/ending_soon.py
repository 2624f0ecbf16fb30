"""Each unit is told once that a right ends within 30 days, and once that it ends within 7, with what would keep it.

By right, last day and stretch: missed nights are caught up with what is still to come, and where the last day moved and
comes near anew, that is told anew (docs/decisions/0042).
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from inzage.journal import bulk
from inzage.journal.models import Origin
from inzage.notices.models import Notice
from inzage.notices.sending import queue, queue_for_mailbox
from inzage.partners.models import Unit
from inzage.rules.closing import NoGround
from inzage.rules.days import day_of
from inzage.rules.facts import Case
from inzage.view_rights.explaining import in_words, movers, sentences
from inzage.view_rights.gathering import gather
from inzage.view_rights.models import ViewRight
from inzage.view_rights.scopes import these

NEAR, COMING = 7, 30
"""Days left, that of the last day not counted: on the day itself there are none left."""
KEEPING = ("activity_begins", "granted_again")
"""Of all that moves a last day, what moves it on."""
KIND = Notice.Kind.ENDS_SOON
COLUMNS = ("kind", "unit_id", "dossier_id", "on", "detail", "created_at", "mail_to", "right", "stretch")


def tell_what_ends(*, origin: Origin) -> None:
    """Tell every unit what ends soon and was not told yet; a unit at a time, each a transaction."""
    today = day_of(origin.at)
    for unit_id in list(_untold(today).order_by("unit").values_list("unit", flat=True).distinct()):
        _tell_unit(unit_id, today, origin)


@transaction.atomic
def _tell_unit(unit_id: int, today: date, origin: Origin) -> None:
    """The notices of one unit, and one mail that says how many. Two machines at once go one after the other.

    The dossiers are not locked: that a right ended in the very moment in which its end was told does no harm.
    """
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit_id)
    rights = list(_untold(today).filter(unit=unit).order_by("last_day", "pk"))
    if not rights:
        return
    gathered = gather(these(*(right.dossier_id for right in rights)))
    rows = [
        (*_about(right, gathered.case_of(right), today), origin.at, "", right.pk, _stretch(right, today))
        for right in rights
    ]
    bulk.insert(Notice, COLUMNS, rows)
    queue_for_mailbox(KIND, unit, len(rows), at=origin.at)
    queue(KIND, {unit.pk: len(rows)}, at=origin.at)


def _about(right: ViewRight, case: Case, today: date) -> tuple[str, int, int, date | None, str]:
    detail = "\n".join(_keeping(right, case, today))
    return str(KIND), right.unit_id, right.dossier_id, right.last_day, detail


def _keeping(right: ViewRight, case: Case, today: date) -> list[str]:
    """What would move the end on if it happened today: its name, and the last day then unless there is none."""
    with suppress(NoGround):  # what is broken is told too: it ends as it is stored
        found = [(key, outcome.last_day) for key, outcome in movers(case, today) if key in KEEPING]
        return [f"{key} {last_day or ''}".rstrip() for key, last_day in found if _is_later(last_day, right)]
    return []


def _is_later(last_day: date | None, right: ViewRight) -> bool:
    return last_day is None or right.last_day is None or last_day > right.last_day


def what_keeps(detail: str, told_on: date, language: str) -> Iterator[str]:
    """The sentences that a notice's detail stands for, as they were true on the day it was told."""
    text = sentences(language)
    for line in detail.splitlines():
        key, _, last_day = line.partition(" ")
        if not last_day and key in text["keeping_open"]:
            yield text["keeping_open"][key]
        elif last_day and key in text["keeping"]:
            day = in_words(date.fromisoformat(last_day), language)
            yield text["keeping"][key].format(day=day, on=in_words(told_on, language))


def _untold(today: date) -> QuerySet[ViewRight]:
    """The rights that stand, end within 30 days, and whose end on that day was not told for this stretch."""
    told = Notice.objects.filter(kind=KIND, right=OuterRef("pk"), on=OuterRef("last_day"))
    near, coming = today + timedelta(days=NEAR), today + timedelta(days=COMING)
    is_near = Q(last_day__lte=near) & ~Exists(told.filter(stretch=NEAR))
    is_coming = Q(last_day__gt=near) & ~Exists(told.filter(stretch=COMING))
    standing = ViewRight.objects.filter(closed_on=None, granted_on__lte=today)
    return standing.filter(is_near | is_coming, last_day__gte=today, last_day__lte=coming)


def _stretch(right: ViewRight, today: date) -> int:
    assert right.last_day is not None
    return NEAR if (right.last_day - today).days <= NEAR else COMING
