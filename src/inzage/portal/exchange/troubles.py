"""Why a message can't be taken, and what a desk can do about it."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from inzage.inbox.models import Received, ReceivedState
from inzage.portal.language import Word
from inzage.portal.words import REFUSALS
from inzage.rules.granting import Refusal
from inzage.rules.references import Fault


class Trouble(NamedTuple):
    """What was found, and what to do."""

    found: Word
    to_do: Word


REMARK = _("Vraag de promotor wat er moest staan. Verbeter het veld Opmerking (remark) en verwerk opnieuw.")
ASK_SOURCE = _("Vraag na bij wie het bericht stuurde. Verbeter het bericht of leg het ter zijde.")
TROUBLES: dict[str, Trouble] = {
    Fault.EMPTY: Trouble(_("Het veld Opmerking is leeg"), REMARK),
    Fault.NOT_ASCII: Trouble(_("Opmerking bevat een teken uit een ander alfabet"), REMARK),
    Fault.COUNT: Trouble(_("Opmerking heeft geen drie delen tussen schuine strepen"), REMARK),
    Fault.PART_EMPTY: Trouble(_("Een deel van Opmerking is leeg"), REMARK),
    Fault.SIGN: Trouble(_("Opmerking bevat een teken dat er niet in kan"), REMARK),
    Fault.COURSE_LENGTH: Trouble(_("Het cursusnummer heeft geen vijf tekens"), REMARK),
    Fault.OUTSOURCING_LENGTH: Trouble(_("Het uitbestedingsnummer heeft geen zeven tekens"), REMARK),
    Fault.OE_LENGTH: Trouble(_("Het OE-nummer is te lang"), REMARK),
    "not_json": Trouble(_("De tekst is geen bericht dat wij kunnen lezen"), ASK_SOURCE),
    "malformed": Trouble(_("Het bericht is niet opgebouwd zoals afgesproken"), ASK_SOURCE),
    "bad_field": Trouble(_("Een veld heeft een waarde die niet kan"), ASK_SOURCE),
    "bad_date": Trouble(
        _("Een dag bestaat niet"), _("Vraag de juiste dag na, verbeter hem en verwerk opnieuw.")
    ),
    "bad_insz": Trouble(
        _("Het INSZ klopt niet"), _("Vraag het juiste nummer na, verbeter het en verwerk opnieuw.")
    ),
    "other_record": Trouble(
        _("De verbetering gaat over een ander bericht"), _("Laat id en revision zoals ze waren.")
    ),
    "known_already": Trouble(_("Dit bericht kwam intussen ook goed binnen"), _("Leg dit bericht ter zijde.")),
    "registered_in_future": Trouble(
        _("De registratie is gedateerd op een dag die nog moet komen"),
        _("Vraag de dag na bij de promotor, of verwerk het bericht op die dag opnieuw."),
    ),
    "unknown_unit": Trouble(
        _("De organisatie is hier niet bekend"),
        _("Kijk het OE-nummer na. Klopt het, laat de organisatie dan opnemen en verwerk opnieuw."),
    ),
    "unknown_course": Trouble(
        _("Het cursusnummer is hier niet bekend"),
        _("Kijk het nummer na. Klopt het, laat de cursus dan opnemen en verwerk opnieuw."),
    ),
    "unknown_contract": Trouble(
        _("De organisatie heeft geen contract met dat uitbestedingsnummer"),
        _("Kijk het nummer na. Klopt het, laat het contract dan opnemen en verwerk opnieuw."),
    ),
    "unknown_service": Trouble(
        _("De dienst is hier niet bekend"),
        _("Laat de dienst opnemen en verwerk opnieuw, of vraag het na bij VDAB."),
    ),
    "unknown_client": Trouble(
        _("De klant is hier niet bekend"),
        _("Kijk het nummer na. Klopt het, laat de klant dan inschrijven en verwerk opnieuw."),
    ),
    "client_not_clear": Trouble(
        _("Meer dan één klant heeft dit INSZ"), _("Laat bij VDAB nakijken wie het is, en verwerk opnieuw.")
    ),
    "other_client": Trouble(_("Hier hoort dit bij een andere klant"), ASK_SOURCE),
    "other_executor": Trouble(
        _("Hier voert een andere organisatie deze actie uit"),
        _("Vervang de uitvoerder van de actie, of vraag het na."),
    ),
    "differs": Trouble(_("Het bericht strookt niet met wat hier staat"), ASK_SOURCE),
    "same_version": Trouble(_("Dezelfde versie kwam al binnen, met een andere inhoud"), ASK_SOURCE),
    "impossible_days": Trouble(_("De dagen in het bericht kunnen niet samen"), ASK_SOURCE),
    "no_name": Trouble(_("De naam van een nieuwe klant ontbreekt"), _("Vul de naam in en verwerk opnieuw.")),
    "refused": Trouble(_("De regels laten dit niet toe"), ASK_SOURCE),
    "unexpected": Trouble(
        _("Bij het verwerken liep iets mis"),
        _("Verwerk opnieuw. Lukt dat niet, vraag de beheerder naar het logboek."),
    ),
} | {str(refusal): Trouble(REFUSALS[refusal], ASK_SOURCE) for refusal in Refusal}
NO_TROUBLE = {
    ReceivedState.QUARANTINED: Trouble(_("Kan niet verwerkt worden"), ASK_SOURCE),
    ReceivedState.WAITING: Trouble("", _("Niets: het wordt vanzelf verwerkt.")),
    ReceivedState.APPLIED: Trouble("", _("Niets: het is verwerkt.")),
    ReceivedState.OVERTAKEN: Trouble("", _("Niets: een latere versie was eerst.")),
    ReceivedState.SET_ASIDE: Trouble("", _("Niets: het is ter zijde gelegd.")),
}


def trouble_of(message: Received) -> Trouble:
    """What is the matter with a message, and what to do with it."""
    state = ReceivedState(message.state)
    if state is not ReceivedState.QUARANTINED:
        return NO_TROUBLE[state]
    return TROUBLES.get(message.reason, NO_TROUBLE[state])


def found_by(reason: str) -> Word:
    """A reason in words."""
    return TROUBLES.get(reason, NO_TROUBLE[ReceivedState.QUARANTINED]).found
