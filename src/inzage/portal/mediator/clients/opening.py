"""Whose dossier a desk may open: those on its work list at once, any other after a reason that the log keeps (S01)."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper, wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inzage.access_log.models import AccessLine
from inzage.dossiers.models import Dossier
from inzage.portal.acting import DeskWorker, for_desks
from inzage.portal.brussels.watched import REASONS
from inzage.portal.entering import Entry, wrong_of
from inzage.rules.names import Route
from inzage.view_rights.desks import day, on_work_list
from inzage.view_rights.looking import Look, write


@dataclass(frozen=True)
class Opened:
    """A dossier that this desk may open now; `reason` was stated for it, or is empty where it is on the work list."""

    desk: DeskWorker
    dossier: Dossier
    reason: str

    @property
    def look(self) -> Look:
        """The look, as the log names it."""
        return self.desk.look_because(self.reason)

    @property
    def may_assign(self) -> bool:
        """Mediators assign clients and record consents; VDAB Brussel works with forms."""
        return Route.MEDIATOR in self.desk.routes


class Why(Entry):
    """The reason for a look outside the work list."""

    reason = forms.CharField(
        label=_("Waarom u dit dossier opent"),
        max_length=200,
        help_text=_("Dit komt in het logboek. Noem geen namen."),
        error_messages={"required": _("Schrijf waarom u dit dossier opent.")},
    )


def opened(reference: uuid.UUID, request: HttpRequest, desk: DeskWorker) -> Opened | None:
    """The dossier, or none: it is unknown, or it is on no list of this desk and no reason was stated."""
    listed = Case(
        When(on_work_list(desk.person.role, day(desk.today)), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    dossiers = Dossier.objects.select_related("client").annotate(listed=listed)
    dossier = dossiers.filter(reference=reference).first()
    reason: str = request.session.get(REASONS, {}).get(str(reference), "")
    if dossier is None or not (dossier.listed or reason):
        return None
    return Opened(desk, dossier, reason)


def ask_why(request: HttpRequest, desk: DeskWorker, reference: uuid.UUID) -> HttpResponse:
    """Ask the reason; an unknown dossier is asked about in the same way, and the answer names it in no case."""
    why = Why(request.POST or None)
    if not why.is_valid():
        return render(request, "portal/mediator/clients/why.html", {"why": why, "wrong": wrong_of(why)})
    reason = why.cleaned_data["reason"]
    if not Dossier.objects.filter(reference=reference).exists():
        write(AccessLine.Kind.SEARCH, desk.look_because(reason), [])
        messages.info(request, gettext("Dit dossier vinden wij niet. Zoek de klant op nummer en naam."))
        return redirect("desk-find-client")
    request.session[REASONS] = request.session.get(REASONS, {}) | {str(reference): reason}
    return redirect("desk-client", reference)


def for_opened(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page about a dossier that this desk may open now; without that the client's own page asks the reason first.

    The view gets the request, what was opened, and whatever else the address holds.
    """
    return for_desks(_once_opened(view))


def for_assigning(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The same, for mediators only: another desk is refused before it could tell from the answer what there is."""
    page = _once_opened(view)

    @wraps(page)
    def for_mediators(
        request: HttpRequest, desk: DeskWorker, reference: uuid.UUID, **others: Any
    ) -> HttpResponse:
        if Route.MEDIATOR not in desk.routes:
            raise PermissionDenied
        return page(request, desk, reference, **others)

    return for_desks(for_mediators)


def _once_opened(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def page(request: HttpRequest, desk: DeskWorker, reference: uuid.UUID, **others: Any) -> HttpResponse:
        found = opened(reference, request, desk)
        if found is None:
            return redirect("desk-client", reference)
        return view(request, found, **others)

    update_wrapper(page, view)
    return page
