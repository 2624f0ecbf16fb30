"""A mediator asks that a closed right is restored: what that does is told, and another person decides."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.portal.entering import Entry, wrong_of
from inzage.portal.mediator.clients.opening import Opened, for_assigning
from inzage.portal.reasons import reason_of_end
from inzage.portal.restoring.words import WHY_NOT, why_not
from inzage.view_rights.looking import look
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


@for_assigning
def ask(request: HttpRequest, found: Opened, number: int) -> HttpResponse:
    """A right on this dossier; another dossier's doesn't exist here. What can't be restored is told, not offered."""
    rights = ViewRight.objects.filter(dossier=found.dossier, pk=number)
    right = rights.select_related("unit", "dossier__client").first()
    if right is None:
        raise Http404
    entered = Asking(request.POST or None)
    if entered.is_valid():
        try:
            ask_restoration(right.pk, entered.cleaned_data["reason"], origin=found.desk.origin)
        except NotRestored as refusal:
            entered.add_error(None, why_not(refusal))
        else:
            messages.success(request, gettext("Uw vraag staat klaar: iemand anders moet ze goedkeuren."))
            return redirect("desk-client", found.dossier.reference)

    def show(_right: object) -> HttpResponse:
        code = hindrance(right, why_not_asked(found.desk.today))
        shown = {"dossier": found.dossier, "right": right, "reason": reason_of_end(right)}
        shown |= {"hindrance": WHY_NOT.get(code, ""), "entered": entered, "wrong": wrong_of(entered)}
        return render(request, "portal/restoring/ask.html", shown)

    return look(found.dossier, found.look, show)
