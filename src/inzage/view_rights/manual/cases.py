"""Made-up histories for the examples, with their days counted back from today.

So what starts a term happens today, and is judged by the book that governs today. What ends a right at once today, or
keeps it open, finds it standing: nothing before it leaves a term of more than a day to go by.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from inzage.rules.facts import Case, Execution, Grant, Ownership
from inzage.rules.names import Event, Ground
from inzage.rules.periods import day_after, eve

LONG_AGO, YEAR = timedelta(days=100), 365
A_SERVICE = "TIBB4"


def owning(today: date, service: str) -> Case:
    """Assigned, and owner still."""
    begun = today - LONG_AGO
    return Case(begun, (Grant(Ground.ASSIGNMENT, begun),), (Ownership(service, begun),))


def owned(today: date, service: str, ended_by: str = "") -> Case:
    """Owner until today."""
    case = owning(today, service)
    return case._replace(
        ownerships=(Ownership(service, case.granted_on, today, ended_by=ended_by),),
    )


def executed(today: date, event: Event = Event.ACTIVITY_CLOSED) -> Case:
    """The only activity ended today."""
    begun = today - LONG_AGO
    return granted(begun)._replace(executions=(Execution(False, day_after(begun), today, event),))


def granted(on: date) -> Case:
    """A consent on a form, and nothing else."""
    return Case(on, (Grant(Ground.FORM, on),))


def _granted_later(today: date) -> Case:
    case = executed(eve(today))
    return case._replace(grants=(*case.grants, Grant(Ground.FORM, today)))


def _trajectory_only(today: date) -> Case:
    case = executed(today)
    return case._replace(executions=tuple(one._replace(trajectory=True) for one in case.executions))


def _owner_and_executor(today: date) -> Case:
    """Owner until yesterday, and executor until today."""
    case = owned(eve(today), A_SERVICE)
    begun = day_after(case.granted_on)
    return case._replace(executions=(Execution(False, begun, today, Event.ACTIVITY_CLOSED),))


def _begun_again(today: date) -> Case:
    case = executed(eve(today))
    return case._replace(executions=(*case.executions, Execution(False, today)))


def _entered_late(today: date) -> Case:
    """Ended long ago, and entered today."""
    begun = today - timedelta(days=2 * YEAR)
    ended = Execution(
        False, begun, begun + timedelta(days=YEAR // 2), Event.ACTIVITY_CLOSED, end_recorded_on=today
    )
    return granted(begun)._replace(executions=(ended,))


def _withdrawn(today: date) -> Case:
    begun = eve(today)
    return Case(begun, (Grant(Ground.MEDIATOR, begun, today),))


def _beside_an_assignment(today: date) -> Case:
    case = owning(today, A_SERVICE)
    return case._replace(grants=(*case.grants, Grant(Ground.FORM, eve(today), today)))


CASES: Mapping[str, Callable[[date], Case]] = {
    "owning": lambda today: owning(today, A_SERVICE),
    "granted": granted,
    "granted_later": _granted_later,
    "owner_and_executor": _owner_and_executor,
    "trajectory_only": _trajectory_only,
    "begun_again": _begun_again,
    "entered_late": _entered_late,
    "withdrawn": _withdrawn,
    "withdrawn_beside_an_assignment": _beside_an_assignment,
    "deceased": lambda today: granted(eve(today))._replace(deceased_on=today),
}
"""What a line of the layout names as its example."""
