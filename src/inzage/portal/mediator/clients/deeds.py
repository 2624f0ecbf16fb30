"""What a desk does once about a client, with a reason that is kept: told beforehand what it comes to."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from inzage.portal.entering import Entry, wrong_of
from inzage.portal.language import Word
from inzage.portal.mediator.clients.opening import Opened
from inzage.view_rights.looking import look

Fact = TypeVar("Fact", bound=Model)


class Deed(NamedTuple):
    """Its name, form and template (which extends deed.html), and the page of the client from which it is done."""

    name: Word
    entry: type[Entry]
    template: str
    page: str


def of_client(model: type[Fact], found: Opened, number: int) -> Fact:
    """A fact of this client, with its unit; another client's doesn't exist here."""
    facts = model._default_manager.select_related("unit", "dossier__client")
    return get_object_or_404(facts, dossier=found.dossier, pk=number)


def told_or_done(
    request: HttpRequest,
    found: Opened,
    deed: Deed,
    do: Callable[[Entry], str],
    tell: Callable[[], dict[str, Any]],
) -> HttpResponse:
    """The page that tells it. Confirmed, it is done: `do` gives what to say of it, or nothing where the form says why
    not. What `tell` gives holds `is_over`: whether there is nothing left to do.
    """
    entered = deed.entry(request.POST or None)
    if entered.is_valid() and (said := do(entered)):
        messages.success(request, said)
        return redirect(deed.page, found.dossier.reference)

    def show(_right: object) -> HttpResponse:
        shown = {"deed": deed, "dossier": found.dossier, "entered": entered, "wrong": wrong_of(entered)}
        return render(request, deed.template, shown | tell())

    return look(found.dossier, found.look, show)
