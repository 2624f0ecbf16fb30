"""How the system itself is doing: what waits and since when, what is stuck, what the worker last did. Of nobody."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Min, QuerySet, Subquery, Value
from django.db.models.fields import CharField

from inzage.inbox.models import Received, ReceivedState
from inzage.notices.models import GIVEN_UP, UNDER_WAY, Digest, Mail, Mailed, Notice
from inzage.outbox.models import Delivery, DeliveryState, Destination
from inzage.oversight.models import CanaryWatch, Checked, Differing, Sign
from inzage.rules.days import day_of
from inzage.view_rights.held import EveningCheck, UnusualDay, last_check
from inzage.view_rights.models import ClosingRun, ViewRight

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
    evening: EveningCheck | None
    proof: Checked | None
    differing: list[Differing]
    canary: CanaryWatch | None
    worst_overrun: int
    late: int
    held: int
    unusual: int
    balances: list[Checked]


def health(at: datetime) -> Health:
    """How it is doing at this moment."""
    piles = _piles(at)
    last_checked = Checked.objects.order_by().values("kind", "institution").annotate(last=Max("pk"))
    checked = list(Checked.objects.filter(pk__in=last_checked.values("last")).order_by("institution"))
    proofs = [each for each in checked if each.kind == Checked.Kind.PROOF]
    proof = proofs[0] if proofs else None
    canary = _last_canary()
    late, held = _open_past_and_held(day_of(at))
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
        proof=proof,
        differing=_differing(proof) if proof and proof.differing else [],
        canary=canary,
        worst_overrun=canary.worst if canary else 0,  # type: ignore[attr-defined]
        late=late,
        held=held,
        unusual=UnusualDay.objects.filter(day__gte=day_of(at)).count(),
        evening=last_check(day_of(at)),
        balances=[each for each in checked if each.kind == Checked.Kind.BALANCE],
    )


SHOWN = 20
"""So many differing rights are told."""


def _differing(proof: Checked) -> list[Differing]:
    found = Differing.objects.filter(checked=proof).select_related("dossier", "unit")
    return list(found.order_by("pk")[:SHOWN])


def _last_canary() -> CanaryWatch | None:
    """The last watch over a canary, with the worst overrun of all of them (microseconds)."""
    worst = CanaryWatch.objects.order_by("-overrun").values("overrun")[:1]
    return CanaryWatch.objects.order_by("-pk").annotate(worst=Subquery(worst)).first()


def _open_past_and_held(today: date) -> tuple[int, int]:
    """How many rights are open though their last day is past, and how many are held."""
    not_closed = ViewRight.objects.order_by().filter(closed_on=None)
    parts = {"late": not_closed.filter(last_day__lt=today), "held": not_closed.exclude(held="")}
    counted = [
        rows.annotate(part=Value(name, CharField())).values("part").annotate(number=Count("pk"))
        for name, rows in parts.items()
    ]
    numbers = {row["part"]: row["number"] for row in counted[0].union(*counted[1:], all=True)}
    return numbers.get("late", 0), numbers.get("held", 0)


def is_proven() -> bool:
    """Whether the last proof, where there was one, found no difference."""
    proofs = Checked.objects.filter(kind=Checked.Kind.PROOF, institution="")
    return not proofs.order_by("-pk").values_list("differing", flat=True).first()


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
