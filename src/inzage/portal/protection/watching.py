"""Watching over the log is on record itself: a line for each page, which names the dossiers that it shows."""

from collections.abc import Iterable

from inzage.access_log.models import AccessLine, Why
from inzage.portal.doors import Official
from inzage.portal.protection.rows import Row
from inzage.rules.names import Part
from inzage.view_rights.looking import Look, write

TASK = "toezicht"


def watch(officer: Official, what: str = "") -> Look:
    """A look by the data protection officer: for whose task it is. A client reads `what` too: it names nobody."""
    reason = f"{TASK}: {what}" if what else TASK
    return Look(officer.origin, None, Part.GENERAL, officer.request_id, reason[:300], Why.WATCH)


def on_record(kind: str, officer: Official, dossiers: Iterable[int], what: str = "") -> AccessLine:
    """Write the line in the transaction that shows these dossiers."""
    return write(kind, watch(officer, what), [(pk, None) for pk in sorted(set(dossiers))])


def shown_in(rows: Iterable[Row]) -> set[int]:
    """The dossiers that a list names."""
    return {dossier.pk for row in rows for dossier in row.shown}
