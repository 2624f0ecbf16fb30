"""What a use case refuses, said in Dutch."""

from inzage.portal.words import REFUSALS
from inzage.view_rights.granting import NotGranted
from inzage.view_rights.registering import NotRegistered


class AlreadyThere(Exception):
    """The same was entered before: a form sent twice does nothing twice."""


OPENINGS = {
    "An activity needs": "Vul in wanneer de actie aangevraagd of gestart werd.",
    "The start": "De start ligt vóór de aanvraag: geef een dag op of na de aanvraag.",
    "The end": "Het einde ligt vóór het begin: geef een dag op of na het begin.",
    "Hours are": "Aanwezig en afwezig zijn samen 0 tot 24 uur, en bij afwezigheid hoort een reden.",
    "This activity is": "Dat kan niet in de toestand waarin deze actie nu is. Er is niets gewijzigd.",
    "This line is": "Deze actie wordt door een andere organisatie uitgevoerd: alleen zij kan dit registreren.",
    "Your organisation": "Uw organisatie heeft geen inzagerecht op dit dossier: vraag eerst een inzagerecht aan.",
}
"""How the sentences of NotRegistered begin."""


def sentence_of(refusal: Exception) -> str:
    """The sentence for the person at the form."""
    if isinstance(refusal, NotGranted):
        return REFUSALS[refusal.refusal]
    if isinstance(refusal, AlreadyThere):
        return str(refusal)
    said = str(refusal)
    if isinstance(refusal, NotRegistered):
        return next((dutch for opening, dutch in OPENINGS.items() if said.startswith(opening)), said)
    return said
