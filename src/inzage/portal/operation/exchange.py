"""What comes in and goes out: how much waits and since when, what is stuck, who wants nothing more."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from inzage.outbox.models import Destination
from inzage.oversight.health import Health, Pile, is_late, kind_of
from inzage.portal.operation.lights import Light, Told, in_words
from inzage.portal.words import INSTITUTIONS

SOURCES: Mapping[str, Promise] = {"ibis": gettext_lazy("Van IBIS"), "vdab": gettext_lazy("Van VDAB")}


def told(found: Health, at: datetime) -> Iterator[Told]:
    """Each institution that something comes from, each that something goes to, and the mails."""
    for source in sorted({*SOURCES, *found.to_apply, *found.quarantined}):
        yield _came_in(source, found, at)
    destinations = {each.name: each for each in found.destinations}
    for name in sorted({*destinations, *found.to_deliver, *found.parked}):
        yield _goes_out(name, destinations.get(name), found, at)
    yield _mails(found, at)


def _came_in(source: str, found: Health, at: datetime) -> Told:
    waiting, stuck = found.to_apply.get(source, Pile()), found.quarantined.get(source, Pile())
    sentences = [_waits(waiting, _("Niets wacht op verwerking."))]
    late = is_late(waiting.oldest, at)
    if late:
        sentences.append(_("De verwerking loopt achter."))
    if stuck.number:
        sentences.append(
            ngettext(
                "%(number)d bericht in quarantaine, sinds %(moment)s: dat is voor het bureau.",
                "%(number)d berichten in quarantaine, het oudste sinds %(moment)s: dat is voor het bureau.",
                stuck.number,
            )
            % _filled(stuck)
        )
    light = Light.LOOK if late or stuck.number else Light.GOOD
    return Told(f"van-{source}", str(SOURCES.get(source, source)), light, sentences)


def _goes_out(name: str, destination: Destination | None, found: Health, at: datetime) -> Told:
    waiting, parked = found.to_deliver.get(name, Pile()), found.parked.get(name, Pile())
    sentences = [_waits(waiting, _("Niets wacht op aflevering."))]
    light = Light.LOOK if parked.number else Light.GOOD
    if parked.number:
        sentences.append(
            ngettext(
                "%(number)d bericht geparkeerd, sinds %(moment)s: dat is voor het bureau.",
                "%(number)d berichten geparkeerd, het oudste van %(moment)s: dat is voor het bureau.",
                parked.number,
            )
            % _filled(parked)
        )
    if is_late(waiting.oldest, at):
        light = Light.WRONG
        sentences.append(_failing(destination, found.problems.get(name, "")))
    if destination is not None and destination.paused_until and destination.paused_until > at:
        asked = _("De andere kant vroeg om te wachten tot %(moment)s.")
        sentences.append(asked % {"moment": in_words(destination.paused_until)})
    if destination is not None and destination.stopped_at:
        light = Light.WRONG
        stopped = _("De andere kant wil niets meer sinds %(moment)s (%(problem)s).")
        sentences.append(stopped % _stopped(destination.stopped_at, destination.stopped_because))
    return Told(f"naar-{name}", _("Naar %(name)s") % {"name": _named(name)}, light, sentences)


def _failing(destination: Destination | None, problem: str) -> str:
    """Since when it takes nothing, and the last error."""
    last = destination.taken_at if destination else None
    since = (
        _("Het laatste bericht werd aangenomen op %(moment)s.") % {"moment": in_words(last)}
        if last
        else _("Er werd nog nooit een bericht aangenomen.")
    )
    if not problem:
        return since
    said = _("Laatste fout: %(problem)s.") % {"problem": problem}
    return f"{since} {said}"


def _stopped(at: datetime, because: str) -> dict[str, str]:
    return {"moment": in_words(at), "problem": kind_of(because) or "?"}


def _waits(pile: Pile, nothing: str) -> str:
    if not pile.number:
        return nothing
    said = ngettext(
        "%(number)d bericht wacht, sinds %(moment)s.",
        "%(number)d berichten wachten, het oudste sinds %(moment)s.",
        pile.number,
    )
    return said % _filled(pile)


def _mails(found: Health, at: datetime) -> Told:
    """Parts of mails that wait, gathered ones too, and those that were given up."""
    waiting, given_up = found.mails, found.mails_given_up
    sentences = [_("Er wacht geen enkele mail.")]
    if waiting.number:
        said = ngettext(
            "%(number)d mail wacht, sinds %(moment)s.",
            "%(number)d mails wachten, de oudste sinds %(moment)s.",
            waiting.number,
        )
        sentences = [said % _filled(waiting)]
    late = is_late(waiting.oldest, at)
    if late:
        sentences.append(_("Kijk of de mailserver bereikbaar is, of mails voorlopig weigert."))
    if given_up.number:
        said = ngettext(
            "%(number)d mail werd definitief geweigerd, op %(moment)s. Kijk in het logboek van de verwerking welke, "
            "en laat het adres verbeteren.",
            "%(number)d mails werden definitief geweigerd, de oudste op %(moment)s. Kijk in het logboek van de "
            "verwerking welke, en laat de adressen verbeteren.",
            given_up.number,
        )
        sentences.append(said % _filled(given_up))
    return Told("mails", _("Mails"), Light.LOOK if late or given_up.number else Light.GOOD, sentences)


def _filled(pile: Pile) -> dict[str, int | str]:
    return {"number": pile.number, "moment": in_words(pile.oldest) if pile.oldest else ""}


def _named(institution: str) -> str:
    return str(INSTITUTIONS.get(institution, institution))
