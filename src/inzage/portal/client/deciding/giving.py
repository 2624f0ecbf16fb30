"""Answering a request on screen: read, fill in, look it over, hand it over; no signature (S04 to S06, S08)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from inzage.consents.information import LANGUAGES
from inzage.consents.informing import text_on
from inzage.consents.models import ConsentForm
from inzage.consents.objections import standing_objection
from inzage.portal.client.deciding.own_forms import own_form
from inzage.portal.client.deciding.words import how_long, refused
from inzage.portal.doors import OwnClient, for_clients
from inzage.portal.entering import Entry, wrong_of
from inzage.rules.granting import BRUSSELS
from inzage.view_rights.granting import NotGranted
from inzage.view_rights.handing_over import WAITS_FOR_CLIENT, hand_over

OWN_NAMES = (("nl", "Nederlands"), ("fr", "Français"), ("en", "English"))
"""Each language by its own name."""


class Filling(Entry):
    """What the client fills in: for a Brussels form, that the text about Actiris was read. `language` is the page's."""

    language = forms.ChoiceField(
        choices=OWN_NAMES, required=False, widget=forms.HiddenInput(attrs={"id": False})
    )
    informed = forms.BooleanField(
        label=gettext_lazy("Ik las dat VDAB en Actiris elkaar gegevens doorgeven"),
        error_messages={
            "required": gettext_lazy(
                "Lees de tekst over VDAB en Actiris en vink dit aan: zonder kan het niet."
            )
        },
    )

    def __init__(self, form: ConsentForm, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if form.route not in BRUSSELS:
            del self.fields["informed"]

    def out_of_sight(self) -> "Filling":
        """The same, to send along while it is looked over."""
        if "informed" in self.fields:
            self.fields["informed"].widget = forms.HiddenInput(attrs={"id": False})
        return self

    @property
    def is_informed(self) -> bool:
        """Whether the client ticked it."""
        return bool(self.cleaned_data.get("informed", False))


@for_clients
def give(request: HttpRequest, own: OwnClient, number: int) -> HttpResponse:
    """The page speaks the language that the client chooses for this matter, which is kept with the form alone."""
    form = own_form(own, number)
    language = _chosen(request)
    with override(language):
        response = _answer(request, form, own, language)
    response.headers["Content-Language"] = language
    return response


def _chosen(request: HttpRequest) -> str:
    """As sent with the form, or as in the address; else the page's own."""
    wanted = request.POST.get("language") or request.GET.get("taal", "")
    return wanted if wanted in LANGUAGES else (get_language() or "nl")[:2]


def _answer(request: HttpRequest, form: ConsentForm, own: OwnClient, language: str) -> HttpResponse:
    """Three acts are sent: to look it over, to change it again, and to hand it over."""
    sent, act = request.method == "POST", request.POST.get("act")
    filling = Filling(
        form, request.POST if sent and act != "change" else None, initial=_initial(request, language)
    )
    if sent and filling.is_valid():
        if act == "hand_over" and _handed_over(form, filling, own, language):
            messages.success(request, _done(form))
            return redirect("client-consents")
        if filling.is_valid():
            shown = _shown(form, own, language)
            return render(request, "portal/client/review.html", {**shown, "filling": filling.out_of_sight()})
    form.refresh_from_db()
    shown = {**_shown(form, own, language), "filling": filling, "wrong": wrong_of(filling)}
    return render(request, "portal/client/give.html", shown)


def _initial(request: HttpRequest, language: str) -> dict[str, Any]:
    """Gone back to change it, the client finds what was filled in."""
    return {"language": language, "informed": bool(request.POST.get("informed"))}


def _handed_over(form: ConsentForm, filling: Filling, own: OwnClient, language: str) -> bool:
    """Hand it over, or say at the form why not."""
    try:
        with transaction.atomic():
            hand_over(form.pk, informed_of_actiris=filling.is_informed, language=language, origin=own.origin)
    except NotGranted as why:
        filling.is_offered = False
        filling.add_error(None, refused(why))
        return False
    return True


def _done(form: ConsentForm) -> str:
    """Who looks at it next, and what then happens."""
    return _(
        "U gaf toestemming voor %(unit)s. VDAB kijkt het formulier na. Pas als VDAB het inzagerecht toekent, kan "
        "%(unit)s uw dossier zien."
    ) % {"unit": form.unit.name}


def _shown(form: ConsentForm, own: OwnClient, language: str) -> dict[str, Any]:
    """What the client must know before saying yes."""
    is_brussels = form.route in BRUSSELS
    text = text_on(own.today)
    return {
        "form": form,
        "languages": OWN_NAMES,
        "language": language,
        "waits": form.state in WAITS_FOR_CLIENT and form.withdrawn_on is None,
        "is_shut_out": standing_objection(form.dossier_id, form.unit_id) is not None,
        "is_brussels": is_brussels,
        "text": text if is_brussels else None,
        "words": getattr(text, language),
        "how_long": how_long(own.today),
        "today": own.today,
    }
