"""VDAB's events as they travel (contract.yaml), read as values of ours."""

from collections.abc import Callable
from typing import Any

from inzage.inbox.fields import Fields, Unreadable
from inzage.inbox.keeping import Message
from inzage.inbox.reading import NotJson, object_in
from inzage.oversight.balancing import Sent
from inzage.register_files import checks
from inzage.rules.lines import Step
from inzage.rules.names import Kind, Purpose
from inzage.rules.paths import EarlierStretch, StepOn
from inzage.view_rights.vdab_told import (
    ActivityTold,
    AssignmentTold,
    ClientTold,
    ConsentTold,
    DeathTold,
    MoveTold,
    Told,
    What,
)

LONGEST_ID = 100
"""Of the source and the id together, with the space between them."""


class NoEvent(Unreadable):
    """Nothing that can be kept: it isn't JSON, or has no id."""


def message_of(text: str) -> Message:
    """How an event is kept, whether or not the rest of it can be understood; raises NoEvent where it has no id."""
    event = _parsed(text)
    message_id = _id_of(event)
    kind = event.get("type")
    kind = kind if isinstance(kind, str) and kind.isprintable() and len(kind) <= 100 else "unknown"
    try:
        told = read(text)
    except Unreadable:
        return Message(message_id, 0, kind, text)
    return Message(message_id, told.version, kind, text, told.about, told.client_number)


def _parsed(text: str) -> dict[str, Any]:
    try:
        return object_in(text)
    except NotJson as why:
        raise NoEvent(f"The body is no JSON object ({why}): send one event at a time.") from None


def _id_of(event: dict[str, Any]) -> str:
    """By which an event is kept once: its source and its id."""
    own, source = event.get("id"), event.get("source", "")
    if not isinstance(own, str) or not own or not isinstance(source, str):
        raise NoEvent("The event has no 'id' of its own as text: give every event an id that no other has.")
    message_id = named(source, own)
    if not message_id.isprintable() or len(message_id) > LONGEST_ID:
        raise NoEvent(
            f"'source' and 'id' together are longer than {LONGEST_ID - 1} characters, or hold signs that can't be "
            "printed: shorten them."
        )
    return message_id


def named(source: str, own: str) -> str:
    """By what the inbox knows an event: its id is its source's own."""
    return f"{source} {own}".strip()


def sent_in(row: dict[str, Any]) -> Sent:
    """An event in the list of a day, under the id that the inbox has it by, and whether we said yes to it.

    KeyError or TypeError where it says something else.
    """
    source, own, acknowledged = row["source"], row["id"], row["acknowledged"]
    if not (isinstance(source, str) and isinstance(own, str) and own.isprintable() and source.isprintable()):
        raise TypeError
    return Sent(named(source, own)[:LONGEST_ID], None, arrived=bool(acknowledged))


def read(text: str) -> Told:
    """What an event tells; raises Unreadable, naming the field, what was found and what was expected."""
    event = Fields(_parsed(text), "")
    event.text("specversion", checks.one_of("1.0"))
    event.text("source", checks.key(LONGEST_ID))
    kind = event.text("type", checks.key(100))
    if kind not in KINDS:
        raise Unreadable(f"'type' is none that we know; expected one of {', '.join(KINDS)}.")
    event.text("service", checks.one_of(kind.rsplit(".", 3)[0]))
    event.text("datacontenttype", checks.one_of("application/json"), without="application/json")
    data = event.inside("data")
    client_number = data.text("client_number", checks.key(40))
    what = KINDS[kind](data)
    return Told(_about(what, client_number), client_number, data.version(), what)


def _about(what: What, client_number: str) -> str:
    """The thing whose versions follow each other."""
    match what:
        case AssignmentTold():
            return f"assignment {what.assignment_id}"
        case ConsentTold():
            return f"consent {what.consent_id}"
        case ActivityTold():
            return f"activity {what.activity_id}"
        case MoveTold():
            return f"move {client_number} {what.lives_from}"
        case _:
            return f"death {client_number}"


