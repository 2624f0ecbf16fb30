"""Which ways to a view right are open to a unit that has none: for whom, in which order (S02, S04, S11, S14, S17)."""

from functools import cache

from inzage.rules.names import Route, UnitKind, Way

BEGIN_IN_IBIS = frozenset((UnitKind.PROMOTER, UnitKind.SCHOOL))
"""Who can have access to IBIS: promoters (S14), and for Leren en Werken the schools (S23)."""
NEVER_ASSIGNED = frozenset((UnitKind.SCHOOL,))
"""To whom no tendered job-seeker is assigned: a school guides no trajectory (S02)."""


def consent_routes(*, in_brussels: bool, from_ibis: bool) -> tuple[Route, ...]:
    """The routes by which the client can consent, the form first.

    Who lives in Brussels that day consents on the Brussels form only: beside IBIS where the unit itself has a line
    from there under way (S17), and else on its own (S11). Anybody else takes the form, or goes to the mediator (S04).
    """
    if not in_brussels:
        return (Route.FORM, Route.MEDIATOR)
    return (Route.BRUSSELS_IBIS if from_ibis else Route.BRUSSELS_FORM,)


@cache
def ways_to_right(kind: UnitKind, *, in_brussels: bool, from_ibis: bool) -> tuple[Way, ...]:
    """The ways open to a unit of this kind, what it can begin with first.

    Who can have access to IBIS begins there for a client in Brussels, unless it did (S14). What VDAB alone can do, an
    assignment, comes last.
    """
    begins_in_ibis = in_brussels and not from_ibis and kind in BEGIN_IN_IBIS
    consents = map(Way, consent_routes(in_brussels=in_brussels, from_ibis=from_ibis))
    return (
        *((Way.IBIS,) if begins_in_ibis else ()),
        *consents,
        *(() if kind in NEVER_ASSIGNED else (Way.ASSIGNMENT,)),
    )


def route_of(way: Way) -> Route | None:
    """The route that is asked in the application on this way; none where nothing is to be asked there."""
    return next((route for route in Route if route.value == way.value), None)
