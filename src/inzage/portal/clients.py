"""A client by what people hold in their hands: a client number or an INSZ number, and the family name."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from inzage.dossiers.models import Dossier
from inzage.dossiers.names import as_looked_up
from inzage.portal.entering import Entry
from inzage.portal.fields import PersonNumber, without_separators

NO_CLIENT = _(
    "Met dit nummer en deze familienaam vinden wij geen klant. Kijk beide na op het document van de klant."
)
SEVERAL = _(
    "Dit nummer hoort met deze naam bij meer dan één klant. Vul het klantnummer in, en meld het aan de "
    "gegevensbeheerder."
)


def dossiers_numbered(number: str) -> QuerySet[Dossier]:
    """The dossiers of the client with exactly this number, in capitals or not; an INSZ number can be of two.

    The three ways of writing are looked up, so that an index answers, however large the register is.
    """
    given = number.strip()
    written = {given, given.upper(), given.lower()}
    insz = without_separators(given)
    return Dossier.objects.filter(Q(client__client_number__in=written) | Q(client__insz=insz))


class WhichClient(Entry):
    """Number and family name, which must belong together: a mistyped number is never somebody else's."""

    number = PersonNumber()
    family_name = forms.CharField(
        label=_("Familienaam van de klant"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Vul de familienaam van de klant in.")},
    )

    def found(self) -> list[Dossier]:
        """The dossiers to which number and name belong."""
        named = as_looked_up(self.cleaned_data["family_name"])
        numbered = dossiers_numbered(self.cleaned_data["number"]).select_related("client").order_by("pk")
        return [dossier for dossier in numbered if as_looked_up(dossier.client.family_name) == named]

    def only_one(self, found: list[Dossier]) -> Dossier | None:
        """The dossier; where there is none or more than one, the form says so."""
        if len(found) == 1:
            return found[0]
        self.add_error(None, SEVERAL if found else NO_CLIENT)
        return None
