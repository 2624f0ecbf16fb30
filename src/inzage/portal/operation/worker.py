"""The worker: whether it gives signs of life, and how each of its duties goes."""

from datetime import datetime
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inzage.oversight.health import Health, is_late
from inzage.oversight.models import Sign
from inzage.portal.operation.lights import Light, Told, in_words

DUTIES: dict[str, Promise] = {
    "evening": gettext_lazy("avondcontrole: wat eerst nagekeken moet worden, wordt aangehouden"),
    "closing": gettext_lazy("rechten afsluiten"),
    "prove": gettext_lazy("rechten narekenen"),
    "canary": gettext_lazy("kanarie rond middernacht"),
    "rule-books": gettext_lazy("beslissingen over regelboeken uitvoeren"),
    "rehearse": gettext_lazy("ontwerpen van regelboeken nagaan en doorrekenen"),
    "mails": gettext_lazy("mails verzenden"),
    "digests": gettext_lazy("dagoverzichten verzenden"),
    "questions": gettext_lazy("vragen zonder antwoord doorgeven"),
    "deliver": gettext_lazy("berichten aan Actiris afleveren"),
    "pull-ibis": gettext_lazy("IBIS vragen wat er nieuw is"),
    "apply-ibis": gettext_lazy("berichten van IBIS verwerken"),
    "refresh-enrolments": gettext_lazy("inschrijvingen bij Actiris nakijken"),
    "apply-vdab": gettext_lazy("berichten van VDAB verwerken"),
    "count": gettext_lazy("cijfers tellen"),
    "balance": gettext_lazy("balans opmaken"),
}


class Duty(NamedTuple):
    """A duty in words, how it goes, when it last did its work, and what keeps it from that."""

    name: str
    light: Light
    done_at: datetime | None
    failing_since: datetime | None
    problem: str


def told(found: Health, at: datetime) -> Told:
    """Whether the worker works at all, and whether a duty of it doesn't."""
    last = max((moment for sign in found.signs if (moment := _last_of(sign))), default=None)
    title = _("Verwerking")
    if last is None:
        return Told(
            "verwerking",
            title,
            Light.WRONG,
            [
                _(
                    "Gaf nog nooit een teken. Start inzage worker: anders sluit er niets af en vertrekt er niets."
                )
            ],
        )
    if is_late(last, at):
        said = _(
            "Gaf het laatste teken op %(moment)s. Kijk of inzage worker draait: "
            "anders sluit er niets af en vertrekt er niets."
        )
        return Told("verwerking", title, Light.WRONG, [said % {"moment": in_words(last)}])
    failing = [sign for sign in found.signs if sign.failing_since]
    said = _("Gaf het laatste teken op %(moment)s.") % {"moment": in_words(last)}
    if not failing:
        return Told("verwerking", title, Light.GOOD, [said])
    names = ", ".join(_name(sign.duty) for sign in failing)
    return Told("verwerking", title, Light.LOOK, [said, _("Dit lukt niet: %(names)s.") % {"names": names}])


def duties_told(found: Health, at: datetime) -> list[Duty]:
    """Each duty that ever gave a sign."""
    return [
        Duty(_name(sign.duty), _light(sign, at), sign.done_at, sign.failing_since, sign.problem)
        for sign in found.signs
    ]


def _light(sign: Sign, at: datetime) -> Light:
    if sign.failing_since:
        return Light.WRONG if is_late(sign.failing_since, at) else Light.LOOK
    return Light.LOOK if is_late(sign.done_at, at) else Light.GOOD


def _last_of(sign: Sign) -> datetime | None:
    return sign.failing_since if sign.done_at is None else sign.done_at


def _name(duty: str) -> str:
    return str(DUTIES.get(duty, duty))
