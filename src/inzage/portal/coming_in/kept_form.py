"""What somebody sent after the session had ended: kept until he or she is back, and nobody else's (WCAG 2.2, 2.2.1).

It lies in the session of that browser, which names nobody until then; in the one after signing in, if it is the same
person in the same capacity; otherwise nowhere (decision 0050).
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from inzage.partners.models import Person
from inzage.portal.bounds import BESIDE_A_FILE

OF_WHOM, KEPT = "of_whom", "kept_form"
LONGEST_KEPT = timedelta(hours=1)
TOKEN = "csrfmiddlewaretoken"


class KeptForm(NamedTuple):
    """The fields that a person sent to an address of ours at a moment; a file that came with them is not kept."""

    person: int
    address: str
    fields: Sequence[Sequence[str]]
    had_file: bool
    since: float

    @property
    def at(self) -> datetime:
        """The moment of sending."""
        return datetime.fromtimestamp(self.since, UTC)


def keep(request: HttpRequest, *, at: datetime) -> None:
    """Keep what was sent, for whom the session of this browser was last; only the last form, and none too large."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name != TOKEN]
    if not fields or sum(len(part.encode()) for field in fields for part in field) > BESIDE_A_FILE:
        return
    session = request.session
    kept = KeptForm(
        session[OF_WHOM], request.get_full_path(), fields, had_file=bool(request.FILES), since=at.timestamp()
    )
    session[KEPT] = list(kept)
    session.set_expiry(int(LONGEST_KEPT.total_seconds()))
    session.save()


def kept_for(person: Person, session: SessionBase, *, at: datetime) -> KeptForm | None:
    """What this person sent, if this browser still keeps it."""
    found = session.get(KEPT)
    if not found:
        return None
    kept = KeptForm(*found)
    return kept if kept.person == person.pk and kept.at <= at < kept.at + LONGEST_KEPT else None


def on_to(request: HttpRequest, going: str) -> str:
    """Where somebody goes who just signed in: to what is kept, or else to the page or the address that was wanted."""
    return "send-again" if KEPT in request.session else going


def is_sent_by(request: HttpRequest) -> bool:
    """Whether this request sends something to where the kept form was sent."""
    return (
        request.method == "POST"
        and KEPT in request.session
        and KeptForm(*request.session[KEPT]).address == request.get_full_path()
    )
