"""The words on screen for what the rules and the database name in English (policy/vocabulary.toml)."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from inzage.consents.models import CONSENTED, DECLINED, FormState
from inzage.inbox.models import Handling, ReceivedState
from inzage.notices.models import Notice
from inzage.portal.language import Word
from inzage.rules.granting import Missing, Refusal
from inzage.rules.lines import Step
from inzage.rules.names import Channel, EnrolmentStatus, Kind, Purpose, Route, State

KINDS: Mapping[str, Word] = {
    Kind.TRAJECTORY: _("trajectactie"),
    Kind.TRAINING: _("opleiding"),
    Kind.PROJECT: _("project"),
    Kind.GUIDANCE: _("begeleiding"),
    Kind.OTHER: _("andere actie"),
}
STATES: Mapping[str, Word] = {
    State.REQUESTED: _("aanvraag"),
    State.RUNNING: _("bezig"),
    State.CLOSED: _("afgesloten"),
    State.CANCELLED: _("geannuleerd"),
}
STEPS: Mapping[str, Word] = {
    Step.START: _("Starten"),
    Step.CLOSE: _("Actie afsluiten"),
    Step.CANCEL: _("Actie annuleren"),
    Step.REOPEN: _("Heropenen"),
    Step.TAKE_BACK_END: _("Aangekondigd einde schrappen"),
    Step.PERFORM: _("Prestaties registreren"),
}
ROUTES: Mapping[str, Word] = {
    Route.MEDIATOR: _("toestemming bij de bemiddelaar"),
    Route.FORM: _("formulier"),
    Route.BRUSSELS_FORM: _("Brussels formulier"),
    Route.BRUSSELS_IBIS: _("Brussels formulier, bij IBIS"),
}
PURPOSES: Mapping[str, Word] = {Purpose.GUIDANCE: _("begeleiding"), Purpose.TRAINING: _("opleiding")}
FORM_STATES: Mapping[str, Word] = {
    FormState.ASKED: _("aangevraagd"),
    FormState.RECEIVED: _("ontvangen"),
    FormState.SENT_BACK: _("teruggestuurd"),
    FormState.GRANTED: _("toegekend"),
    FormState.REFUSED: _("geweigerd"),
}
MISSING: Mapping[str, Word] = {
    Missing.COMPLETED_ON: _("de dag waarop het formulier werd ingevuld"),
    Missing.PURPOSE: _("het doel: begeleiding of opleiding"),
    Missing.INFORMED_OF_ACTIRIS: _(
        "de vermelding dat de klant weet dat VDAB en Actiris gegevens uitwisselen"
    ),
}
NOTICES: Mapping[str, Word] = {
    Notice.Kind.GRANTED: _("Inzagerecht toegekend"),
    Notice.Kind.CLOSED: _("Inzagerecht afgesloten"),
    Notice.Kind.SENT_BACK: _("Formulier teruggestuurd: er ontbreekt iets"),
    Notice.Kind.REFUSED: _("Formulier geweigerd"),
    Notice.Kind.RECEIVED: _("Brussels formulier ingediend"),
    Notice.Kind.ENDS_SOON: _("Inzagerecht eindigt binnenkort"),
    Notice.Kind.ASKED_WHY: _("De klant vraagt waarom er gekeken is"),
    Notice.Kind.ENROLMENT_GONE: _("Klant niet ingeschreven bij Actiris"),
}
ENROLMENTS: Mapping[str, Word] = {
    EnrolmentStatus.ENROLLED: _("ingeschreven"),
    EnrolmentStatus.NOT_ENROLLED: _("niet ingeschreven"),
    EnrolmentStatus.ENDED: _("inschrijving beëindigd"),
    "": _("nog niet nagekeken"),
}
CHANNELS: Mapping[str, Word] = {
    Channel.MY_ACTIRIS: _("via Mijn Actiris"),
    Channel.CALL_CENTRE: _("telefonisch"),
    Channel.AGENCY: _("in een agentschap"),
    Channel.RECORD_CARD: _("met de fiche van de school"),
}
LANGUAGES: Mapping[str, Word] = {"nl": _("Nederlands"), "fr": _("Frans"), "en": _("Engels")}
SOURCES: Mapping[str, Word] = {"actiris": "Actiris", "desk": _("VDAB Brussel"), "school": _("de school")}
REFUSALS: Mapping[str, Word] = {
    Refusal.INCOMPLETE: _("Het formulier is niet volledig: er kan nog niets toegekend worden."),
    Refusal.WITHDRAWN: _("De klant trok deze toestemming in: er kan niets meer op toegekend worden."),
    Refusal.DECEASED: _("De klant is overleden: er kan niets meer toegekend worden."),
    Refusal.BEFORE_COMPLETION: _(
        "De dag waarop het formulier werd ingevuld, moet nog komen: kijk die dag na."
    ),
    Refusal.ALREADY_HANDLED: _("Dit formulier is al behandeld. Er is niets gewijzigd."),
    Refusal.CONSENT_RECORDED: _(
        "De klant gaf deze toestemming al bij de bemiddelaar: er is geen formulier meer nodig."
    ),
    Refusal.COMPLETE: _("Het formulier is volledig: er is niets om het voor terug te sturen."),
    Refusal.NO_REASON: _("Schrijf waarom het formulier geweigerd wordt."),
    Refusal.OBJECTED: _("De klant wil dit niet: voor deze organisatie kan geen inzagerecht gegeven worden."),
}
REMARKS: Mapping[str, Word] = {
    DECLINED: _("De klant wil dit niet."),
    CONSENTED: _(
        "De klant stemde bij de bemiddelaar al met hetzelfde in: deze aanvraag is daarmee afgehandeld."
    ),
}
"""The remarks on a form that are a code; any other is shown as it was written."""
HANDLINGS: Mapping[str, Word] = {
    Handling.Act.CORRECT: _("verbeterd en opnieuw verwerkt"),
    Handling.Act.REPLAY: _("opnieuw verwerkt"),
    Handling.Act.SET_ASIDE: _("ter zijde gelegd"),
}
RECEIVED_STATES: Mapping[str, Word] = {
    ReceivedState.QUARANTINED: _("in quarantaine"),
    ReceivedState.WAITING: _("nog te verwerken"),
    ReceivedState.APPLIED: _("verwerkt"),
    ReceivedState.OVERTAKEN: _("ingehaald door een latere versie"),
    ReceivedState.SET_ASIDE: _("ter zijde gelegd"),
}
INSTITUTIONS: Mapping[str, Word] = {"ibis": "IBIS", "vdab": "VDAB", "actiris": "Actiris"}
LISTS: Mapping[str, Mapping[str, Word]] = {
    "kind": KINDS,
    "state": STATES,
    "step": STEPS,
    "route": ROUTES,
    "purpose": PURPOSES,
    "form_state": FORM_STATES,
    "missing": MISSING,
    "remark": REMARKS,
    "notice": NOTICES,
    "handling": HANDLINGS,
    "institution": INSTITUTIONS,
    "received_state": RECEIVED_STATES,
    "enrolment": ENROLMENTS,
    "channel": CHANNELS,
    "language": LANGUAGES,
    "source": SOURCES,
}


def choices(words: Mapping[str, Word]) -> list[tuple[str, Word]]:
    """A list of words as the choices of a field."""
    return [(str(name), word) for name, word in words.items()]
