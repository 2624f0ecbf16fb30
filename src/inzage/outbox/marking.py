"""What was answered is kept: delivered, to be tried again, parked; and what it says of the whole destination."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from inzage.outbox.answers import Answer, Verdict
from inzage.outbox.models import Delivery, DeliveryState, Destination
from inzage.outbox.trying_again import OUTAGE, gives_up, pause_after, tries_without_anybody

log = structlog.get_logger()
Chance = Callable[[], float]
BLOCKED = timedelta(days=1)
"""How long what waits behind a parked message is left alone; a person who replays it makes it due at once."""
NOTED_EVERY = timedelta(seconds=10)


@transaction.atomic
def mark(
    destination: str, answered: Sequence[tuple[Delivery, Answer]], *, at: datetime, chance: Chance
) -> None:
    """Keep what became of these messages. A worker whose time with a message was over only says what was taken."""
    taken = [delivery.pk for delivery, answer in answered if answer.verdict is Verdict.TAKEN]
    if taken:
        _mark_taken(destination, taken, at)
    failed = [(delivery, answer) for delivery, answer in answered if answer.verdict is not Verdict.TAKEN]
    if not failed:
        return
    last = Destination.objects.get(name=destination).taken_at
    others_taken = last is not None and at - last < OUTAGE
    counted = _attempts_of([delivery for delivery, _answer in failed])
    for delivery, answer in failed:
        match answer.verdict:
            case Verdict.LATER:
                assert answer.until is not None
                _give_back(delivery, due_at=delivery.due_at)  # the pause keeps it: then it goes in its turn
                _pause(destination, answer.until)
            case Verdict.NO_MORE:
                _give_back(delivery, due_at=delivery.due_at)
                _stop(destination, answer.problem, at)
            case Verdict.NEVER:
                _park(delivery, answer.problem, at)
            case Verdict.NOBODY:
                tries = tries_without_anybody(counted[delivery.pk], others_taken=others_taken)
                _try_again(delivery, answer.problem, tries, at, chance)
            case _:
                tries = counted[delivery.pk] + 1
                if gives_up(tries, others_taken=others_taken, age=at - delivery.created_at):
                    _park(delivery, f"{tries} ×: {answer.problem}", at)
                else:
                    _try_again(delivery, answer.problem, tries, at, chance)


def give_back(untried: Sequence[Delivery]) -> None:
    """Let go of what was taken and not tried."""
    for delivery in untried:
        _give_back(delivery, due_at=delivery.due_at)


def _mark_taken(destination: str, taken: list[int], at: datetime) -> None:
    undelivered = Delivery.objects.filter(pk__in=taken).exclude(state=DeliveryState.DELIVERED)
    undelivered.update(
        state=DeliveryState.DELIVERED,
        delivered_at=at,
        taken_until=None,
        problem="",
        attempts=F("attempts") + 1,
    )
    here = Destination.objects.filter(name=destination)
    away = here.filter(Q(taken_at=None) | Q(taken_at__lt=at - OUTAGE)).exists()
    here.filter(Q(taken_at=None) | Q(taken_at__lt=at - NOTED_EVERY)).update(taken_at=at)
    if away:
        make_due(destination, at)


def make_due(destination: str, at: datetime) -> int:
    """After an outage all that waits may go again, the oldest first, and is counted anew; returns how many."""
    waiting = Delivery.objects.filter(destination=destination, state=DeliveryState.WAITING)
    free = Q(taken_until=None) | Q(taken_until__lte=at)
    made_due = waiting.filter(taken_until=None, due_at__gt=at).update(due_at=F("created_at"), attempts=0)
    # due already: a pause that is over would let what is newer go first. What another is taking is passed over
    skip = connection.features.has_select_for_update_skip_locked
    overdue = waiting.filter(free, due_at__gt=F("created_at")).select_for_update(skip_locked=skip)
    _all_of(overdue).update(due_at=F("created_at"))
    # and what is under way failed before for no fault of its own either
    tried = waiting.filter(attempts__gt=0).select_for_update(skip_locked=skip)
    _all_of(tried).update(attempts=0)
    return made_due


def _all_of(locked: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """These messages, locked as they are read."""
    return Delivery.objects.filter(pk__any=list(locked.values_list("pk", flat=True)))


def _attempts_of(failed: Sequence[Delivery]) -> dict[int, int]:
    """How often each was tried before, as it is counted now: since it was taken, an outage may have ended."""
    return dict(Delivery.objects.filter(pk__in=[each.pk for each in failed]).values_list("pk", "attempts"))


def _ours(delivery: Delivery) -> Q:
    """The message, while it is still in the hands of the worker that took it."""
    return Q(pk=delivery.pk, taken_until=delivery.taken_until, state=DeliveryState.WAITING)


def _give_back(delivery: Delivery, *, due_at: datetime) -> None:
    Delivery.objects.filter(_ours(delivery)).update(taken_until=None, due_at=due_at)


def _park(delivery: Delivery, problem: str, at: datetime) -> None:
    ours = Delivery.objects.filter(_ours(delivery))
    if ours.update(
        state=DeliveryState.PARKED, taken_until=None, problem=problem[:300], attempts=F("attempts") + 1
    ):
        _not_before(at + BLOCKED, delivery)
        log.warning("message parked", destination=delivery.destination, message=str(delivery.event_id))


def _try_again(delivery: Delivery, problem: str, tries: int, at: datetime, chance: Chance) -> None:
    due_at = at + pause_after(tries, chance())
    ours = Delivery.objects.filter(_ours(delivery))
    ours.update(taken_until=None, due_at=due_at, problem=problem[:300], attempts=tries)
    _not_before(due_at, delivery)


def _not_before(due_at: datetime, first: Delivery) -> None:
    """What comes after a message in its stream can't go sooner: until then nobody need look at it."""
    stream = Delivery.objects.filter(destination=first.destination, stream=first.stream)
    after = stream.filter(state=DeliveryState.WAITING, sequence__gt=first.sequence, due_at__lt=due_at)
    after.update(due_at=due_at)


def _pause(destination: str, until: datetime) -> None:
    here = Destination.objects.filter(name=destination)
    here.filter(Q(paused_until=None) | Q(paused_until__lt=until)).update(paused_until=until)


def _stop(destination: str, problem: str, at: datetime) -> None:
    here = Destination.objects.filter(name=destination, stopped_at=None)
    if here.update(stopped_at=at, stopped_because=problem[:300]):
        log.error("destination stopped", destination=destination)
