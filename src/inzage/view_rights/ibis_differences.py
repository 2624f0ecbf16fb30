"""What a desk is told, in Dutch, of a request of IBIS that says otherwise than its line here (S15, S23)."""

from datetime import date

from inzage.dossiers.models import Activity
from inzage.dossiers.words import KIND_WORDS
from inzage.view_rights.registering import NewActivity

STAYED = "De lijn is hier al begonnen of afgelopen, en bleef zoals ze was."
WITHDRAWN = f"Ze is ingetrokken in IBIS. {STAYED}"
CANCELLED = (
    "De lijn verviel samen met haar aanvraag in IBIS, die meteen een inzagerecht had gegeven. "
    "Beslis over dat recht."
)
GRANTS_NO_MORE = (
    "Zoals ze nu is, geeft ze niet meer meteen een inzagerecht, en eerder had ze dat wel gedaan. "
    "Beslis over dat recht."
)


def said_otherwise(told: str) -> str:
    """IBIS says this now of a line that stayed as it was."""
    return f"IBIS zegt nu: {told}. {STAYED}"


def differences(line: Activity, new: NewActivity) -> str:
    """What IBIS says otherwise. The title is not compared: it may be a better one, given at the start."""
    pairs = (
        ("soort", KIND_WORDS[new.kind], KIND_WORDS[line.kind]),
        ("cursusnummer", new.course_number, line.course_number),
        ("uitbestedingsnummer", new.outsourcing_number, line.outsourcing_number),
        ("dag van registratie", _written(new.ibis_registered_on), _written(line.ibis_registered_on)),
    )
    return ", ".join(
        f"{word} {there or 'geen'} (hier {here or 'geen'})" for word, there, here in pairs if there != here
    )


def _written(on: date | None) -> str:
    return f"{on:%d/%m/%Y}" if on else ""
