"""The client, whose page is open, consents at the mediator: who it is needs no typing again (S04)."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from inzage.portal.entering import wrong_of
from inzage.portal.mediator.clients.opening import Opened, for_assigning
from inzage.portal.mediator.consent import ToWhat, record_once
from inzage.portal.refusing import AlreadyThere
from inzage.view_rights.granting import NotGranted
from inzage.view_rights.looking import look


@for_assigning
def consent(request: HttpRequest, found: Opened) -> HttpResponse:
    """For mediators only; granted, the client's page shows the right."""
    entered = ToWhat(request.POST or None)
    if entered.is_valid():
        with entered.refusing(NotGranted, AlreadyThere), transaction.atomic():
            record_once(found.dossier, entered.asked(), found.desk)
        if entered.is_valid():
            messages.success(
                request, gettext("De toestemming is geregistreerd en het inzagerecht is toegekend.")
            )
            return redirect("desk-client", found.dossier.reference)

    def show(_right: object) -> HttpResponse:
        shown = {"dossier": found.dossier, "entered": entered, "wrong": wrong_of(entered)}
        return render(request, "portal/mediator/clients/consent.html", shown)

    return look(found.dossier, found.look, show)
