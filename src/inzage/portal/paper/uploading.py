"""A file that somebody uploads: looked through before anything else happens with it, and taken in by the use case."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inzage.consents.form_files.apart import Inspected, inspect
from inzage.consents.form_files.unfit import Unfit, Why
from inzage.consents.models import ConsentForm, FormFile
from inzage.journal.models import Origin
from inzage.partners.models import Unit
from inzage.portal.entering import Entry
from inzage.portal.refusing import sentence_of
from inzage.portal.words import MISSING
from inzage.view_rights.form_files import NotTaken, add_file
from inzage.view_rights.granting import NotGranted

EMPTY = gettext_lazy("Dit bestand is leeg. Kies een ander.")
UNFIT: dict[Why, str | Promise] = {
    Why.EMPTY: EMPTY,
    Why.TOO_BIG: gettext_lazy("Dit bestand is te groot. Scan met een lagere resolutie of maak een foto."),
    Why.OTHER_TYPE: gettext_lazy("Dit is geen PDF, JPEG of PNG. Bewaar het als PDF of maak een foto."),
    Why.ENCRYPTED: gettext_lazy("Deze PDF is met een wachtwoord beveiligd. Bewaar hem zonder wachtwoord."),
    Why.ACTIVE: gettext_lazy(
        "Deze PDF bevat een bijlage of iets dat uitgevoerd wordt. Druk het formulier af als PDF en kies dat bestand."
    ),
    Why.DAMAGED: gettext_lazy("Dit bestand is beschadigd en kan niet gelezen worden. Maak het opnieuw."),
    Why.TOO_COMPLEX: gettext_lazy(
        "Dit bestand is te ingewikkeld om na te kijken. Scan het opnieuw of maak een foto."
    ),
}
NOT_TAKEN: dict[str, str | Promise] = {
    "again": gettext_lazy("Dit bestand zit al bij dit formulier. Er is niets gewijzigd."),
    "many": gettext_lazy("Bij dit formulier zitten al te veel bestanden. Vraag VDAB wat nog nodig is."),
    "other_form": gettext_lazy("Dit formulier hoort bij een andere aanvraag. Kijk na welk bestand u koos."),
    "no_day": gettext_lazy(
        "De dag die op het formulier is ingevuld, bestaat niet. Schrijf hem zoals 28/02/2026."
    ),
    "to_come": gettext_lazy("De dag die op het formulier is ingevuld, moet nog komen. Kijk die dag na."),
}


class Upload(Entry):
    """One file to go with a form."""

    name, button = "upload", gettext_lazy("Bestand toevoegen")
    file = forms.FileField(
        label=gettext_lazy("Bestand"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={
            "required": gettext_lazy("Kies een bestand."),
            "missing": gettext_lazy("Kies een bestand."),
            "invalid": gettext_lazy("Het bestand kwam niet aan. Kies het opnieuw."),
            "empty": EMPTY,
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=self.name, **kwargs)
        self.fields["file"].help_text = _(
            "De ingevulde PDF, of een scan of foto als PDF, JPEG of PNG, van hoogstens %(most)s MB."
        ) % {"most": settings.MOST_FILE_BYTES // (1024 * 1024)}

    def clean_file(self) -> Inspected:
        """The file, where it is one that we take."""
        most = settings.MOST_FILE_BYTES
        try:
            return inspect(self.cleaned_data["file"].read(most + 1), most=most)
        except Unfit as unfit:
            raise ValidationError(str(UNFIT[unfit.why])) from None

    def carry_out(self, form: ConsentForm, by: Unit | None, origin: Origin) -> FormFile | None:
        """The file as it was added, or at the field why it was not."""
        try:
            return add_file(form.pk, self.cleaned_data["file"], by=by, origin=origin)
        except NotTaken as refused:
            self.add_error("file", str(NOT_TAKEN[refused.reason]))
        except NotGranted as refused:
            self.add_error(None, sentence_of(refused))
        return None


def done(added: FormFile) -> str:
    """What came of it, for whoever added the file: complete, what is missing, or still to be looked at."""
    if added.kind == FormFile.Kind.SCAN:
        return _("Het bestand is toegevoegd. VDAB kijkt na wat erop staat.")
    if not added.missing:
        return _("Het formulier is gelezen: het is volledig.")
    lacking = "; ".join(str(MISSING[part]) for part in added.missing)
    return _("Het formulier is gelezen. Dit ontbreekt nog: %(lacking)s.") % {"lacking": lacking}
