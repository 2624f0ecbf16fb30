"""Lines of the access log, and what a search of it found."""

import re
from datetime import datetime

from inzage.access_log.models import AccessLine, ShownDossier
from inzage.dossiers.models import Dossier
from tests.portal.office import NOON
from tests.portal.reading import markup


def a_line(*dossiers: Dossier, at: datetime = NOON, **given: str) -> AccessLine:
    """A line of Carla's for Werkpad, or another's, that shows these dossiers."""
    known = {"kind": "look", "person": "person:1", "unit": "OE1", "part": "general"}
    line = AccessLine.objects.create(at=at, **{**known, **given})
    for dossier in dossiers:
        ShownDossier.objects.create(
            line=line, dossier=dossier, verdict="right_stands", rule="closing.executor"
        )
    return line


def found(response: object) -> list[int]:
    """The lines on the page, by their numbers."""
    return [int(number) for number in re.findall(r'href="/toezicht/lijnen/(\d+)/">\d', markup(response))]
