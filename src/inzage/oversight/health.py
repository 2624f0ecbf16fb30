"""How the system itself is doing: what waits and since when, what is stuck, what the worker last did. Of nobody."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Min, QuerySet, Value
from django.db.models.fields import CharField

from inzage.inbox.models import Received, ReceivedState
from inzage.notices.models import GIVEN_UP, UNDER_WAY, Digest, Mail, Mailed, Notice
from inzage.outbox.models import Delivery, DeliveryState, Destination
from inzage.oversight.models import Checked, Sign
from inzage.view_rights.models import ClosingRun

RUNS = 7
"""How many of the last runs are told."""
REFUSED = timedelta(days=14)
"""How long a mail that was given up is told: somebody can mend the address, and that mail is not sent again."""
HTTP = re.compile(r"HTTP \d{3}")


class Pile(NamedTuple):
    """What lies somewhere: how many, and since when the oldest."""

    number: int = 0
    oldest: datetime | None = None


class Health(NamedTuple):
    """Everything an operator looks at. Piles by the institution that they come from or go to."""

    signs: list[Sign]
    to_apply: dict[str, Pile]
    quarantined: dict[str, Pile]
    to_deliver: dict[str, Pile]
    parked: dict[str, Pile]
    mails: Pile
    mails_given_up: Pile
    destinations: list[Destination]
    problems: dict[str, str]
    runs: list[ClosingRun]
    proof: Checked | None
    balances: list[Checked]


def health(at: datetime) -> Health:
    """How it is doing at this moment."""
    piles = _piles(at)
    last_checked = Checked.objects.order_by().values("kind", "institution").annotate(last=Max("pk"))
    checked = list(Checked.objects.filter(pk__in=last_checked.values("last")).order_by("institution"))
    proofs = [each for each in checked if each.kind == Checked.Kind.PROOF]
    return Health(
        signs=list(Sign.objects.order_by("duty")),
        to_apply=piles["to_apply"],
        quarantined=piles["quarantined"],
        to_deliver=piles["to_deliver"],
        parked=piles["parked"],
        mails=_together(piles["mails"]),
        mails_given_up=_together(piles["mails_given_up"]),
        destinations=list(Destination.objects.order_by("name")),
        problems=_problems(piles["to_deliver"]),
        runs=list(ClosingRun.objects.filter(started_at__lte=at).order_by("-pk")[:RUNS]),
        proof=proofs[0] if proofs else None,
        balances=[each for each in checked if each.kind == Checked.Kind.BALANCE],
    )


def _piles(at: datetime) -> dict[str, dict[str, Pile]]:
    """All piles in one question. Each part names one state, which a partial index of its own holds."""
    received, deliveries = Received.objects.order_by(), Delivery.objects.order_by()
    parts: list[tuple[str, QuerySet[Any, Any]]] = [
        ("to_apply", _pile(received.filter(state=ReceivedState.WAITING), F("source"), "received_at")),
        ("quarantined", _pile(received.filter(state=ReceivedState.QUARANTINED), F("source"), "received_at")),
        ("to_deliver", _pile(deliveries.filter(state=DeliveryState.WAITING), F("destination"), "created_at")),
        ("parked", _pile(deliveries.filter(state=DeliveryState.PARKED), F("destination"), "created_at")),
    ]
    for kind in (Notice, Mail, Digest):
        waiting, given_up = _mails(kind, at)
        of = Value(kind.__name__, CharField())
        parts.append(("mails", _pile(waiting, of, "until" if kind is Digest else "created_at")))
        parts.append(("mails_given_up", _pile(given_up, of, "mail_given_up_at")))
    named = [rows.annotate(pile=Value(name, CharField())) for name, rows in parts]
    found: dict[str, dict[str, Pile]] = {name: {} for name, _ in parts}
    for row in named[0].union(*named[1:], all=True):
        found[row["pile"]][row["of"]] = Pile(row["number"], row["oldest"])
    return found


def _mails(kind: type[Mailed], at: datetime) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """What waits for its mail, and what was given up of late. A notice without an address has no mail of its own."""
    rows: QuerySet[Any, Any] = kind._default_manager.order_by()
    waiting = rows.filter(UNDER_WAY)
    if kind is Notice:
        waiting = waiting.exclude(mail_to="")
    return waiting, rows.filter(GIVEN_UP, mail_given_up_at__gt=at - REFUSED)


def _together(piles: dict[str, Pile]) -> Pile:
    oldest = [pile.oldest for pile in piles.values() if pile.oldest]
    return Pile(sum(pile.number for pile in piles.values()), min(oldest, default=None))


def _pile(rows: QuerySet[Any, Any], of: Any, moment: str) -> QuerySet[Any, Any]:
    pile: QuerySet[Any, Any] = (
        rows.annotate(of=of).values("of").annotate(number=Count("pk"), oldest=Min(moment))
    )
    return pile


def _problems(waiting: Iterable[str]) -> dict[str, str]:
    """What went wrong with the first message that waits for each of these; not what the other side says of it."""
    problems = {}
    for destination in waiting:
        tried = Delivery.objects.filter(destination=destination, state=DeliveryState.WAITING)
        first = tried.exclude(problem="").order_by("due_at", "pk").values_list("problem", flat=True).first()
        if first:
            problems[destination] = kind_of(first)
    return problems


def kind_of(problem: str) -> str:
    """The status of an answer, or what kept it from coming; a text of the other side's could name a person."""
    answered = HTTP.search(problem)
    return answered.group() if answered else problem.partition(":")[0][:60]


AWAY = timedelta(minutes=15)
"""What should go on by itself is late after this: longer than any duty's pause."""


def is_late(moment: datetime | None, at: datetime) -> bool:
    """Whether something that should go on by itself has stood still."""
    return moment is not None and at - moment > AWAY
