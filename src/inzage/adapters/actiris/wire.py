"""HTTP with Actiris: it hears of events, is asked about enrolments, and lists what it holds (contract.yaml)."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime

from inzage.adapters.actiris.where import place
from inzage.adapters.actiris.wording import applied_in, enrolment_in, verdict_on
from inzage.adapters.failing import Failed
from inzage.adapters.line import Line, Patience, line_to, list_of_day
from inzage.outbox.answers import Answer, Verdict
from inzage.outbox.events import CONTENT_TYPE
from inzage.outbox.models import Delivery
from inzage.view_rights import enrolling

PATIENCE = Patience(connect=3, part=5, whole=10)
"""Well within the minute that a worker has with a message."""


def line() -> Line | None:
    """The line to Actiris; None where this adapter is off. Raises ImproperlyConfigured."""
    return line_to(place(), PATIENCE)


def send(line: Line, delivery: Delivery, at: datetime) -> Answer:
    """Send an event; what became of it."""
    message_id = str(delivery.event_id)
    try:
        answered = line.send("/messages", delivery.body, CONTENT_TYPE, at=at, message_id=message_id)
    except Failed as why:
        return Answer(Verdict.AGAIN if why.reached else Verdict.NOBODY, str(why))
    return verdict_on(answered.status, answered.headers, answered.body, at=at)


def ask_enrolment(line: Line, insz: str, *, at: datetime) -> enrolling.Answer:
    """Ask whether somebody is enrolled; else Failed or LeftAlone. The number travels in the body."""
    answered = line.send("/enrolments/asked", json.dumps({"insz": insz}), "application/json", at=at)
    return enrolment_in(answered.status, answered.headers, answered.body, at=at)


def applied_on(line: Line, day: date, *, clock: Callable[[], datetime]) -> Iterator[tuple[str, int]]:
    """The events of a day that Actiris holds, and how often it applied each, to strike a balance; else Failed."""
    return list_of_day("/messages", day, lambda target: line.ask(target, at=clock()).text, applied_in)
