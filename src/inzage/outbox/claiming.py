"""Which messages may go now: of each stream the first that isn't delivered, taken for a while by one worker."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from inzage.outbox.models import Delivery, DeliveryState, Destination

LEASE = timedelta(seconds=60)
"""How long a worker has a message to itself. One that was killed lets go when it is over."""


def claim(destination: str, most: int, *, at: datetime) -> list[Delivery]:
    """Take up to so many messages, the oldest first; none while the destination has asked for a pause, or stopped.

    Several workers never take the same one: on PostgreSQL they pass over what another is taking, on SQLite they take
    turns.
    """
    state = Destination.objects.get_or_create(name=destination)[0]
    if state.stopped_at or (state.paused_until and state.paused_until > at):
        return []
    with transaction.atomic():
        claimed = list(_free(destination, at)[:most])
        until = at + LEASE
        Delivery.objects.filter(pk__in=[each.pk for each in claimed]).update(taken_until=until)
    for each in claimed:
        each.taken_until = until
    return claimed


def _free(destination: str, at: datetime) -> QuerySet[Delivery]:
    """The messages that may go, in their order; a parked one keeps all that come after it in its stream."""
    before = Delivery.objects.filter(
        ~Q(state=DeliveryState.DELIVERED),
        destination=OuterRef("destination"),
        stream=OuterRef("stream"),
        sequence__lt=OuterRef("sequence"),
    )
    due = Delivery.objects.filter(destination=destination, state=DeliveryState.WAITING, due_at__lte=at)
    free = due.filter(Q(taken_until=None) | Q(taken_until__lte=at)).exclude(Exists(before))
    skip = connection.features.has_select_for_update_skip_locked
    return free.order_by("due_at", "pk").select_for_update(skip_locked=skip)
