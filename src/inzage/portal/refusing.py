"""What a use case refuses, said in Dutch."""

from inzage.portal.words import REFUSALS
from inzage.rules.lines import Hindrance
from inzage.rules.refusing import Refused
from inzage.view_rights.granting import NotGranted
from inzage.view_rights.quarantine import NotHandled
from inzage.view_rights.registering import NotRegistered


class AlreadyThere(Exception):
    """The same was entered before: a form sent twice does nothing twice."""


class NotReceived(Exception):
    """There is nothing to send back yet."""


HINDRANCES = {
    Hindrance.NO_DAY: "Vul in wanneer de actie aangevraagd of gestart werd.",
    Hindrance.START_BEFORE_REQUEST: "De start ligt vóór de aanvraag: geef een dag op of na de aanvraag.",
    Hindrance.END_BEFORE_START: "Het einde ligt vóór het begin: geef een dag op of na het begin.",
    Hindrance.REOPENED_OUTSIDE: "Geef een dag vanaf het einde van de actie, tot en met vandaag.",
    Hindrance.CONTINUED: "Een andere uitvoerder zet deze actie voort: wijzig haar daar.",
    Hindrance.SAME_EXECUTOR: "Deze organisatie voert de actie al uit.",
    Hindrance.HOURS_OUTSIDE: "De prestaties horen bij een dag waarop de actie liep, tot en met vandaag.",
    Hindrance.HOURS: "Aanwezig en afwezig zijn samen 0 tot 24 uur, en bij afwezigheid hoort een reden.",
    Hindrance.STATE: "Dat kan niet in de toestand waarin deze actie nu is. Er is niets gewijzigd.",
    Hindrance.OTHER_EXECUTOR: "Deze actie wordt door een andere organisatie uitgevoerd: alleen zij kan dit doen.",
    Hindrance.NO_RIGHT: "Uw organisatie heeft geen inzagerecht op dit dossier: vraag eerst een inzagerecht aan.",
    Hindrance.TOO_SOON_AFTER_IBIS: (
        "Deze actie komt uit IBIS: ze kan pas starten vanaf de dag na de registratie daar."
    ),
    Hindrance.NO_TITLE: "Geef de actie eerst een titel.",
    Hindrance.NEW_EXECUTOR_WITHOUT_RIGHT: (
        "De nieuwe uitvoerder heeft geen inzagerecht op dit dossier: vraag het eerst voor die organisatie aan."
    ),
}


REASONS = {
    "nis_code": "Dit is geen NIS-code: vul de vijf cijfers van de gemeente in.",
    "no_move": "Op die dag staat er geen verhuizing om te schrappen: kijk de dag na.",
    "version": "Deze versie van de tekst bestaat niet: kies de versie die de klant kreeg.",
    "language": "In die taal bestaat de tekst niet: kies er een van de lijst.",
    "to_come": "Die dag moet nog komen: vul een dag in tot en met vandaag.",
    "before_text": "Op die dag gold deze tekst nog niet: kijk de dag na.",
    "empty": "Wie niet ingeschreven is, heeft geen weg en geen dagen: laat die leeg.",
    "no_end": "Vul de eerste dag zonder inschrijving in.",
    "end_before_start": "Het einde ligt vóór de inschrijving: kijk de dagen na.",
    "no_news": "De inschrijving werd later al nagekeken: wat u invulde, is geen nieuws. Er is niets gewijzigd.",
    "not_its_pupil": "Deze jongere is geen leerling van uw school: zonder inzagerecht of lijn uit IBIS kan dit niet.",
    "not_brussels": "De fiche is voor leerlingen die in Brussel wonen. Kijk na waar deze leerling woont.",
    "centre": "Kies CDO of CDV.",
    "school_year": "Schrijf het schooljaar als 2025-2026.",
    "course": "Vul de opleiding in die de leerling volgt.",
    "starts_on": "Die dag ligt niet in het schooljaar: kijk de dag of het schooljaar na.",
}


def sentence_of(refusal: Exception) -> str:
    """The sentence for the person at the form."""
    if isinstance(refusal, NotGranted):
        return REFUSALS[refusal.refusal]
    if isinstance(refusal, NotRegistered):
        return HINDRANCES[refusal.hindrance]
    if isinstance(refusal, NotHandled):
        return "Dit bericht is intussen al behandeld. Er is niets gewijzigd."
    if isinstance(refusal, Refused):
        return REASONS[refusal.reason]
    return str(refusal)
