"""Withdrawing a consent: what ends and what stays, told before it is done (S04)."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from inzage.consents.models import ConsentForm, FormState
from inzage.portal.client.deciding.confirming import Confirm, told_as
from inzage.portal.client.deciding.own_forms import own_form
from inzage.portal.client.deciding.words import foretold, happened, why_it_stays
from inzage.portal.doors import OwnClient, for_clients
from inzage.portal.entering import wrong_of
from inzage.rules.granting import Refusal
from inzage.rules.names import Ground
from inzage.view_rights.catching_up import locked
from inzage.view_rights.granting import NotGranted
from inzage.view_rights.losing import Withdrawal
from inzage.view_rights.withdrawing import foresee_withdrawal, withdraw


@for_clients
def withdraw_form(request: HttpRequest, own: OwnClient, number: int) -> HttpResponse:
    """What was withdrawn, or never granted, is told and not offered."""
    form = own_form(own, number)
    confirm = Confirm(request.POST or None)
    if confirm.is_valid():
        try:
            done = _withdrawn(form, confirm, own)
        except NotGranted as why:
            confirm.refuse(why)
            done = None
        if done is not None:
            withdrawn = _("U trok uw toestemming in.")
            messages.success(request, f"{withdrawn} {happened(form.unit, done)}")
            return redirect("client-consents")
        form.refresh_from_db()
    foreseen = foresee_withdrawal(form.pk, withdrawn_on=own.today, origin=own.origin)
    shown = {
        "form": form,
        "is_withdrawn": form.withdrawn_on is not None and form.withdrawn_on <= own.today,
        "is_granted": form.state == FormState.GRANTED,
        "foretold": foretold(form.unit, foreseen, own.today),
        "why": why_it_stays(foreseen.left),
        "stays": bool(foreseen.left),
        "asks_mediator": Ground.ASSIGNMENT in foreseen.left,
        "confirm": confirm.again(foreseen)
        if confirm.is_bound
        else Confirm(initial={"told": told_as(foreseen)}),
        "wrong": wrong_of(confirm),
    }
    return render(request, "portal/client/withdraw.html", shown)


@transaction.atomic
def _withdrawn(form: ConsentForm, confirm: Confirm, own: OwnClient) -> Withdrawal | None:
    """Withdraw it, if that comes to what the page told: judged under the lock, so that nothing comes between."""
    if form.state != FormState.GRANTED:
        raise NotGranted(Refusal.ALREADY_HANDLED)
    locked(form.dossier_id, origin=own.origin)
    form.refresh_from_db()
    is_withdrawn = form.withdrawn_on is not None and form.withdrawn_on <= own.today
    foreseen = foresee_withdrawal(form.pk, withdrawn_on=own.today, origin=own.origin)
    if not is_withdrawn and not confirm.tells(foreseen):
        return None
    return withdraw(form.pk, withdrawn_on=own.today, origin=own.origin)
