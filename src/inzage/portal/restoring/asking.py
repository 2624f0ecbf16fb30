"""A mediator asks that a closed right is restored: what that does is told, and another person decides."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.portal.entering import Entry
from inzage.portal.mediator.clients.deeds import Deed, of_client, told_or_done
from inzage.portal.mediator.clients.opening import Opened, for_assigning
from inzage.portal.reasons import reason_of_end
from inzage.portal.restoring.words import WHY_NOT, why_not
from inzage.view_rights.held import RestorationAnswer
from inzage.view_rights.models import ViewRight
from inzage.view_rights.restoring import NotRestored, ask_restoration, hindrance, why_not_asked


class Asking(Entry):
    """Why the closing was an error."""

    reason = forms.CharField(
        label=_("Waarom het afsluiten een fout was"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Wie het goedkeurt, leest dit, en het blijft bewaard. Schrijf geen gegevens van de klant."
        ),
        error_messages={"required": _("Schrijf waarom het afsluiten een fout was.")},
    )


ASKING = Deed(_("Inzagerecht herstellen"), Asking, "portal/restoring/ask.html", "desk-client")


@for_assigning
def ask(request: HttpRequest, found: Opened, number: int) -> HttpResponse:
    """A right on this dossier. What can't be restored is told, not offered."""
    right = of_client(ViewRight, found, number)

    def do(entered: Entry) -> str:
        try:
            ask_restoration(right.pk, entered.cleaned_data["reason"], origin=found.desk.origin)
        except NotRestored as refusal:
            entered.add_error(None, why_not(refusal))
            return ""
        return gettext("Uw vraag staat klaar: iemand anders moet ze goedkeuren.")

    def tell() -> dict[str, object]:
        code = hindrance(right, why_not_asked(found.dossier.pk, found.desk.today))
        refused = (
            RestorationAnswer.objects.filter(restoration__right=right, opened=None).order_by("pk").last()
        )
        told = {"right": right, "reason": reason_of_end(right), "refused": refused}
        return told | {"is_over": bool(code), "hindrance": WHY_NOT.get(code, "")}

    return told_or_done(request, found, ASKING, do, tell)
