"""What is known of a client's enrolment with Actiris: entered with its source, or asked of Actiris (S07, S09, S10)."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

import structlog
from django.db import DatabaseError, transaction
from django.db.models import Exists, F, OuterRef, Q

from inzage.dossiers.addresses import brussels_participants
from inzage.dossiers.enrolments import EnrolmentVersion
from inzage.dossiers.models import Activity, Client, Dossier, Enrolment
from inzage.journal.models import Origin
from inzage.rules.days import day_of
from inzage.rules.names import Channel, EnrolmentStatus
from inzage.rules.refusing import Refused
from inzage.view_rights.catching_up import locked
from inzage.view_rights.watching import running_on, watch_enrolment

log = structlog.get_logger()
SOURCE = "actiris"
BATCH = 200
COLUMNS = ("status", "channel", "enrolled_on", "ended_on")


class NotRecorded(Refused):
    """The enrolment can't be as it was entered; the message says what was found and what to do."""


class LeftAlone(Exception):
    """Actiris wants no question now, about nobody; `until` is when it may be asked again."""

    def __init__(self, problem: str, *, until: datetime) -> None:
        super().__init__(problem)
        self.until = until


class Answer(NamedTuple):
    """How a client's enrolment stands. `ended_on` is the first day without it; the channel may be unknown."""

    status: EnrolmentStatus
    channel: Channel | None = None
    enrolled_on: date | None = None
    ended_on: date | None = None


Ask = Callable[[str], Answer]
"""Asks Actiris about one INSZ number; raises LeftAlone, or where there is no answer whatever it likes."""


@transaction.atomic
def record_enrolment(dossier_id: int, found: Answer, *, checked_on: date, origin: Origin) -> Enrolment:
    """Record how the enrolment stood on the day it was looked up; tasks open and close with it. Raises NotRecorded.

    `origin.source` says where it comes from: Actiris itself, the desk, the school. What changed is kept as a version;
    that it was seen to be the same once more only moves `checked_on` on.
    """
    dossier = locked(dossier_id, origin=origin)
    _check(found, checked_on, today=day_of(origin.at))
    stored = Enrolment.objects.filter(client=dossier.client_id).first()
    if stored is not None and stored.checked_on > checked_on:
        raise NotRecorded(
            "no_news",
            f"The enrolment was looked up on {stored.checked_on}: what was so on {checked_on} is no news.",
        )
    enrolment = stored or Enrolment(client_id=dossier.client_id)
    values = found._replace(channel=found.channel or "")._asdict()  # type: ignore[arg-type]
    changed = stored is None or any(getattr(stored, column) != values[column] for column in COLUMNS)
    for column in COLUMNS:
        setattr(enrolment, column, values[column])
    enrolment.checked_on = checked_on
    enrolment.save()
    if changed:
        _keep_version(enrolment, origin=origin)
    watch_enrolment(dossier, origin=origin)
    return enrolment


def _keep_version(enrolment: Enrolment, *, origin: Origin) -> None:
    EnrolmentVersion.objects.create(
        client_id=enrolment.client_id,
        **{column: getattr(enrolment, column) for column in (*COLUMNS, "checked_on")},
        holds_from=enrolment.ended_on or enrolment.enrolled_on or enrolment.checked_on,
        recorded_at=origin.at,
        recorded_by=origin.by,
        source=origin.source,
    )


def _check(found: Answer, checked_on: date, *, today: date) -> None:
    if checked_on > today:
        raise NotRecorded(
            "to_come", f"{checked_on} is still to come: give the day on which it was looked up."
        )
    if found.status is EnrolmentStatus.NOT_ENROLLED and any(found[1:]):
        raise NotRecorded("empty", "Who is not enrolled has no channel and no days: leave them empty.")
    if found.status is EnrolmentStatus.ENDED and found.ended_on is None:
        raise NotRecorded("no_end", "An enrolment that ended needs the first day without it.")
    if found.enrolled_on and found.ended_on and found.ended_on < found.enrolled_on:
        raise NotRecorded(
            "end_before_start",
            f"The end {found.ended_on} lies before the enrolment {found.enrolled_on}: look the days up.",
        )


class Refreshed(NamedTuple):
    """What a round came to: how many were asked, for how many of them that failed, and after which client to go on.

    `after` is 0 once everyone was had. `until` is when Actiris may be asked again, where it said so.
    """

    asked: int
    failed: int
    after: int
    until: datetime | None = None


def refresh_enrolments(
    ask: Ask,
    clock: Callable[[], datetime],
    older_than: timedelta,
    *,
    after: int = 0,
    most: int | None = None,
    turn: timedelta | None = None,
) -> Refreshed:
    """Ask Actiris about every Brussels participant with an activity under way who was not looked up lately.

    Each answer is kept at once: killed and started again, it goes on. One that fails is said in the log and tried in
    the next round. At most `most` are asked, for as long as `turn`, and none once Actiris wants to be left alone; go
    on from `after`.
    """
    asked = failed = 0
    begun = clock()
    for client, dossier in _due(day_of(begun), older_than, after):
        if asked == most or (turn is not None and clock() - begun >= turn):
            return Refreshed(asked, failed, after)
        asked, after = asked + 1, client
        try:
            failed += not _refresh(ask, dossier, clock)
        except LeftAlone as why:
            log.warning("Actiris is left alone", why=str(why), until=str(why.until))
            return Refreshed(asked, failed + 1, after, why.until)
    return Refreshed(asked, failed, 0)


def _due(today: date, older_than: timedelta, after: int) -> Iterator[tuple[int, int]]:
    """The clients to ask about, each with the dossier, in order of their ids."""
    active = Activity.objects.filter(running_on(today), dossier__client=OuterRef("pk"))
    no_end_since = Q(enrolment__ended_on=None) | Q(enrolment__ended_on__gt=today)
    no_end_since |= Q(enrolment__ended_on__lte=F("enrolment__checked_on"))
    lately = Q(enrolment__checked_on__gt=today - older_than) & no_end_since
    alive = Q(deceased_on=None) | Q(deceased_on__gt=today)
    clients = Client.objects.filter(alive, Exists(active)).exclude(lately)
    due = brussels_participants(clients, today).order_by("pk").values_list("pk", "dossier")
    while batch := list(due.filter(pk__gt=after)[:BATCH]):
        yield from batch
        after = batch[-1][0]


def _refresh(ask: Ask, dossier_id: int, clock: Callable[[], datetime]) -> bool:
    """Ask about one, outside any transaction, and record the answer; whether that went well. LeftAlone passes."""
    insz = Dossier.objects.values_list("client__insz", flat=True).get(pk=dossier_id)
    try:
        answer = ask(insz)
        at = clock()
        record_enrolment(
            dossier_id, answer, checked_on=day_of(at), origin=Origin(f"adapter:{SOURCE}", at, SOURCE)
        )
    except (DatabaseError, LeftAlone):
        raise
    except Exception as error:  # whatever one question does, the others go on
        log.error("enrolment not refreshed", dossier=dossier_id, error=f"{type(error).__name__}: {error}")
        return False
    return True
