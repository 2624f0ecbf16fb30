"""Why a message can't be taken, in Dutch, and what a desk can do about it."""

from typing import NamedTuple

from inzage.inbox.models import Received, ReceivedState
from inzage.portal.words import REFUSALS
from inzage.rules.granting import Refusal
from inzage.rules.references import Fault


class Trouble(NamedTuple):
    """What was found, and what to do."""

    found: str
    to_do: str


REMARK = "Vraag de promotor wat er moest staan. Verbeter het veld Opmerking (remark) en verwerk opnieuw."
ASK_SOURCE = "Vraag na bij wie het bericht stuurde. Verbeter het bericht of leg het ter zijde."
TROUBLES: dict[str, Trouble] = {
    Fault.EMPTY: Trouble("Het veld Opmerking is leeg", REMARK),
    Fault.NOT_ASCII: Trouble("Opmerking bevat een teken uit een ander alfabet", REMARK),
    Fault.COUNT: Trouble("Opmerking heeft geen drie delen tussen schuine strepen", REMARK),
    Fault.PART_EMPTY: Trouble("Een deel van Opmerking is leeg", REMARK),
    Fault.SIGN: Trouble("Opmerking bevat een teken dat er niet in kan", REMARK),
    Fault.COURSE_LENGTH: Trouble("Het cursusnummer heeft geen vijf tekens", REMARK),
    Fault.OUTSOURCING_LENGTH: Trouble("Het uitbestedingsnummer heeft geen zeven tekens", REMARK),
    Fault.OE_LENGTH: Trouble("Het OE-nummer is te lang", REMARK),
    "not_json": Trouble("De tekst is geen bericht dat wij kunnen lezen", ASK_SOURCE),
    "malformed": Trouble("Het bericht is niet opgebouwd zoals afgesproken", ASK_SOURCE),
    "bad_field": Trouble("Een veld heeft een waarde die niet kan", ASK_SOURCE),
    "bad_date": Trouble("Een dag bestaat niet", "Vraag de juiste dag na, verbeter hem en verwerk opnieuw."),
    "bad_insz": Trouble(
        "Het INSZ klopt niet", "Vraag het juiste nummer na, verbeter het en verwerk opnieuw."
    ),
    "other_record": Trouble(
        "De verbetering gaat over een ander bericht", "Laat id en revision zoals ze waren."
    ),
    "known_already": Trouble("Dit bericht kwam intussen ook goed binnen", "Leg dit bericht ter zijde."),
    "registered_in_future": Trouble(
        "De registratie is gedateerd op een dag die nog moet komen",
        "Vraag de dag na bij de promotor, of verwerk het bericht op die dag opnieuw.",
    ),
    "unknown_unit": Trouble(
        "De organisatie is hier niet bekend",
        "Kijk het OE-nummer na. Klopt het, laat de organisatie dan opnemen en verwerk opnieuw.",
    ),
    "unknown_course": Trouble(
        "Het cursusnummer is hier niet bekend",
        "Kijk het nummer na. Klopt het, laat de cursus dan opnemen en verwerk opnieuw.",
    ),
    "unknown_contract": Trouble(
        "De organisatie heeft geen contract met dat uitbestedingsnummer",
        "Kijk het nummer na. Klopt het, laat het contract dan opnemen en verwerk opnieuw.",
    ),
    "unknown_service": Trouble(
        "De dienst is hier niet bekend",
        "Laat de dienst opnemen en verwerk opnieuw, of vraag het na bij VDAB.",
    ),
    "unknown_client": Trouble(
        "De klant is hier niet bekend",
        "Kijk het nummer na. Klopt het, laat de klant dan inschrijven en verwerk opnieuw.",
    ),
    "client_not_clear": Trouble(
        "Meer dan één klant heeft dit INSZ", "Laat bij VDAB nakijken wie het is, en verwerk opnieuw."
    ),
    "other_client": Trouble("Hier hoort dit bij een andere klant", ASK_SOURCE),
    "other_executor": Trouble(
        "Hier voert een andere organisatie deze actie uit",
        "Vervang de uitvoerder van de actie, of vraag het na.",
    ),
    "differs": Trouble("Het bericht strookt niet met wat hier staat", ASK_SOURCE),
    "same_version": Trouble("Dezelfde versie kwam al binnen, met een andere inhoud", ASK_SOURCE),
    "impossible_days": Trouble("De dagen in het bericht kunnen niet samen", ASK_SOURCE),
    "no_name": Trouble("De naam van een nieuwe klant ontbreekt", "Vul de naam in en verwerk opnieuw."),
    "refused": Trouble("De regels laten dit niet toe", ASK_SOURCE),
    "unexpected": Trouble(
        "Bij het verwerken liep iets mis",
        "Verwerk opnieuw. Lukt dat niet, vraag de beheerder naar het logboek.",
    ),
} | {str(refusal): Trouble(REFUSALS[refusal], ASK_SOURCE) for refusal in Refusal}
NO_TROUBLE = {
    ReceivedState.QUARANTINED: Trouble("Kan niet verwerkt worden", ASK_SOURCE),
    ReceivedState.WAITING: Trouble("", "Niets: het wordt vanzelf verwerkt."),
    ReceivedState.APPLIED: Trouble("", "Niets: het is verwerkt."),
    ReceivedState.OVERTAKEN: Trouble("", "Niets: een latere versie was eerst."),
    ReceivedState.SET_ASIDE: Trouble("", "Niets: het is ter zijde gelegd."),
}


def trouble_of(message: Received) -> Trouble:
    """What is the matter with a message, and what to do with it."""
    state = ReceivedState(message.state)
    if state is not ReceivedState.QUARANTINED:
        return NO_TROUBLE[state]
    return TROUBLES.get(message.reason, NO_TROUBLE[state])


def found_by(reason: str) -> str:
    """A reason in words."""
    return TROUBLES.get(reason, NO_TROUBLE[ReceivedState.QUARANTINED]).found
