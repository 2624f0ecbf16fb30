"""What was entered in the first step of asking, kept in the session: going back or loading anew loses nothing.

The address of the next step names only the draft, by a number that says nothing. A few are kept, so that two tabs
don't mix up two clients, and each is for the unit for which it was entered.
"""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest

from inzage.partners.models import Unit

KEPT = "asking"
MOST = 5


def keep(request: HttpRequest, entered: dict[str, str], unit: Unit) -> UUID:
    """Keep what was entered for this unit; returns by what it is found again."""
    draft = uuid4()
    drafts = _drafts(request) | {str(draft): {"unit": unit.pk, "entered": entered}}
    request.session[KEPT] = dict(list(drafts.items())[-MOST:])
    return draft


def kept(request: HttpRequest, draft: UUID | None, unit: Unit) -> dict[str, str] | None:
    """What was entered under it for this unit, if it is still there."""
    found: dict[str, Any] = _drafts(request).get(str(draft), {})
    entered: dict[str, str] | None = found.get("entered")
    return entered if found.get("unit") == unit.pk else None


def forget(request: HttpRequest, entered: dict[str, str]) -> None:
    """Keep no longer what was asked meanwhile."""
    drafts = _drafts(request)
    request.session[KEPT] = {draft: one for draft, one in drafts.items() if one["entered"] != entered}


def _drafts(request: HttpRequest) -> dict[str, dict[str, Any]]:
    drafts: dict[str, dict[str, Any]] = request.session.get(KEPT, {})
    return drafts
