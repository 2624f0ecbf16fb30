"""What a restoration is refused for, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from inzage.portal.language import Word
from inzage.view_rights.restoring import NotRestored

WHY_NOT: Mapping[str, Word] = {
    "open": _("Dit inzagerecht is nog open: er is niets te herstellen."),
    "stands": _("De organisatie heeft intussen weer inzagerecht op dit dossier: er is niets te herstellen."),
    "died": _("De klant is overleden: er gaat niets meer open."),
    "objected": _("De klant sloot deze organisatie uit: daartegen in wordt niets hersteld."),
    "ended_by_client": _(
        "De klant beëindigde dit recht zelf: enkel een nieuwe toestemming of toewijzing opent het dossier weer."
    ),
    "ended_since": _(
        "De klant beëindigde daarna zelf een recht van deze organisatie: enkel een nieuwe toestemming of toewijzing "
        "opent het dossier weer."
    ),
    "nothing_bears": _(
        "Er is geen toestemming of toewijzing meer waarop dit recht kan rusten: enkel een nieuwe opent het dossier "
        "weer."
    ),
    "asked": _("Dit is al gevraagd, en wacht op de goedkeuring van iemand anders."),
    "own_request": _("U vroeg dit zelf: iemand anders moet het goedkeuren."),
    "answered": _("Hierop werd intussen al geantwoord. Er is niets gewijzigd."),
}


def why_not(refusal: NotRestored) -> Word:
    """The sentence for the person at the form."""
    return WHY_NOT[refusal.reason]
