"""Shutting out one organisation, and lifting that again; what ends and what stays is told before it is done."""

from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inzage.consents.models import ConsentForm, Objection
from inzage.consents.objections import standing_objection
from inzage.dossiers.models import Activity, Assignment
from inzage.partners.models import Unit
from inzage.portal.client.deciding.confirming import Confirm, told_as
from inzage.portal.client.deciding.words import foretold, happened, why_it_stays
from inzage.portal.doors import OwnClient, for_clients
from inzage.portal.entering import Entry, wrong_of
from inzage.portal.fields import UnitByNumber
from inzage.rules.names import Ground
from inzage.view_rights.bearing import borne_by
from inzage.view_rights.catching_up import locked
from inzage.view_rights.models import ViewRight
from inzage.view_rights.objecting import NotObjected, foresee_objection, lift, object_to
from inzage.view_rights.viewing import standing_right


class Which(Entry):
    """An organisation that the list doesn't name."""

    unit = UnitByNumber(
        label=gettext_lazy("OE-nummer van een andere organisatie"),
        help_text=gettext_lazy("Het staat op haar formulieren en brieven."),
    )


class ShutOut(Confirm):
    """With the client's reason, if he or she wants to give one."""

    reason = forms.CharField(
        label=gettext_lazy("Waarom u dit wilt"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Dit hoeft niet. Alleen VDAB leest het; de organisatie niet."),
    )


@for_clients
def organisations(request: HttpRequest, own: OwnClient) -> HttpResponse:
    """The organisations that have, had or asked something in this dossier; any other by its number."""
    which = Which(request.POST or None)
    if which.is_valid():
        return redirect("client-shut-out", which.cleaned_data["unit"].pk)
    standing = Objection.objects.filter(dossier=own.dossier, lifted_at=None).values_list("unit_id", flat=True)
    shown = {
        "units": units_about(own),
        "shut_out": set(standing),
        "which": which,
        "wrong": wrong_of(which),
    }
    return render(request, "portal/client/organisations.html", shown)


def units_about(own: OwnClient) -> QuerySet[Unit]:
    """Whoever has or had a right, a form, an activity or an assignment in the client's dossier, or asked for one."""
    models = (ViewRight, ConsentForm, Activity, Assignment, Objection)
    named = [Q(pk__in=model._default_manager.filter(dossier=own.dossier).values("unit")) for model in models]
    return Unit.objects.filter(reduce(or_, named)).order_by("name", "pk")


@for_clients
def shut_out(request: HttpRequest, own: OwnClient, number: int) -> HttpResponse:
    """One organisation: shut out, or, where it is shut out, the objection with its answer, to lift."""
    unit = Unit.objects.filter(pk=number).first()
    if unit is None:
        raise Http404
    act = {"shut_out": _shut_out, "lift": _lift}.get(request.POST.get("act", ""))
    if request.method == "POST" and act is None:
        raise Http404
    confirm = ShutOut(request.POST or None)
    if act and confirm.is_valid():
        try:
            with transaction.atomic():
                said = act(unit, confirm, own)
        except NotObjected as why:
            confirm.refuse(why)
            said = ""
        if said:
            messages.success(request, said)
            return redirect("client-consents")
    objections = Objection.objects.filter(dossier=own.dossier, unit=unit).select_related("unit")
    last = objections.order_by("pk").last()  # the one that stands, if any does
    if last and last.lifted_at is None:
        return render(request, "portal/client/lift.html", _lifting(last, confirm, own))
    shown = _told(unit, confirm, own) | {"lifted": last if last and last.lift_reason else None}
    return render(request, "portal/client/shut_out.html", shown)


def _told(unit: Unit, confirm: ShutOut, own: OwnClient) -> dict[str, Any]:
    """What ends and what stays, before it is done."""
    foreseen = foresee_objection(own.dossier.pk, unit.pk, origin=own.origin)
    confirm = confirm.again(foreseen) if confirm.is_bound else ShutOut(initial={"told": told_as(foreseen)})
    return {
        "organisation": unit,
        "foretold": foretold(unit, foreseen, own.today),
        "why": why_it_stays(foreseen.left),
        "stays": bool(foreseen.left),
        "by_law": Ground.ASSIGNMENT in foreseen.left,
        "confirm": confirm,
        "wrong": wrong_of(confirm),
    }


def _lifting(objection: Objection, confirm: ShutOut, own: OwnClient) -> dict[str, Any]:
    """The objection, its answer, and on what the organisation sees the dossier all the same."""
    right = standing_right(own.dossier.pk, objection.unit_id, on=own.today)
    bears = borne_by([right], on=own.today)[right.pk] if right else ()
    return {
        "organisation": objection.unit,
        "objection": objection,
        "stays": right is not None,
        "why": why_it_stays(dict.fromkeys(bears)),
        "wrong": wrong_of(confirm),
    }


def _shut_out(unit: Unit, confirm: ShutOut, own: OwnClient) -> str:
    """Shut it out, if that comes to what the page told; what was done, or nothing."""
    locked(own.dossier.pk, origin=own.origin)
    foreseen = foresee_objection(own.dossier.pk, unit.pk, origin=own.origin)
    if standing_objection(own.dossier.pk, unit.pk) is None and not confirm.tells(foreseen):
        return ""
    done = object_to(own.dossier.pk, unit, reason=confirm.cleaned_data["reason"], origin=own.origin)
    shut_out = _("U sloot %(unit)s uit.") % {"unit": unit.name}
    return f"{shut_out} {happened(unit, done)}"


def _lift(unit: Unit, _confirm: ShutOut, own: OwnClient) -> str:
    objection = standing_objection(own.dossier.pk, unit.pk)
    if objection is not None:
        lift(objection.pk, origin=own.origin)
    return _("%(unit)s is niet meer uitgesloten: u kunt haar weer toestemming geven.") % {"unit": unit.name}
