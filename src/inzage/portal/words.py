"""The Dutch words on screen for what the rules and the database name in English (policy/vocabulary.toml)."""

from collections.abc import Mapping

from inzage.consents.models import DECLINED, FormState
from inzage.dossiers.words import KIND_WORDS
from inzage.inbox.models import Handling, ReceivedState
from inzage.notices.models import Notice
from inzage.rules.granting import Missing, Refusal
from inzage.rules.lines import Step
from inzage.rules.names import Channel, EnrolmentStatus, Purpose, Route, State

KINDS: Mapping[str, str] = KIND_WORDS
STATES: Mapping[str, str] = {
    State.REQUESTED: "aanvraag",
    State.RUNNING: "bezig",
    State.CLOSED: "afgesloten",
    State.CANCELLED: "geannuleerd",
}
STEPS: Mapping[str, str] = {
    Step.START: "Starten",
    Step.CLOSE: "Actie afsluiten",
    Step.CANCEL: "Actie annuleren",
    Step.REOPEN: "Heropenen",
    Step.TAKE_BACK_END: "Aangekondigd einde schrappen",
    Step.PERFORM: "Prestaties registreren",
}
ROUTES: Mapping[str, str] = {
    Route.MEDIATOR: "toestemming bij de bemiddelaar",
    Route.FORM: "formulier",
    Route.BRUSSELS_FORM: "Brussels formulier",
    Route.BRUSSELS_IBIS: "Brussels formulier, bij IBIS",
}
PURPOSES: Mapping[str, str] = {Purpose.GUIDANCE: "begeleiding", Purpose.TRAINING: "opleiding"}
FORM_STATES: Mapping[str, str] = {
    FormState.ASKED: "aangevraagd",
    FormState.RECEIVED: "ontvangen",
    FormState.SENT_BACK: "teruggestuurd",
    FormState.GRANTED: "toegekend",
    FormState.REFUSED: "geweigerd",
}
MISSING: Mapping[str, str] = {
    Missing.COMPLETED_ON: "de dag waarop het formulier werd ingevuld",
    Missing.PURPOSE: "het doel: begeleiding of opleiding",
    Missing.INFORMED_OF_ACTIRIS: "de vermelding dat de klant weet dat VDAB en Actiris gegevens uitwisselen",
}
NOTICES: Mapping[str, str] = {
    Notice.Kind.GRANTED: "Inzagerecht toegekend",
    Notice.Kind.CLOSED: "Inzagerecht afgesloten",
    Notice.Kind.SENT_BACK: "Formulier teruggestuurd: er ontbreekt iets",
    Notice.Kind.REFUSED: "Formulier geweigerd",
    Notice.Kind.RECEIVED: "Brussels formulier ingediend",
    Notice.Kind.ENDS_SOON: "Inzagerecht eindigt binnenkort",
    Notice.Kind.ASKED_WHY: "De klant vraagt waarom er gekeken is",
    Notice.Kind.ENROLMENT_GONE: "Klant niet ingeschreven bij Actiris",
}
ENROLMENTS: Mapping[str, str] = {
    EnrolmentStatus.ENROLLED: "ingeschreven",
    EnrolmentStatus.NOT_ENROLLED: "niet ingeschreven",
    EnrolmentStatus.ENDED: "inschrijving beëindigd",
    "": "nog niet nagekeken",
}
CHANNELS: Mapping[str, str] = {
    Channel.MY_ACTIRIS: "via Mijn Actiris",
    Channel.CALL_CENTRE: "telefonisch",
    Channel.AGENCY: "in een agentschap",
    Channel.RECORD_CARD: "met de fiche van de school",
}
LANGUAGES: Mapping[str, str] = {"nl": "Nederlands", "fr": "Frans", "en": "Engels"}
SOURCES: Mapping[str, str] = {"actiris": "Actiris", "desk": "VDAB Brussel", "school": "de school"}
REFUSALS: Mapping[str, str] = {
    Refusal.INCOMPLETE: "Het formulier is niet volledig: er kan nog niets toegekend worden.",
    Refusal.WITHDRAWN: "De klant trok deze toestemming in: er kan niets meer op toegekend worden.",
    Refusal.DECEASED: "De klant is overleden: er kan niets meer toegekend worden.",
    Refusal.BEFORE_COMPLETION: "De dag waarop het formulier werd ingevuld, moet nog komen: kijk die dag na.",
    Refusal.ALREADY_HANDLED: "Dit formulier is al behandeld. Er is niets gewijzigd.",
    Refusal.CONSENT_RECORDED: (
        "De klant gaf deze toestemming al bij de bemiddelaar: er is geen formulier meer nodig."
    ),
    Refusal.COMPLETE: "Het formulier is volledig: er is niets om het voor terug te sturen.",
    Refusal.NO_REASON: "Schrijf waarom het formulier geweigerd wordt.",
    Refusal.OBJECTED: "De klant wil dit niet: voor deze organisatie kan geen inzagerecht gegeven worden.",
}
REMARKS: Mapping[str, str] = {DECLINED: "De klant wil dit niet."}
"""The remarks on a form that are a code; any other is shown as it was written."""
HANDLINGS: Mapping[str, str] = {
    Handling.Act.CORRECT: "verbeterd en opnieuw verwerkt",
    Handling.Act.REPLAY: "opnieuw verwerkt",
    Handling.Act.SET_ASIDE: "ter zijde gelegd",
}
RECEIVED_STATES: Mapping[str, str] = {
    ReceivedState.QUARANTINED: "in quarantaine",
    ReceivedState.WAITING: "nog te verwerken",
    ReceivedState.APPLIED: "verwerkt",
    ReceivedState.OVERTAKEN: "ingehaald door een latere versie",
    ReceivedState.SET_ASIDE: "ter zijde gelegd",
}
INSTITUTIONS: Mapping[str, str] = {"ibis": "IBIS", "vdab": "VDAB", "actiris": "Actiris"}
LISTS: Mapping[str, Mapping[str, str]] = {
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


def choices(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """A list of words as the choices of a field."""
    return [(str(name), word) for name, word in words.items()]
