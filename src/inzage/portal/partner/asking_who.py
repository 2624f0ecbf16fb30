"""The first step of asking a right: of which client, for whom, for what (S03)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from inzage.dossiers.models import Dossier
from inzage.portal.clients import WhichClient
from inzage.portal.entering import Radios
from inzage.portal.fields import UnitByNumber
from inzage.portal.words import PURPOSES, choices

OTHER_DOSSIER = _(
    "Dit nummer en deze familienaam horen niet bij het dossier waarvan u komt. Kijk ze na. "
    "Er is niets aangevraagd."
)


class Who(WhichClient):
    """Number and name must belong together, so that nobody learns who is a client from a number.

    Where the person came from a dossier, they must belong to that one. `weg` is the way a link named: the next step
    begins with it, where it is open.
    """

    dossier = forms.Field(required=False, widget=forms.HiddenInput(attrs={"id": False}))
    weg = forms.Field(required=False, widget=forms.HiddenInput(attrs={"id": False}))
    purpose = forms.ChoiceField(
        label=_("Waarvoor"),
        choices=choices(PURPOSES),
        widget=Radios,
        error_messages={"required": _("Kies waarvoor.")},
    )
    activity_title = forms.CharField(
        label=_("Naam van de begeleiding of opleiding"), max_length=200, required=False
    )
    other = UnitByNumber(
        label=_("OE-nummer van een andere organisatie"),
        required=False,
        help_text=_(
            "Laat dit leeg als het recht voor uw eigen organisatie is. "
            "Anders krijgt alleen die andere organisatie het."
        ),
    )

    @property
    def entered(self) -> dict[str, str]:
        """What was entered, as it was typed, to be sent along with the next step."""
        return {name: str(self[name].value() or "") for name in self.fields}

    def only_one(self, found: list[Dossier]) -> Dossier | None:
        """The dossier; of those that number and name belong to, the one that the person came from, if from any."""
        came_from = self.cleaned_data["dossier"]
        if not came_from:
            return super().only_one(found)
        same = [dossier for dossier in found if str(dossier.reference) == came_from]
        if found and not same:
            self.add_error(None, OTHER_DOSSIER)
            return None
        return super().only_one(same)
