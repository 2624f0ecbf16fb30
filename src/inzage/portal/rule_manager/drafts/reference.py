"""How a rule book is written: every section and name that the reader knows, by the reader's own lists."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.portal.language import Word, spoken
from inzage.rules.names import OwnershipEnd, Status
from inzage.rules.reading_books import EXECUTOR_ENDS, OF_SERVICE, OWNER_ENDS, ROUNDING, SECTIONS, SWITCH
from inzage.rules.tables import LONGEST
from inzage.view_rights.explaining import sentences

OF_SECTIONS: Mapping[str, tuple[Word, str]] = {
    "starts_on": (
        _("De eerste dag van het boek, ten vroegste morgen. Staat boven alle secties."),
        "starts_on = 2027-01-01",
    ),
    "rounding": (
        _("Hoe termijnen geteld worden: één lijn per eenheid (months, days) die het boek gebruikt."),
        "[rounding]",
    ),
    "executor": (
        _("Wie een actie uitvoerde: de termijn vanaf het einde van de laatste actie."),
        "[executor]",
    ),
    "no_activity": (_("Wie niets uitvoert: de termijn vanaf de laatste toekenning."), "[no_activity]"),
    "owner": (
        _("Wie eigenaar van het dossier was, voor elke dienst zonder eigen termijn."),
        "[owner]",
    ),
    "services": (
        _(
            "Eén sectie per dienst, met haar code. Zonder eigen termijn volgt ze owner, en zegt ze enkel status. "
            "Geen dienst van het boek ervoor mag ontbreken."
        ),
        "[services.TIBB4]",
    ),
    "prjlew": (
        _("Mag ontbreken. Of een registratie onder PRJLEW in IBIS het recht zelf geeft, zonder formulier."),
        "[prjlew]",
    ),
}
OF_NAMES: Mapping[str, tuple[Word, str]] = {
    "months": (_("De termijn in maanden, van 1 tot en met %(months)s."), "months = 6"),
    "days": (_("De termijn in dagen, van 1 tot en met %(days)s, in de plaats van months."), "days = 14"),
    "source": (_("Waar de waarde vandaan komt, in een zin."), 'source = "Draaiboek …, punt 4.2"'),
    "status": (_("Hoe zeker de waarde is."), 'status = "assumption"'),
    "approved_by": (_("Wie de waarde goedkeurde. Mag ontbreken."), 'approved_by = "regelbeheer"'),
    "approved_on": (_("Wanneer: samen met approved_by, of geen van de twee."), "approved_on = 2026-12-01"),
    "after": (
        _("Een andere termijn voor één soort einde, met een eigen bron. In executor, owner en een dienst."),
        "[services.TIBB4.after.work_started]",
    ),
    "maximum": (
        _("Enkel bij een dienst: hoelang een traject mag duren. Een signaal, dat geen recht beëindigt."),
        'maximum = { months = 12, source = "Draaiboek …, punt 5", status = "assumption" }',
    ),
    SWITCH: (_("Enkel in prjlew: true of false."), f"{SWITCH} = false"),
}
OF_ROUNDING: Mapping[str, Word] = {
    "months": _("De laatste dag heeft hetzelfde nummer als de dag van de gebeurtenis (15 januari, 15 juli)."),
    "days": _("De dag van de gebeurtenis telt niet mee."),
}


class Row(NamedTuple):
    """A word as it is written in a book, what it means, and a line that has it."""

    name: str
    meaning: str
    example: str


class Part(NamedTuple):
    """Words that have one place in a book."""

    title: str
    rows: list[Row]


def reference() -> list[Part]:
    """All that a book can say, in the language of the page."""
    names = [*OF_SERVICE, SWITCH]
    return [
        Part(gettext("Secties"), [_row(name, OF_SECTIONS) for name in SECTIONS]),
        Part(gettext("Wat in een sectie staat"), [_row(name, OF_NAMES) for name in names]),
        Part(
            gettext("Hoe geteld wordt (rounding)"),
            [Row(unit, str(OF_ROUNDING[unit]), f'{unit} = "{way}"') for unit, way in ROUNDING.items()],
        ),
        Part(
            gettext("Hoe het eigenaarschap eindigde (after, in owner of een dienst)"),
            _ends("owner", OWNER_ENDS),
        ),
        Part(gettext("Hoe de laatste actie eindigde (after, in executor)"), _ends("executor", EXECUTOR_ENDS)),
        Part(
            gettext("Hoe zeker een waarde is (status)"),
            [Row(one, sentences(spoken())["statuses"][one], f'status = "{one}"') for one in Status],
        ),
    ]


def _row(name: str, words: Mapping[str, tuple[Word, str]]) -> Row:
    meaning, example = words[name]
    return Row(name, str(meaning) % {unit: str(most) for unit, most in LONGEST.items()}, example)


def _ends(section: str, ends: tuple[str, ...]) -> list[Row]:
    said = sentences(spoken())["ends"]
    return [Row(end, said[end] + _also(end), f"[{section}.after.{end}]") for end in ends]


def _also(end: str) -> str:
    """By which other name people know it."""
    return " (no-show)" if end == OwnershipEnd.NOT_STARTED else ""
