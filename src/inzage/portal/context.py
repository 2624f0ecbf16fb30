"""What every page shows around its own content."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from inzage.notices.models import Notice
from inzage.partners.models import Person, Unit
from inzage.portal import clock
from inzage.portal.acting import chosen_of, signed_in, units_of
from inzage.portal.menu import menu_of

SEEN_NOTICES = "seen_notices"
"""In the session: for each unit, by its number, the newest notice that was opened."""
RECENT = timedelta(days=7)
MOST = 99


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Whether this is the demo; who is signed in, for which unit, with how many new notices."""
    person = signed_in(request) if hasattr(request, "user") else None
    if person is None:
        return {"demo": settings.DEMO}
    units = units_of(person) if person.role == Person.Role.COUNSELLOR else []
    unit = chosen_of(units, request)
    return {
        "demo": settings.DEMO,
        "person": person,
        "unit": unit,
        "menu": menu_of(person, unit, request.path),
        "has_choice": len(units) > 1,
        "new_notices": _new_notices(unit, seen_by(unit, request)) if unit else 0,
    }


def seen_by(unit: Unit, request: HttpRequest) -> int:
    """The newest notice of this unit that was opened in this session."""
    seen: dict[str, int] = request.session.get(SEEN_NOTICES, {})
    return seen.get(str(unit.pk), 0)


def _new_notices(unit: Unit, seen: int) -> int:
    """How many notices of the last week were not opened in this session yet; at most 99, so that it stays cheap."""
    since = clock.today() - RECENT
    newest = Notice.objects.filter(unit=unit, pk__gt=seen).order_by("-pk").values_list("on", flat=True)
    return sum(on >= since for on in newest[:MOST])
