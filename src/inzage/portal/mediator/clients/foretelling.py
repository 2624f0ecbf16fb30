"""What a desk is told before it confirms: done only where it still comes to the same (decision 0048)."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from inzage.portal.entering import Entry
from inzage.view_rights.foreseeing import Foreseen

TOLD = "told"
"""What the page told comes back with its form."""
CHANGED = _("Intussen veranderde er iets. Lees hieronder wat er nu gebeurt, en bevestig dan.")


class Foretold(NamedTuple):
    """The sentences of the page, and what they come to, as a short text that is the same in every language."""

    sentences: list[str]
    comes_to: str


def foretold(sentences: list[str], foreseen: Foreseen, *more: Any) -> Foretold:
    """`more` is what the sentences say beside the right of the unit as it is and as it would be."""
    before, after = foreseen
    rights = [
        before.pk if before else "",
        before and before.last_day,
        after is not None,
        after and after.last_day,
    ]
    return Foretold(sentences, ":".join(map(str, [*rights, *more])))


def is_as_told(now: Foretold, request: HttpRequest, entered: Entry) -> bool:
    """Whether the page told this; if not, the form says that it is to be read again, and nothing is done."""
    if request.POST.get(TOLD) == now.comes_to:
        return True
    entered.is_offered = False  # its fields are hidden: there is nothing to go to
    entered.add_error(None, str(CHANGED))
    return False
