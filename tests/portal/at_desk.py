"""Clients at a desk: where their pages are, and what is sent to change who may look."""

import re
from datetime import date, timedelta
from typing import Any

from django.test import Client as Browser

from inzage.dossiers.models import Assignment, Dossier
from inzage.rules.names import ClosingReason
from inzage.view_rights.assigning import assign
from inzage.view_rights.models import ViewRight
from tests.portal.office import TODAY, Office, origin
from tests.portal.reading import markup

TOMORROW = TODAY + timedelta(days=1)
WHY = {"reason": "Aan de verkeerde gegeven.", "sure": "on"}


def page_of(dossier: Dossier, rest: str = "") -> str:
    """Where the client's picture is, or a page behind it."""
    return f"/klanten/{dossier.reference}/{rest}"


def because(browser: Browser, dossier: Dossier, reason: str) -> Any:
    """State a reason, and go on to where that leads."""
    return browser.post(page_of(dossier), {"reason": reason}, follow=True)


def revoking(office: Office, right: ViewRight | None = None) -> str:
    """Where Werkpad's right on Anna's dossier is revoked, or another one."""
    return page_of(office.anna, f"inzagerechten/{(right or office.right).pk}/intrekken/")


def revoked() -> int:
    """How many rights were revoked."""
    return ViewRight.objects.filter(closing_reason=ClosingReason.REVOKED).count()


def to_assign(office: Office, **other: str) -> dict[str, str]:
    """What the form of an assignment to Leerhuis sends."""
    sent = {"unit": "OE2", "service": "TIBB4", "on": TODAY.isoformat(), "contact": "onthaal"}
    return sent | other


def assigned(office: Office, *, on: date = TODAY) -> Assignment:
    """Anna, assigned to Leerhuis."""
    return assign(office.anna.pk, office.other, office.service, on=on, origin=origin())


def ending_of(office: Office, assignment: Assignment) -> str:
    """Where that assignment is ended."""
    return page_of(office.anna, f"toewijzingen/{assignment.pk}/beeindigen/")


def told(response: Any) -> str:
    """What a page that tells what will happen sends along with its form."""
    found = re.search(r'name="told" value="([^"]*)"', markup(response))
    return found[1] if found else ""


def confirmed(browser: Browser, page: str, sent: dict[str, str]) -> dict[str, str]:
    """What is sent once the page told what this does, and was read."""
    return sent | {"step": "confirmed", "told": told(browser.post(page, sent))}


def confirm(browser: Browser, page: str, sent: dict[str, str]) -> Any:
    """Read what it does, and confirm."""
    return browser.post(page, confirmed(browser, page, sent), follow=True)
