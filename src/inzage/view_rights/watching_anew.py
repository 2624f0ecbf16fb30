"""What the calendar alone changes for the partners' task about an enrolment is watched anew on its day (S07)."""

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from inzage.dossiers.models import Activity, Address, Dossier
from inzage.journal.models import Origin
from inzage.rules.days import day_of
from inzage.view_rights.catching_up import locked
from inzage.view_rights.watching import idle_tasks, watch_enrolment


def watch_anew(after: date, *, origin: Origin) -> None:
    """Watch the dossiers anew in which something was announced for a day after this one, and that day has come.

    And those of units that have nothing to do there any more. Each is a transaction: killed, it is simply done again.
    """
    today = day_of(origin.at)
    for dossier_id in sorted({*_come(after, today), *idle_tasks(today)}):
        with transaction.atomic():
            watch_enrolment(locked(dossier_id, origin=origin), origin=origin)


def _come(after: date, today: date) -> list[int]:
    """The dossiers where an enrolment begins or ends on one of these days, a move counts, or an activity begins.

    Where nothing was ever looked up nothing is watched: so few are looked through.
    """
    if after >= today:
        return []
    moves = Address.objects.filter(_within("lives_from", after, today), client=OuterRef("client"))
    begun = _within("requested_on", after, today) | _within("started_on", after, today)
    activities = Activity.objects.filter(begun, dossier=OuterRef("pk"))
    dated = _within("client__enrolment__enrolled_on", after, today)
    dated |= _within("client__enrolment__ended_on", after, today)
    known = Dossier.objects.filter(client__enrolment__isnull=False)
    return list(known.filter(dated | Exists(moves) | Exists(activities)).values_list("pk", flat=True))


def _within(column: str, after: date, today: date) -> Q:
    return Q(**{f"{column}__gt": after, f"{column}__lte": today})
