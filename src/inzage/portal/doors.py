"""Who may reach which page, beside counsellors and desks (`acting.py`): clients, who manages a unit, the others."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from inzage.dossiers.models import Client, ClientAccount, Dossier
from inzage.partners.models import Person
from inzage.portal.acting import Counsellor, Somebody, for_counsellors, manages, signed_in
from inzage.rules.names import Part
from inzage.view_rights.looking import Look

P = ParamSpec("P")


@dataclass(frozen=True, kw_only=True)
class OwnClient(Somebody):
    """A client who looks at the own dossier: at whose right on it, and at who looked. `dossier` is the own one only."""

    client: Client
    dossier: Dossier

    def look(self) -> Look:
        """A search of the client's, as the access log names it."""
        return Look(self.origin, None, Part.GENERAL, self.request_id)


@dataclass(frozen=True, kw_only=True)
class Official(Somebody):
    """Somebody with a task in the system itself, who opens no dossier by it."""


def for_clients(
    view: Callable[Concatenate[HttpRequest, OwnClient, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page for clients only: about themselves and nobody else, so no address of theirs names a dossier."""

    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = signed_in(request)
        if person is None or person.role != Person.Role.CLIENT:
            raise PermissionDenied
        account = ClientAccount.objects.filter(person=person).select_related("client__dossier").first()
        if account is None:
            raise PermissionDenied
        own = OwnClient(person, client=account.client, dossier=account.client.dossier)
        return view(request, own, *args, **kwargs)

    return page


def for_managers(
    view: Callable[Concatenate[HttpRequest, Counsellor, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page for who manages the chosen unit."""

    @wraps(view)
    def page(
        request: HttpRequest, counsellor: Counsellor, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        if not manages(counsellor.person, counsellor.unit):
            raise PermissionDenied
        return view(request, counsellor, *args, **kwargs)

    return for_counsellors(page)


def for_role(
    *roles: Person.Role,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Official, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """A page for people with exactly this role, or one of these: nobody's role holds another's."""

    def guard(
        view: Callable[Concatenate[HttpRequest, Official, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            person = signed_in(request)
            if person is None or person.role not in roles:
                raise PermissionDenied
            return view(request, Official(person), *args, **kwargs)

        return page

    return guard
