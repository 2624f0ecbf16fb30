"""What is done in the evening and at night: the check, the closing run, the proof, the canary, the balances."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from inzage.oversight.health import Health
from inzage.oversight.models import CanaryWatch, Checked
from inzage.portal.operation.lights import Light, Told, in_words
from inzage.portal.templatetags.days import day as as_said
from inzage.rules.days import day_of, midnight

BY = timedelta(hours=1, minutes=5)
"""After midnight: an hour after the run begins. A right ends at midnight whether or not it has run."""
BALANCED: Mapping[str, Promise] = {
    "ibis": gettext_lazy("Balans met IBIS"),
    "vdab": gettext_lazy("Balans met VDAB"),
}
CHECKED_BY = timedelta(hours=22, minutes=15)
"""After midnight: a quarter of an hour after the evening check begins, so that there is time to do it by hand."""


def told(found: Health, at: datetime) -> Iterator[Told]:
    """The evening check, the closing run, the proof, the canary, and each balance that was ever drawn up."""
    yield _closing(found, at)
    yield _evening(found, at)
    yield _proof(found, at)
    yield _canary(found, at)
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
    owed = _owed(at)
    sentences = [said, *_late(found)]
    if finished.day >= owed:
        light = Light.LOOK if found.late and finished.day >= today else Light.GOOD
        return Told("afsluiting", title, light, sentences)
    late = _("De nacht vóór %(day)s is nog niet afgesloten. Niemand houdt daardoor langer inzage.")
    return Told("afsluiting", title, Light.WRONG, [*sentences, late % {"day": as_said(owed)}])


def _evening(found: Health, at: datetime) -> Told:
    title, today, check = _("Avondcontrole"), day_of(at), found.evening
    if check is None or check.finished_at is None:
        never = _(
            "Nog nooit gedaan: niets wordt aangehouden. Start inzage worker, of voer inzage check-evening uit."
        )
        return Told("avond", title, Light.WRONG, [never])
    waits = list(_waits(found))
    said = ngettext(
        "Laatst op %(moment)s: %(number)d recht aangehouden.",
        "Laatst op %(moment)s: %(number)d rechten aangehouden.",
        check.held,
    ) % {"moment": in_words(check.finished_at), "number": check.held}
    owed = today if at >= midnight(today) + CHECKED_BY else today - timedelta(days=1)
    if check.day < owed:
        late = _("De avond van %(day)s is niet gecontroleerd: wat die avond eindigde, is niet aangehouden.")
        missed = late % {"day": as_said(owed)}
        return Told("avond", title, Light.WRONG, [said, missed, *waits])
    sentences = [said, *waits, *_unusual(found.unusual)]
    return Told("avond", title, Light.LOOK if found.held or found.unusual else Light.GOOD, sentences)


def _unusual(days: int) -> Iterator[str]:
    if days:
        yield ngettext(
            "Op %(number)d dag die komt zouden ongewoon veel rechten eindigen: die avond worden ze aangehouden. "
            "Vraag de regelbeheerder of dat klopt.",
            "Op %(number)d dagen die komen zouden ongewoon veel rechten eindigen: die avond worden ze aangehouden. "
            "Vraag de regelbeheerder of dat klopt.",
            days,
        ) % {"number": days}


def _waits(found: Health) -> Iterator[str]:
    """What is held, since whichever evening, and who answers."""
    if found.held:
        yield ngettext(
            "%(number)d recht wacht op bevestiging vóór het afgesloten wordt: de regelbeheerder antwoordt op de "
            "bladzijde Aangehouden rechten.",
            "%(number)d rechten wachten op bevestiging vóór ze afgesloten worden: de regelbeheerder antwoordt op de "
            "bladzijde Aangehouden rechten.",
            found.held,
        ) % {"number": found.held}


def _late(found: Health) -> Iterator[str]:
    """What the run has not closed yet."""
    if found.late:
        yield ngettext(
            "%(number)d recht is nog niet afgesloten na zijn laatste dag. Niemand heeft er nog inzage door.",
            "%(number)d rechten zijn nog niet afgesloten na hun laatste dag. Niemand heeft er nog inzage door.",
            found.late,
        ) % {"number": found.late}


def _owed(at: datetime) -> date:
    """The last day of which the night should be done by now."""
    today = day_of(at)
    return today if at >= midnight(today) + BY else today - timedelta(days=1)


def _proof(found: Health, at: datetime) -> Told:
    title, proof = _("Bewijs: klopt wat opgeslagen is met de regels?"), found.proof
    if proof is None:
        return Told("bewijs", title, Light.LOOK, [_("Nog nooit gedaan. Voer inzage prove uit.")])
    said = ngettext(
        "Laatst op %(moment)s: %(counted)d recht nagerekend.",
        "Laatst op %(moment)s: %(counted)d rechten nagerekend.",
        proof.counted,
    )
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
    sentences.append(_("Er was geen enkel verschil."))
    if proof.day >= _owed(at):
        return Told("bewijs", title, Light.GOOD, sentences)
    late = _("Na de nacht vóór %(day)s is nog niet nagerekend.") % {"day": as_said(_owed(at))}
    return Told("bewijs", title, Light.LOOK, [*sentences, late])


def _canary(found: Health, at: datetime) -> Told:
    """A right that ended last midnight: did the answer turn from yes to no on the stroke of it?"""
    title, heard = _("Kanarie: houdt een recht op om middernacht?"), found.canary
    if heard is None:
        never = _("Nog nooit gevraagd. Dat doet inzage worker rond elke middernacht.")
        return Told("kanarie", title, Light.LOOK, [never])
    said = _("Gevraagd rond het einde van %(day)s: %(number)d keer.") % {
        "day": as_said(heard.day),
        "number": heard.asked,
    }
    worst = _("Langste overschrijding ooit: %(seconds)s s.") % {"seconds": _seconds(found.worst_overrun)}
    wrong = list(_unlike_midnight(heard))
    if wrong:
        return Told("kanarie", title, Light.WRONG, [said, *wrong, worst])
    if heard.day < day_of(at) - timedelta(days=1):
        missed = _("Rond de laatste middernacht werd niets gevraagd: inzage worker draaide toen niet.")
        return Told("kanarie", title, Light.LOOK, [said, missed, worst])
    well = _("Het antwoord was ja tot middernacht, en nee vanaf dan.")
    return Told("kanarie", title, Light.GOOD, [said, well, worst])


def _unlike_midnight(heard: CanaryWatch) -> Iterator[str]:
    if heard.overrun:
        yield _("Het antwoord was nog ja %(seconds)s s na middernacht. Verwittig de ontwikkelaars.") % {
            "seconds": _seconds(heard.overrun)
        }
    if heard.early:
        yield _("Het antwoord was al nee %(seconds)s s vóór middernacht. Verwittig de ontwikkelaars.") % {
            "seconds": _seconds(heard.early)
        }
    if heard.last_yes_at is None and not heard.early:
        yield _("Vóór middernacht werd niets gehoord.")
    if heard.first_no_at is None and not heard.overrun:
        yield _("Na middernacht werd niets gehoord.")


def _seconds(microseconds: int) -> str:
    """Seconds as people of the page's language write them, to the millisecond, upwards."""
    return number_format(-(-microseconds // 1000) / 1000, decimal_pos=3) if microseconds else "0"


def _balance(checked: Checked) -> Told:
    name = checked.institution
    said = ngettext(
        "Laatst op %(moment)s, over %(day)s: %(counted)d bericht vergeleken.",
        "Laatst op %(moment)s, over %(day)s: %(counted)d berichten vergeleken.",
        checked.counted,
    ) % {
        "moment": in_words(checked.checked_at),
        "day": as_said(checked.day),
        "counted": checked.counted,
    }
    title, key = str(BALANCED.get(checked.institution, name)), f"balans-{checked.institution}"
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
