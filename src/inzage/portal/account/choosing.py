"""How somebody of a partner is told of notices: of each kind by mail at once, in the daily digest, or not by mail."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inzage.notices.models import NoticeChoice
from inzage.partners.models import Person
from inzage.portal.acting import Counsellor, for_counsellors
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.partner.told import SHORT
from inzage.portal.words import NOTICES

Way = NoticeChoice.Way
WAYS = (
    (str(Way.DIGEST), gettext_lazy("in de dagelijkse mail")),
    (str(Way.AT_ONCE), gettext_lazy("een mail, meteen")),
    (str(Way.APPLICATION), gettext_lazy("alleen in Inzage, zonder mail")),
)


class Choices(Entry):
    """The person's own mail address, and a way for each kind."""

    email = forms.EmailField(
        label=gettext_lazy("Uw mailadres"),
        help_text=gettext_lazy(
            "Alleen voor deze mails. Laat het leeg om er geen te krijgen: alles staat ook bij uw berichten."
        ),
        max_length=200,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": gettext_lazy("Vul een mailadres in zoals naam@organisatie.example.")},
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        self._person = person
        chosen = dict(NoticeChoice.objects.filter(person=person).values_list("kind", "way"))
        super().__init__(*args, initial={"email": person.email, **chosen}, **kwargs)
        for kind in SHORT:
            self.fields[str(kind)] = forms.ChoiceField(
                label=NOTICES[kind], choices=WAYS, initial=chosen.get(kind, str(Way.DIGEST))
            )

    @transaction.atomic
    def carry_out(self, counsellor: Counsellor) -> None:
        """Keep what was chosen; what stays as it was keeps the moment of its choice."""
        self._person.email = self.cleaned_data["email"]
        self._person.save(update_fields=["email"])
        for kind in SHORT:
            way = self.cleaned_data[str(kind)]
            if way != self.fields[str(kind)].initial:
                NoticeChoice.objects.update_or_create(
                    person=self._person, kind=kind, defaults={"way": way, "chosen_at": counsellor.at}
                )


@for_counsellors
def choose_notices(request: HttpRequest, counsellor: Counsellor) -> HttpResponse:
    """The choices hold for the person, for whichever unit he or she works."""
    entered = Choices(counsellor.person, request.POST or None)
    if entered.is_valid():
        entered.carry_out(counsellor)
        messages.success(request, _("Bewaard: zo krijgt u voortaan uw berichten."))
        return redirect("choose-notices")
    shown = {"entered": entered, "wrong": wrong_of(entered)}
    return render(request, "portal/account/choose_notices.html", shown)
