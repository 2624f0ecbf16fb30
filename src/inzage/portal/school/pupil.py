"""One pupil: the record card for Actiris, and the enrolment that came of it (S10)."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from inzage.dossiers.addresses import home_read
from inzage.dossiers.models import Dossier, RecordCard
from inzage.portal.acting import Counsellor, for_schools
from inzage.portal.actiris import Enrol, on_actiris
from inzage.portal.entering import Entry, Radios, wrong_of
from inzage.portal.fields import Day
from inzage.portal.partner.dossier import dossier_under
from inzage.rules.brussels import in_brussels
from inzage.rules.names import Channel
from inzage.view_rights.enrolling import NotRecorded
from inzage.view_rights.looking import NoRight, look_or_list
from inzage.view_rights.models import ViewRight
from inzage.view_rights.record_cards import (
    CENTRES,
    Card,
    NotFilledIn,
    card_of,
    fill_in,
    pupil_of,
    school_year_on,
)

SOURCE = "school"


class FillIn(Entry):
    """The card."""

    name, button, done = "fill_in", _("Fiche invullen"), _("De fiche is ingevuld en bewaard.")
    centre = forms.ChoiceField(
        label=_("Centrum"),
        choices=[(centre, centre) for centre in CENTRES],
        widget=Radios,
        error_messages={"required": _("Kies CDO of CDV.")},
    )
    school_year = forms.CharField(
        label=_("Schooljaar"),
        max_length=9,
        help_text=_("Zoals 2025-2026."),
        error_messages={"required": _("Vul het schooljaar in, zoals 2025-2026.")},
    )
    course = forms.CharField(
        label=_("Opleiding"),
        max_length=200,
        error_messages={"required": _("Vul de opleiding in die de leerling volgt.")},
    )
    starts_on = Day(label=_("Begint op"))

    def __init__(self, *args: Any, card: RecordCard | None, year: str, **kwargs: Any) -> None:
        known = {field: getattr(card, field) for field in Card._fields} if card else {"school_year": year}
        super().__init__(*args, prefix=self.name, initial=known, **kwargs)
        if card:
            self.button, self.done = _("Fiche verbeteren"), _("De fiche is verbeterd; de vorige is bewaard.")

    def carry_out(self, dossier: Dossier, counsellor: Counsellor) -> None:
        """Fill it in for the own school."""
        card = Card(**{field: self.cleaned_data[field] for field in Card._fields})
        fill_in(dossier.pk, card, school=counsellor.unit, origin=counsellor.origin._replace(source=SOURCE))


class EnrolPupil(Enrol):
    """That Actiris enrolled the pupil: mostly by the card."""

    done = _("De inschrijving is genoteerd.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"channel": str(Channel.RECORD_CARD), "status": "enrolled"}, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Who isn't enrolled has no channel, also where it was chosen beforehand."""
        entered = self.cleaned_data
        if entered.get("status") == "not_enrolled":
            entered["channel"] = ""
        return entered


@for_schools
def pupil(request: HttpRequest, counsellor: Counsellor, reference: uuid.UUID) -> HttpResponse:
    """For the pupil's own school. Before the right it shows the number, the own lines and the own cards (S01)."""
    today = counsellor.today
    dossier = dossier_under(reference, home_on=today)
    found = pupil_of(dossier, counsellor.unit, on=today)
    if found is None:
        raise NoRight
    year, sent = school_year_on(today), request.POST.get("act")
    if request.method == "POST" and sent not in (FillIn.name, EnrolPupil.name):
        raise Http404
    card = card_of(dossier, counsellor.unit, year)
    fill = FillIn(request.POST if sent == FillIn.name else None, card=card, year=year)
    enrol = EnrolPupil(request.POST if sent == EnrolPupil.name else None, today=today)
    if fill.is_valid():
        with fill.refusing(NotFilledIn):
            fill.carry_out(dossier, counsellor)
            messages.success(request, fill.done)
            return redirect("pupil", reference)
    if enrol.is_valid():
        with enrol.refusing(NotRecorded):
            enrol.carry_out(dossier, counsellor.origin._replace(source=SOURCE))
            messages.success(request, enrol.done)
            return redirect("pupil", reference)
    entries = {"fill": fill, "enrol": enrol, "wrong": wrong_of(fill) or wrong_of(enrol)}

    def show(right: ViewRight | None) -> HttpResponse:
        shown = {**entries, "lines": found.lines}
        return render(request, "portal/school/pupil.html", _shown(dossier, right, counsellor) | shown)

    return look_or_list(dossier, counsellor.look(), found.right, show)


def _shown(dossier: Dossier, right: ViewRight | None, counsellor: Counsellor) -> dict[str, Any]:
    """What the page says; of the enrolment only where a right stands."""
    today = counsellor.today
    cards = RecordCard.objects.filter(dossier=dossier, school=counsellor.unit).order_by("-pk")
    return {
        "dossier": dossier,
        "right": right,
        "cards": cards.select_related("replaced_by"),
        "is_participant": in_brussels(home_read(dossier), today),
        "actiris": on_actiris(dossier, today, counsellor.unit) if right else None,
        "is_school": True,
    }
