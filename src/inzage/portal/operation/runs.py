"""What is done at night: the closing run, the proof, the balances; when they last were, and whether they are late."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inzage.oversight.health import Health
from inzage.oversight.models import Checked
from inzage.portal.operation.lights import Light, Told, in_words
from inzage.portal.templatetags.days import day as as_said
from inzage.portal.words import INSTITUTIONS
from inzage.rules.days import day_of, midnight

BY = timedelta(hours=1, minutes=5)
"""After midnight: an hour after the run begins. A right ends at midnight whether or not it has run."""


def told(found: Health, at: datetime) -> Iterator[Told]:
    """The closing run, the proof, and each balance that was ever drawn up."""
    yield _closing(found, at)
    yield _proof(found)
    for checked in found.balances:
        yield _balance(checked)


def _closing(found: Health, at: datetime) -> Told:
    title, today = _("Nachtelijke afsluiting"), day_of(at)
    finished = next((run for run in found.runs if run.finished_at), None)
    if finished is None or finished.finished_at is None:
        never = _("Er werd nog geen nacht afgesloten. Start inzage worker, of voer inzage close uit.")
        return Told("afsluiting", title, Light.WRONG, [never])
    said = ngettext(
        "Laatst klaar op %(moment)s: %(number)d recht afgesloten.",
        "Laatst klaar op %(moment)s: %(number)d rechten afgesloten.",
        finished.closed,
    ) % {"moment": in_words(finished.finished_at), "number": finished.closed}
    owed = today if at >= midnight(today) + BY else today - timedelta(days=1)
    if finished.day >= owed:
        return Told("afsluiting", title, Light.GOOD, [said])
    late = _("De nacht vóór %(day)s is nog niet afgesloten. Niemand houdt daardoor langer inzage.")
    return Told("afsluiting", title, Light.WRONG, [said, late % {"day": as_said(owed)}])


def _proof(found: Health) -> Told:
    title, proof = _("Bewijs: klopt wat opgeslagen is met de regels?"), found.proof
    if proof is None:
        return Told("bewijs", title, Light.LOOK, [_("Nog nooit gedaan. Voer inzage prove uit.")])
    said = _("Laatst op %(moment)s: %(counted)d rechten nagerekend.")
    sentences = [said % {"moment": in_words(proof.checked_at), "counted": proof.counted}]
    if proof.differing:
        sentences.append(
            ngettext(
                "%(number)d klopt niet. Verwittig de ontwikkelaars.",
                "%(number)d kloppen niet. Verwittig de ontwikkelaars.",
                proof.differing,
            )
            % _number(proof)
        )
        return Told("bewijs", title, Light.WRONG, sentences)
    return Told("bewijs", title, Light.GOOD, [*sentences, _("Er was geen enkel verschil.")])


def _balance(checked: Checked) -> Told:
    name = str(INSTITUTIONS.get(checked.institution, checked.institution))
    said = _("Laatst op %(moment)s, over %(day)s: %(counted)d berichten vergeleken.") % {
        "moment": in_words(checked.checked_at),
        "day": as_said(checked.day),
        "counted": checked.counted,
    }
    title, key = _("Balans met %(name)s") % {"name": name}, f"balans-{checked.institution}"
    if checked.differing:
        differ = ngettext(
            "%(number)d verschil: dat is voor het bureau.",
            "%(number)d verschillen: die zijn voor het bureau.",
            checked.differing,
        ) % _number(checked)
        return Told(key, title, Light.LOOK, [said, differ])
    return Told(key, title, Light.GOOD, [said, _("Er was geen enkel verschil.")])


def _number(checked: Checked) -> dict[str, int]:
    return {"number": checked.differing}
