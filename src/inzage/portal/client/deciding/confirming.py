"""Confirming what was read: nothing is done where it would turn out otherwise than the page said."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext as _

from inzage.portal.client.deciding.words import refused
from inzage.portal.entering import Entry
from inzage.view_rights.losing import Withdrawal


class Confirm(Entry):
    """A button under what was told beforehand; `told` is what that came to."""

    told = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput(attrs={"id": False}))

    def tells(self, comes_to: Withdrawal) -> bool:
        """Whether the page told this; if not, the form says that it is to be read again, and nothing is done."""
        if self.cleaned_data["told"] == told_as(comes_to):
            return True
        again = _("Intussen veranderde er iets. Lees hieronder wat er nu gebeurt, en bevestig dan.")
        self.add_error(None, again)
        return False

    def refuse(self, why: Exception) -> None:
        """Say at the form why nothing was done; it is not offered again."""
        self.is_offered = False
        self.add_error(None, refused(why))

    def again(self, comes_to: Withdrawal) -> Self:
        """The same form for what it comes to now; what was wrong stays told."""
        self.data = {**{name: self.data[name] for name in self.data}, "told": told_as(comes_to)}
        return self


def told_as(foreseen: Withdrawal) -> str:
    """What was foreseen as a short text: whether the right ends, opens anew or stays, on what, until when."""
    right = foreseen.right
    parts: list[Any] = [right.pk if right else "", foreseen.ends, foreseen.opens_anew, *foreseen.left]
    return ":".join(map(str, [*parts, foreseen.last_day or ""]))
