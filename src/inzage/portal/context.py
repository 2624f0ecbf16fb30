"""What every page shows around its own content."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from inzage.notices.reading import count_new
from inzage.partners.models import Person
from inzage.portal import clock
from inzage.portal.acting import chosen_of, signed_in, units_of
from inzage.portal.coming_in.limits import seconds_to_first_look
from inzage.portal.menu import menu_of
from inzage.portal.rule_manager.drafts.waiting import waiting_for

RULES = Person.Role.RULE_MANAGER
RECENT = timedelta(days=7)


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Whether this is the demo; who is signed in, for which unit, with how many new notices."""
    person = signed_in(request) if hasattr(request, "user") else None
    if person is None:
        return {"demo": settings.DEMO}
    units = units_of(person, request) if person.role == Person.Role.COUNSELLOR else []
    unit = chosen_of(units, request)
    return {
        "demo": settings.DEMO,
        "person": person,
        "look_in": seconds_to_first_look(request.session, clock.now().timestamp()),
        "unit": unit,
        "menu": menu_of(person, unit, request.path),
        "has_choice": len(units) > 1,
        "waiting_proposals": waiting_for(person, clock.today()) if person.role == RULES else 0,
        "new_notices": count_new(person, unit, since=clock.today() - RECENT) if unit else 0,
    }
