"""Asking "why?" about one look at the own dossier. A line of somebody else's is answered as one that is not there."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.access_log.models import ShownDossier
from inzage.oversight.questions import WORKING_DAYS, NotAsked, ask_why
from inzage.partners.models import Unit
from inzage.portal.client.looks import in_words, told
from inzage.portal.client.sentences import said
from inzage.portal.doors import OwnClient, for_clients
from inzage.portal.entering import Entry, wrong_of
from inzage.rules.days import day_of
from inzage.rules.working_days import working_day_after

MOST = 1000


class Why(Entry):
    """What the client wants to know."""

    text = forms.CharField(
        label=_("Uw vraag"),
        help_text=_("Schrijf wat u wilt weten. Wie antwoordt, leest uw vraag zoals u ze schrijft."),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Schrijf uw vraag.")},
    )


@for_clients
def ask_about(request: HttpRequest, own: OwnClient, number: int) -> HttpResponse:
    """The look that is meant, and the question; asked once while it is open."""
    looks = ShownDossier.objects.filter(dossier=own.dossier).select_related("line", "dossier")
    look = looks.filter(pk=number).first()
    if look is None:
        raise Http404
    why = Why(request.POST or None, initial={"text": gettext("Waarom keek u in mijn dossier?")})
    if why.is_valid():
        try:
            question = ask_why(look, why.cleaned_data["text"], origin=own.origin)
        except NotAsked:
            why.add_error(None, gettext("U stelde hierover al een vraag. Wacht op het antwoord."))
        else:
            due = gettext("Uw vraag is verstuurd. Ten laatste op %(day)s staat het antwoord hier.")
            messages.success(request, due % {"day": said(question.due_on)})
            return redirect("who-looked")
    units = dict(Unit.objects.filter(oe_number=look.line.unit).values_list("oe_number", "name"))
    words = told([look], own.dossier, units, own.today)
    shown = {
        "look": in_words(look, words),
        "day": said(day_of(look.line.at)),
        "to_vdab": not units,
        "form": why,
        "wrong": wrong_of(why),
        "due_on": said(working_day_after(own.today, days=WORKING_DAYS)),
    }
    return render(request, "portal/client/ask_why.html", shown)
