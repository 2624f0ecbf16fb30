"""Why a text is no rule book, in the reader's language: the line, what is wrong, what was expected, an example."""

from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.portal.language import Word
from inzage.rules.tables import lines_of
from inzage.rules.unreadable import Expected, Fault, Refusal

LONGEST = 80
"""So many signs of a line are quoted."""
FAULTS: Mapping[Fault, Word] = {
    Fault.NOT_TOML: _("dit is geen geldige TOML"),
    Fault.TOO_WIDE: _("naast tekst tussen aanhalingstekens en uitleg na # staan er %(value)s tekens"),
    Fault.NO_SECTION: _("de sectie [%(where)s] ontbreekt"),
    Fault.OTHER_SECTION: _("%(where)s is geen sectie: er staat %(value)s"),
    Fault.MISSING: _("%(where)s ontbreekt"),
    Fault.OTHER_VALUE: _("bij %(where)s staat %(value)s"),
    Fault.UNKNOWN_NAME: _("%(where)s bestaat niet in een regelboek"),
    Fault.TWO_UNITS: _("%(where)s heeft zowel months als days"),
    Fault.NO_SERVICE: _("%(where)s is geen code van een dienst"),
    Fault.SECOND_ROW: _("%(where)s is een tweede rij voor %(value)s"),
    Fault.NO_END: _("%(where)s is geen soort einde dat een regelboek kent"),
    Fault.LONG_NAME: _("de naam van %(where)s is, samen met die van de dienst, te lang"),
    Fault.LONG_CODE: _("de code van %(where)s is te lang voor de termijnen van owner.after"),
    Fault.SAME_START: _("twee regelboeken beginnen op %(value)s"),
}
EXPECTED: Mapping[Expected, Word] = {
    Expected.NAME_AND_VALUE: _("op elke lijn één naam, een gelijkheidsteken en één waarde"),
    Expected.VALUE: _("een getal, een datum, true of false, of tekst tussen rechte aanhalingstekens"),
    Expected.ONCE: _("elke sectie, en elke naam erin, één keer"),
    Expected.TEXT: _("tekst tussen twee rechte aanhalingstekens, op één lijn, zonder backslash"),
    Expected.HEADER: _("de naam van een sectie tussen vierkante haken"),
    Expected.CLOSED: _("een haakje dat sluit voor elk haakje dat opent, met komma's ertussen"),
    Expected.NARROW: _("hoogstens %(of)s: één waarde per lijn"),
    Expected.ONE_OF: _("een van %(of)s"),
    Expected.SECTION: _("een sectie, met haar naam tussen vierkante haken"),
    Expected.DATE: _("een datum van 1900 tot en met 2199"),
    Expected.ONE_UNIT: _("een van de twee"),
    Expected.UP_TO: _("een geheel getal van 1 tot en met %(of)s"),
    Expected.SOURCE: _("een zin die zegt waar de waarde vandaan komt"),
    Expected.APPROVER: _("wie de waarde goedkeurde"),
    Expected.SERVICE: _("de code van de dienst: letters, cijfers, - en _"),
    Expected.ONE_ROW: _("één rij per dienst"),
    Expected.SHORT: _("hoogstens %(of)s tekens"),
    Expected.SHORTER: _("een kortere code"),
    Expected.EXACTLY: '"%(of)s"',
    Expected.SWITCH: _("true of false"),
    Expected.OTHER_DAY: _("een andere eerste dag voor een van de twee"),
}


def refused_in_words(refusal: Refusal, text: str) -> SafeString:
    """What is wrong with this text; the line that is wrong is quoted, for who can't count lines."""
    named = {"where": _cut(refusal.where), "value": refusal.value, "of": refusal.of}
    fault, expected = FAULTS[refusal.fault] % named, EXPECTED[refusal.expected] % named
    said = [format_html("{}.", _at_line(refusal.line, str(fault)))]
    if refusal.line:
        line = lines_of(text)[refusal.line - 1].strip()
        said.append(format_html("{} {}", gettext("Er staat:"), _code(_cut(line))))
    said.append(format_html("{} {}.", gettext("Verwacht:"), expected))
    if refusal.example:
        said.append(format_html("{} {}", gettext("Bijvoorbeeld:"), _code(refusal.example)))
    return format_html_join(" ", "{}", ((part,) for part in said))


def _at_line(line: int | None, fault: str) -> str:
    if line:
        return gettext("Lijn %(line)s: %(fault)s") % {"line": line, "fault": fault}
    return fault[:1].upper() + fault[1:]


def _cut(text: str) -> str:
    return Truncator(text).chars(LONGEST)


def _code(text: str) -> SafeString:
    return format_html('<code class="code as-written">{}</code>', text)
