"""Before each search by number: may this person still search, and what is answered where not."""

from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inzage.access_log.misses import REFUSED, refused_until
from inzage.access_log.models import AccessLine, Why
from inzage.partners.models import Person
from inzage.view_rights.looking import Look, write


class TooOften(Exception):
    """This person searched in vain too often, and may search again from `until` on."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"no search before {until:%Y-%m-%d %H:%M:%S %z}")
        self.until = until


def may_search(person: Person, at: datetime) -> None:
    """Call it before searching, in the same transaction. TooOften is answered by who guards the page."""
    until = refused_until(person, at, most=settings.MISSES_PER_HOUR)
    if until is not None:
        raise TooOften(until)


def answer_too_often(
    request: HttpRequest, look: Look, refused: TooOften, *, page: str = "portal/guessing/too_often.html"
) -> HttpResponse:
    """What to do now, and from when on a search is possible again; the refusal has its line in the access log."""
    at = look.origin.at
    write(AccessLine.Kind.SEARCH, look._replace(stated_reason=REFUSED, why=Why.REFUSED), [])
    shown = {"until": _next_minute(refused.until), "most": settings.MISSES_PER_HOUR}
    response = render(request, page, shown, status=429)
    response.headers["Retry-After"] = str(ceil((refused.until - at).total_seconds()))
    return response


def _next_minute(moment: datetime) -> datetime:
    """As a clock on the wall shows it, and never too early."""
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + timedelta(minutes=1)