def _assignment(data: Fields) -> AssignmentTold:
    who = data.inside("client")
    return AssignmentTold(
        assignment_id=data.text("assignment_id", checks.key(64)),
        oe_number=data.text("oe_number", checks.key(40)),
        service=data.text("service", checks.key(40)),
        assigned_on=data.day("assigned_on"),
        ended_on=data.day_or_none("ended_on"),
        end_reason=data.text("end_reason", checks.text(200), without=""),
        contact=data.text("contact", checks.text(200), without=""),
        client=ClientTold(
            insz=who.text("insz", checks.insz),
            family_name=who.text("family_name", checks.key(200)),
            given_name=who.text("given_name", checks.text(200), without=""),
            nis_code=who.text("nis_code", checks.text(10), without=""),
        ),
    )


def _end_of_assignment(data: Fields) -> AssignmentTold:
    data.day("ended_on")  # else what ends would be read as what begins, and grant
    return _assignment(data)


def _consent(data: Fields) -> ConsentTold:
    return ConsentTold(
        consent_id=data.text("consent_id", checks.key(64)),
        oe_number=data.text("oe_number", checks.key(40)),
        purpose=Purpose(data.text("purpose", checks.one_of(*Purpose))),
        activity_title=data.text("activity_title", checks.text(200), without=""),
        completed_on=data.day("completed_on"),
        withdrawn_on=data.day_or_none("withdrawn_on"),
    )


def _withdrawal(data: Fields) -> ConsentTold:
    data.day("withdrawn_on")  # else what is taken away would be read as given
    return _consent(data)


def _activity(data: Fields) -> ActivityTold:
    requested_on, started_on = data.day_or_none("requested_on"), data.day_or_none("started_on")
    if requested_on is None and started_on is None:
        raise Unreadable("Neither data.requested_on nor data.started_on is there; expected one of the two.")
    return ActivityTold(
        activity_id=data.text("activity_id", checks.key(64)),
        oe_number=data.text("oe_number", checks.key(40)),
        kind=Kind(data.text("kind", checks.one_of(*Kind))),
        title=data.text("title", checks.text(200), without=""),
        course_number=data.text("course_number", checks.text(40), without=""),
        outsourcing_number=data.text("outsourcing_number", checks.text(40), without=""),
        requested_on=requested_on,
        started_on=started_on,
        closed_on=data.day_or_none("closed_on"),
        cancelled_on=data.day_or_none("cancelled_on"),
        work_ended_on=data.day_or_none("work_ended_on"),
        earlier=tuple(map(_stretch, data.several("earlier_runs"))),
    )


def _stretch(run: Fields) -> EarlierStretch:
    closed_on = run.day_or_none("closed_on")
    ended = StepOn(Step.CLOSE, closed_on) if closed_on else StepOn(Step.CANCEL, run.day("cancelled_on"))
    return EarlierStretch(ended, run.day("reopened_on"))


def _move(data: Fields) -> MoveTold:
    return MoveTold(data.text("nis_code", checks.text(10)), data.day("lives_from"))


def _death(data: Fields) -> DeathTold:
    return DeathTold(data.day("deceased_on"))


KINDS: dict[str, Callable[[Fields], What]] = {
    "be.vdab.assignments.v1.assignments.notify.assigned": _assignment,
    "be.vdab.assignments.v1.assignments.notify.ended": _end_of_assignment,
    "be.vdab.assignments.v1.assignments.notify.corrected": _assignment,
    "be.vdab.consents.v1.consents.notify.recorded": _consent,
    "be.vdab.consents.v1.consents.notify.withdrawn": _withdrawal,
    "be.vdab.activities.v1.activities.notify.registered": _activity,
    "be.vdab.activities.v1.activities.notify.changed": _activity,
    "be.vdab.clients.v1.clients.notify.moved": _move,
    "be.vdab.clients.v1.clients.notify.died": _death,
}
"""Each kind of event, and how its data are read: the kinds of one thing all tell its whole state."""
