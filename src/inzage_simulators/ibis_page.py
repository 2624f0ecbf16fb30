"""The page of IBIS, where a promoter's registration can be typed in, corrected and withdrawn."""

from collections.abc import Sequence
from html import escape
from typing import Any

from starlette.responses import HTMLResponse

from inzage_simulators.pages import Held, page

FIELDS = (
    ("insz", "INSZ", ""),
    ("family_name", "Naam", ""),
    ("given_name", "Voornaam", ""),
    ("nis_code", "NIS-code van de gemeente", "21004"),
    ("remark", "Opmerking: cursusnummer of PRJLEW / uitbestedingsnummer / OE-nummer", ""),
    ("title", "Titel van de opleiding", ""),
)


def shown(rows: Sequence[dict[str, Any]], *, today: str) -> HTMLResponse:
    """The form, and what was registered last."""
    ids = list(dict.fromkeys(str(row["id"]) for row in rows if row["id"]))
    choices = "".join(f"<option>{escape(each)}</option>" for each in ids)
    inputs = "".join(_input(name, label, value) for name, label, value in (*FIELDS, _registered_on(today)))
    form = (
        '<form method="post"><h2>Opleidingsaanvraag</h2>'
        f'<p><label>Nieuw, of een correctie van <select name="id"><option value="">(nieuw)</option>{choices}</select>'
        f"</label></p>{inputs}"
        '<p><button name="act" value="register">Registreren</button> '
        '<button name="act" value="withdraw">Gekozen aanvraag intrekken</button></p></form>'
    )
    explained = "Wat promotoren in IBIS registreerden. Alles hier is verzonnen."
    return page("IBIS", explained, Held("Opleidingsaanvragen (de laatste honderd)", rows), form=form)


def _registered_on(today: str) -> tuple[str, str, str]:
    return "registered_on", "Geregistreerd op", today


def _input(name: str, label: str, value: str) -> str:
    return (
        f"<p><label>{escape(label)}<br>"
        f'<input name="{name}" value="{escape(value)}" size="60" autocomplete="off"></label></p>'
    )
