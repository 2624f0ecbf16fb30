"""How the system is doing, in words: the worker, what waits, the last runs and checks."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inzage import __version__
from inzage.oversight.health import health
from inzage.partners.models import Person
from inzage.portal.doors import Official, for_role
from inzage.portal.operation import exchange, runs, worker
from inzage.portal.operation.lights import Light


@for_role(Person.Role.OPERATOR)
def state(request: HttpRequest, operator: Official) -> HttpResponse:
    """Everything on one page, each with a word for how it is; no person is named on it."""
    found = health(operator.at)
    told = [
        worker.told(found, operator.at),
        *exchange.told(found, operator.at),
        *runs.told(found, operator.at),
    ]
    shown = {
        "told": told,
        "wrong_ones": [each for each in told if each.light is not Light.GOOD],
        "duties": worker.duties_told(found, operator.at),
        "differing": found.differing,
        "proof": found.proof,
        "runs": found.runs,
        "engine": connection.display_name,
        "version": __version__,
        "at": operator.at,
    }
    return render(request, "portal/operation/state.html", shown)
