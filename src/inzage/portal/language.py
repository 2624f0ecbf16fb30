"""In which language a page speaks: the one somebody chose, else the browser's, else Dutch."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from inzage.partners.models import Person

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Word: TypeAlias = "StrOrPromise"
"""What a page says: a text, or one that becomes a text in the language of the page that shows it."""


class Language:
    """Middleware that speaks the language of this request. It comes after the one that knows who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with the language it is in."""
        with translation.override(language_of(request)):
            response = self._get_response(request)
            response.headers.setdefault("Content-Language", spoken())
            return response


def spoken() -> str:
    """The language of the page that is being made: nl, fr or en."""
    return (translation.get_language() or "nl")[:2]


def language_of(request: HttpRequest) -> str:
    """A member of staff's own choice; else what this browser chose, which nothing but its cookie remembers."""
    person = getattr(request, "user", None)
    if isinstance(person, Person) and person.language and person.role != Person.Role.CLIENT:
        return person.language
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in dict(settings.LANGUAGES):
        return chosen
    return translation.get_language_from_request(request)
