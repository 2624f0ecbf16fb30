"""Training requests from IBIS become lines, follow what is corrected there, and go with it (S14, S15, S23)."""

from collections.abc import Callable

from django.db.models import QuerySet

from inzage.inbox.models import Received, ReceivedState
from inzage.inbox.reading import UNREADABLE
from inzage.journal.models import Origin
from inzage.journal.turns import take_turn
from inzage.partners.known_numbers import has_contract, is_known_course
from inzage.partners.models import Unit
from inzage.rules.days import day_of
from inzage.rules.references import Reference
from inzage.view_rights.announced import dossier_of, number_for
from inzage.view_rights.catching_up import lock, locked
from inzage.view_rights.receiving import Apply, NotTaken, Taken
from inzage.view_rights.training_lines import Request, begin, follow, line_of, move, withdraw
from inzage.view_rights.training_records import SOURCE, Registration, TrainingRequest, Trouble

Read = Callable[[str], TrainingRequest]
"""Reads a record as it came; raises NotTaken where it can't be read."""


def applying(read: Read) -> Apply:
    """How records of IBIS are carried out, read in this way. One that was overtaken need not be readable."""

    def carry_out(received: Received, origin: Origin) -> Taken:
        if _applied(received.message_id).filter(revision__gt=received.revision).exists():
            return Taken(overtaken=True)
        return apply(read(received.text), received, origin)

    return carry_out


def apply(record: TrainingRequest, received: Received, origin: Origin) -> Taken:
    """Carry out one record of IBIS; a revision that a later one overtook does nothing. NotTaken says why not."""
    take_turn(f"{SOURCE}:{record.id}")
    _identify(received, record)
    applied = _applied(record.id).select_related("activity__unit", "activity__dossier__client")
    if applied.filter(revision__gt=record.revision).exists():
        return Taken(overtaken=True)
    last = applied.order_by("-revision").first()
    request = Request(record, last.activity if last else None, origin)
    taken = withdraw(request) if record.registration is None else _take(request, record.registration)
    _overtake(record, origin)
    return taken


def _applied(record_id: str) -> QuerySet[Received]:
    """The revisions of a record that were carried out."""
    return Received.objects.filter(source=SOURCE, message_id=record_id, state=ReceivedState.APPLIED)


def _identify(received: Received, record: TrainingRequest) -> None:
    """A correction stays the record it corrects. One that could not be read at first now says which it is."""
    if (received.message_id, received.revision) == (record.id, record.revision):
        return
    if not received.message_id.startswith(UNREADABLE):
        raise NotTaken(
            Trouble.OTHER_RECORD,
            f"This is revision {received.revision} of {received.message_id}, and the text says revision "
            f"{record.revision} of {record.id}: leave id and revision as they came.",
        )
    known = Received.objects.filter(source=SOURCE, message_id=record.id, revision=record.revision).first()
    if known is not None and received.corrected == "":
        raise NotTaken(
            Trouble.SAME_VERSION,
            f"Revision {record.revision} of {record.id} came in before, and said something else. Ask the promoter "
            "which of the two is right, as a revision of its own.",
        )
    if known is not None:
        raise NotTaken(
            Trouble.KNOWN_ALREADY,
            f"Revision {record.revision} of {record.id} came in by itself: set this one aside.",
        )
    received.message_id, received.revision = record.id, record.revision


def _overtake(record: TrainingRequest, origin: Origin) -> None:
    """Earlier revisions that wait for a person need none any more; one that somebody has in hand finds out itself."""
    waiting = Received.objects.filter(
        source=SOURCE, message_id=record.id, revision__lt=record.revision, state=ReceivedState.QUARANTINED
    )
    for earlier in waiting.select_for_update(skip_locked=True):
        earlier.state, earlier.settled_at, earlier.settled_by = ReceivedState.OVERTAKEN, origin.at, origin.by
        earlier.save()


def _take(request: Request, said: Registration) -> Taken:
    """Make the line, or bring the one there is in line with what IBIS now says."""
    if said.registered_on > day_of(request.origin.at):
        raise NotTaken(
            Trouble.REGISTERED_IN_FUTURE,
            f"registered_on is {said.registered_on}, which is still to come: ask the promoter, or replay it then.",
        )
    unit = _unit_of(said.reference)
    dossier = dossier_of(said, number_for(request.record.id), request.record.revision, origin=request.origin)
    line = request.line
    lock({dossier.pk, line.dossier_id} if line else {dossier.pk})
    dossier = locked(dossier.pk, origin=request.origin)
    if dossier.client.deceased_on is not None:
        raise NotTaken(Trouble.DECEASED, "The client has died: nothing begins any more. Set this one aside.")
    new = line_of(request.record, said, unit)
    if line is None:
        return begin(request, dossier, new)
    line.refresh_from_db()
    if (line.dossier_id, line.unit) == (dossier.pk, unit):
        return follow(request, dossier, line, new)
    return move(request, dossier, line, new)


def _unit_of(reference: Reference) -> Unit:
    """The unit of the OE number, its course and its contract known; else NotTaken."""
    units = list(Unit.objects.filter(oe_number__iexact=reference.oe_number)[:2])
    if len(units) != 1:
        raise NotTaken(
            Trouble.UNKNOWN_UNIT,
            f"{'No' if not units else 'More than one'} unit has the OE number {reference.oe_number}: "
            "correct the number, or import the unit and replay.",
        )
    if not reference.of_leren_en_werken and not is_known_course(reference.course):
        raise NotTaken(
            Trouble.UNKNOWN_COURSE,
            f"There is no course {reference.course}: correct the number, or add the course and replay.",
        )
    if not has_contract(units[0], reference.outsourcing_number):
        raise NotTaken(
            Trouble.UNKNOWN_CONTRACT,
            f"{units[0]} has no contract {reference.outsourcing_number}: correct it, or add the contract and replay.",
        )
    return units[0]
