"""What a use case refuses, said to the person at the form."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from inzage.portal.language import Word
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


HINDRANCES: Mapping[str, Word] = {
    Hindrance.NO_DAY: _("Vul in wanneer de actie aangevraagd of gestart werd."),
    Hindrance.START_BEFORE_REQUEST: _("De start ligt vóór de aanvraag: geef een dag op of na de aanvraag."),
    Hindrance.END_BEFORE_START: _("Het einde ligt vóór het begin: geef een dag op of na het begin."),
    Hindrance.REOPENED_OUTSIDE: _("Geef een dag vanaf het einde van de actie, tot en met vandaag."),
    Hindrance.CONTINUED: _("Een andere uitvoerder zet deze actie voort: wijzig haar daar."),
    Hindrance.SAME_EXECUTOR: _("Deze organisatie voert de actie al uit."),
    Hindrance.HOURS_OUTSIDE: _("De prestaties horen bij een dag waarop de actie liep, tot en met vandaag."),
    Hindrance.HOURS: _("Aanwezig en afwezig zijn samen 0 tot 24 uur, en bij afwezigheid hoort een reden."),
    Hindrance.STATE: _("Dat kan niet in de toestand waarin deze actie nu is. Er is niets gewijzigd."),
    Hindrance.OTHER_EXECUTOR: _(
        "Deze actie wordt door een andere organisatie uitgevoerd: alleen zij kan dit doen."
    ),
    Hindrance.NO_RIGHT: _(
        "Uw organisatie heeft geen inzagerecht op dit dossier: vraag eerst een inzagerecht aan."
    ),
    Hindrance.TOO_SOON_AFTER_IBIS: _(
        "Deze actie komt uit IBIS: ze kan pas starten vanaf de dag na de registratie daar."
    ),
    Hindrance.NO_TITLE: _("Geef de actie eerst een titel."),
    Hindrance.NEW_EXECUTOR_WITHOUT_RIGHT: _(
        "De nieuwe uitvoerder heeft geen inzagerecht op dit dossier: vraag het eerst voor die organisatie aan."
    ),
}


REASONS: Mapping[str, Word] = {
    "nis_code": _("Dit is geen NIS-code: vul de vijf cijfers van de gemeente in."),
    "no_move": _("Op die dag staat er geen verhuizing om te schrappen: kijk de dag na."),
    "version": _("Deze versie van de tekst bestaat niet: kies de versie die de klant kreeg."),
    "language": _("In die taal bestaat de tekst niet: kies er een van de lijst."),
    "to_come": _("Die dag moet nog komen: vul een dag in tot en met vandaag."),
    "before_text": _("Op die dag gold deze tekst nog niet: kijk de dag na."),
    "empty": _("Wie niet ingeschreven is, heeft geen weg en geen dagen: laat die leeg."),
    "no_end": _("Vul de eerste dag zonder inschrijving in."),
    "end_before_start": _("Het einde ligt vóór de inschrijving: kijk de dagen na."),
    "no_news": _(
        "De inschrijving werd later al nagekeken: wat u invulde, is geen nieuws. Er is niets gewijzigd."
    ),
    "not_its_pupil": _(
        "Deze jongere is geen leerling van uw school: zonder inzagerecht of lijn uit IBIS kan dit niet."
    ),
    "not_brussels": _("De fiche is voor leerlingen die in Brussel wonen. Kijk na waar deze leerling woont."),
    "centre": _("Kies CDO of CDV."),
    "school_year": _("Schrijf het schooljaar als 2025-2026."),
    "course": _("Vul de opleiding in die de leerling volgt."),
    "starts_on": _("Die dag ligt niet in het schooljaar: kijk de dag of het schooljaar na."),
}


def sentence_of(refusal: Exception) -> str:
    """The sentence for the person at the form."""
    if isinstance(refusal, NotGranted):
        return str(REFUSALS[refusal.refusal])
    if isinstance(refusal, NotRegistered):
        return str(HINDRANCES[refusal.hindrance])
    if isinstance(refusal, NotHandled):
        return str(_("Dit bericht is intussen al behandeld. Er is niets gewijzigd."))
    if isinstance(refusal, Refused):
        return str(REASONS[refusal.reason])
    return str(refusal)
