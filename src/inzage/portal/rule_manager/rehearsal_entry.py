"""Asking for a rehearsal of a draft: which one, and from which day on running terms would move."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inzage.journal.models import Origin
from inzage.oversight.books_with import NotRehearsed
from inzage.oversight.models import Rehearsed
from inzage.oversight.rehearsals import ask_for
from inzage.portal.entering import Entry
from inzage.portal.fields import Day
from inzage.portal.language import Word
from inzage.rule_books.models import Draft

MOST_DRAFTS = 50
REFUSED: Mapping[str, Word] = {
    "starts_too_early": _("Dit boek zou vandaag of vroeger ingaan: geef het een eerste dag vanaf morgen."),
    "moves_too_early": _("Geef een dag vanaf morgen, en niet vóór de eerste dag van het boek."),
    "moves_too_late": _("Kijk het jaar na: het ligt niet tussen 1900 en 2199."),
    "starts_with_another": _("Op die dag gaat al een ander boek in: geef dit boek een andere eerste dag."),
}


class AskForRehearsal(Entry):
    """One of the latest drafts, and a day or none."""

    draft = forms.ModelChoiceField(
        Draft.objects.none(),
        label=_("Ontwerp"),
        empty_label=None,
        error_messages={
            "required": _("Kies een ontwerp."),
            "invalid_choice": _("Kies een ontwerp van de lijst."),
        },
    )
    on = Day(
        label=_("Lopende termijnen verschuiven vanaf"),
        help_text=_("Vult u niets in, dan is dat de eerste dag van het boek."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        latest = Draft.objects.order_by("-pk").values_list("pk", flat=True)[:MOST_DRAFTS]
        field = self.fields["draft"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Draft.objects.filter(pk__in=list(latest)).order_by("-pk")

    def ask(self, origin: Origin) -> Rehearsed | None:
        """Queue it; None where it is refused, which the form then says."""
        try:
            return ask_for(self.cleaned_data["draft"], self.cleaned_data["on"], origin=origin)
        except NotRehearsed as refusal:
            at = "on" if refusal.reason.startswith("moves") else "draft"
            self.add_error(at, str(REFUSED[refusal.reason]))
            return None
