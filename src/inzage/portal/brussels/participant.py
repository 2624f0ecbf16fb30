"""One client at VDAB Brussel: the enrolment and how it went, moves, and what the client was told (S07, S08)."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from inzage.consents.informing import standing
from inzage.consents.models import ConsentForm
from inzage.dossiers.addresses import home_read, with_home
from inzage.dossiers.enrolments import EnrolmentVersion
from inzage.dossiers.models import Address, Dossier
from inzage.journal.models import Origin
from inzage.portal.acting import DeskWorker, for_brussels
from inzage.portal.actiris import Enrol, Inform, brussels_state, named, text_today
from inzage.portal.brussels.watched import REASONS
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.fields import Day
from inzage.rules.brussels import municipalities
from inzage.rules.refusing import Refused
from inzage.tasks.models import Task
from inzage.view_rights.desks import day, on_work_list
from inzage.view_rights.looking import Look, look
from inzage.view_rights.moving import move

ELSEWHERE = "elsewhere"
SOURCE = "desk"


class Move(Entry):
    """Where the client lives from a day on."""

    name, button, done = "move", _("Verhuizing noteren"), _("De verhuizing is genoteerd.")
    place = forms.ChoiceField(label=_("Gemeente"))
    nis_code = forms.CharField(
        label=_("NIS-code, buiten Brussel"),
        max_length=5,
        required=False,
        help_text=_("Vijf cijfers; geen postcode."),
    )
    lives_from = Day(label=_("Woont daar vanaf"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=self.name, **kwargs)
        brussels = sorted((named(code), code) for code in municipalities())
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            *((code, name) for name, code in brussels),
            (ELSEWHERE, _("buiten Brussel (vul de NIS-code in)")),
        ]

    def clean(self) -> dict[str, Any]:
        """Elsewhere needs the code."""
        entered = self.cleaned_data
        if entered.get("place") == ELSEWHERE and not entered.get("nis_code"):
            self.add_error("nis_code", _("Vul de NIS-code in van de gemeente buiten Brussel."))
        return entered

    def carry_out(self, dossier: Dossier, origin: Origin) -> None:
        """Record it."""
        entered = self.cleaned_data
        code = entered["nis_code"] if entered["place"] == ELSEWHERE else entered["place"]
        move(dossier.pk, code, entered["lives_from"], origin)


class TakeBackMove(Entry):
    """A move that did not happen."""

    name, button, done = (
        "take_back",
        _("Verhuizing schrappen"),
        _("De verhuizing is geschrapt; ze blijft bewaard."),
    )
    lives_from = Day(label=_("De verhuizing van"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=self.name, **kwargs)

    def carry_out(self, dossier: Dossier, origin: Origin) -> None:
        """Take it back."""
        move(dossier.pk, "", self.cleaned_data["lives_from"], origin)


class EnrolAtDesk(Enrol):
    """As the desk heard or saw it."""

    done = _("De inschrijving is genoteerd.")


class InformAtDesk(Inform):
    """The desk itself told the client."""

    done = _("Genoteerd: de klant is ingelicht over VDAB en Actiris.")

    def carry_out(self, dossier: Dossier, origin: Origin) -> None:  # type: ignore[override]
        """Record it for the desk."""
        super().carry_out(dossier, None, origin)


Act = Move | TakeBackMove | EnrolAtDesk | InformAtDesk


@for_brussels
def participant(request: HttpRequest, desk: DeskWorker, reference: uuid.UUID) -> HttpResponse:
    """A client of the list, or, with a stated reason, another one: who moves to Brussels, say."""
    dossier = with_home(Dossier.objects.filter(reference=reference), desk.today).first()
    if dossier is None:
        raise Http404
    why = look_at(dossier, request, desk)
    if why is None:
        messages.info(
            request, _("Deze klant staat niet op uw lijst. Zoek de klant met het nummer en zeg waarom.")
        )
        return redirect("watched")
    acts = _acts(request, desk)
    entered = next((act for act in acts if act.is_bound), None)
    if request.method == "POST" and entered is None:
        raise Http404
    if entered is not None and entered.is_valid():
        with entered.refusing(Refused):
            entered.carry_out(dossier, desk.origin._replace(source=SOURCE))
            messages.success(request, entered.done)
            return redirect("participant", reference)

    def show(_right: object) -> HttpResponse:
        shown = {"acts": acts, "wrong": wrong_of(entered), "text": text_today(desk.today)}
        return render(request, "portal/brussels/participant.html", _shown(dossier, desk) | shown)

    return look(dossier, why, show)


def look_at(dossier: Dossier, request: HttpRequest, desk: DeskWorker) -> Look | None:
    """The look with its reason, none where there is no reason.

    The dossier is on the desk's work list, or a form of it was handled here, or somebody stated a reason.
    """
    stated = request.session.get(REASONS, {}).get(str(dossier.reference), "")
    if stated:
        return desk.look_because(stated)
    on_list = on_work_list(desk.person.role, day(desk.today))
    forms_here = Exists(ConsentForm.objects.filter(dossier=OuterRef("pk"), route__in=desk.routes))
    if Dossier.objects.filter(on_list | Q(forms_here), pk=dossier.pk).exists():
        return desk.look("inschrijving bij Actiris")
    return None


def _acts(request: HttpRequest, desk: DeskWorker) -> list[Act]:
    """What can be entered here; the one that was sent holds what was entered."""
    sent = request.POST.get("act")

    def data(act: type[Entry]) -> Any:
        return request.POST if sent == getattr(act, "name", None) else None

    return [
        EnrolAtDesk(data(EnrolAtDesk), today=desk.today),
        Move(data(Move)),
        TakeBackMove(data(TakeBackMove)),
        InformAtDesk(text_today(desk.today), data(InformAtDesk), today=desk.today),
    ]


def _shown(dossier: Dossier, desk: DeskWorker) -> dict[str, Any]:
    moves = Address.objects.filter(client=dossier.client_id).order_by("-pk")
    told = list(standing(dossier))
    state = brussels_state(dossier, desk.today)
    tasks = Task.objects.filter(dossier=dossier, kind=Task.Kind.ENROLMENT, done_at=None)
    return {
        "dossier": dossier,
        "actiris": state and state._replace(told=next(iter(told), None)),
        "lives_in": named(home_read(dossier)),
        "moves": [(each, named(each.nis_code)) for each in moves],
        "first_lived_in": named(dossier.client.nis_code),
        "versions": EnrolmentVersion.objects.filter(client=dossier.client_id).order_by("-pk"),
        "told": told,
        "tasks": tasks.select_related("unit").order_by("pk"),
    }
