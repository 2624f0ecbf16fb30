"""What everyone is answered at an address: one word for each."""

import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, reverse

from inzage.portal.urls import urlpatterns
from tests.portal.permissions.entries import kinds_of
from tests.portal.permissions.people import COLUMNS, LEERHUIS, WERKPAD, Everyone
from tests.portal.reading import markup

YES, NO, NOT_THERE, SIGN_IN, ON, FORM = "yes", "no", "not there", "sign in", "on", "form"
WORDS = {
    YES: "the page is shown (200)",
    NO: "it is no page for this person, whatever the id (403)",
    NOT_THERE: "there is nothing for this person under that id, the same as for an id that nothing has (404)",
    SIGN_IN: "first to the sign-in page, whatever the address (302)",
    ON: "on to another page: the own first one, or the first step again (302)",
    FORM: "it only takes what a form sends (405)",
    "not now": "it stands for something that is not at hand, as on a machine without it (503)",
    "wrong": "it needs more than its address (400)",
}
BY_STATUS = {200: YES, 400: "wrong", 403: NO, 404: NOT_THERE, 405: FORM, 503: "not now"}
BESIDE = {WERKPAD: LEERHUIS, LEERHUIS: WERKPAD}
NO_ID: dict[type, object] = {int: 2**53, UUID: UUID(int=0), str: "nergens"}
"""What nothing has, for each kind of id."""


class Asked(NamedTuple):
    """One address as it is asked: the words for what its ids stand for, and the ids."""

    about: str
    ids: tuple[object, ...]

    @property
    def is_mixed(self) -> bool:
        """Whether another's thing stands under one's own."""
        return self.about.count(":") > 1


class Answer(NamedTuple):
    """The word for it, the page, and where it sends the browser: to the letter, but for CSRF tokens and for the
    address that was asked, which who asks knows."""

    word: str
    page: str
    going: str


def pattern_of(name: str) -> URLPattern:
    """The address of that name."""
    return next(pattern for pattern in urlpatterns if pattern.name == name)


def asked_of(name: str, world: Everyone) -> Iterator[Asked]:
    """The address with the ids of each unit's things; where there are several, one's with the other's as well."""
    for kind in kinds_of(name):
        if not kind:
            yield Asked("", ())
            return
        for at in BESIDE:
            yield Asked(f"{at}: {kind[-1]}", tuple(world.made[words, at] for words in kind))
        if len(kind) > 1:
            ids = (*(world.made[words, WERKPAD] for words in kind[:-1]), world.made[kind[-1], LEERHUIS])
            yield Asked(f"{WERKPAD}: {kind[0]}, {LEERHUIS}: {kind[-1]}", ids)


def unknown_for(asked: Asked) -> Iterator[tuple[object, ...]]:
    """The same with ids that nothing has, in one place or in all; under one's thing another's, only in its place."""
    nothing = [NO_ID[type(one) if type(one) in NO_ID else str] for one in asked.ids]
    for places in itertools.product((False, True), repeat=len(nothing)):
        if any(places) and not (asked.is_mixed and places[0]):
            chosen = zip(nothing, asked.ids, places, strict=True)
            yield tuple(none if there else one for none, one, there in chosen)


def answer(world: Everyone, column: str, name: str, ids: tuple[object, ...]) -> Answer:
    """What that person is answered there now."""
    return _read(world.browsers[column].get(reverse(name, args=ids)), name, ids)


def said(world: Everyone, column: str, name: str, ids: tuple[object, ...]) -> str:
    """The word for what that person was answered there first."""
    asked = (column, name, *ids)
    if asked not in world.said:
        world.said[asked] = answer(world, column, name, ids).word
    return world.said[asked]


def answer_to_sent(world: Everyone, column: str, name: str, ids: tuple[object, ...]) -> Answer:
    """The same where a form was sent, with nothing filled in."""
    return _read(world.browsers[column].post(reverse(name, args=ids)), name, ids)


def row(world: Everyone, asked: Asked, name: str) -> list[str]:
    """A word for everyone, in the order of the columns."""
    return [said(world, column, name, asked.ids) for column in COLUMNS]


def _read(response: Any, name: str, ids: tuple[object, ...]) -> Answer:
    if isinstance(response, StreamingHttpResponse):
        response = HttpResponse(response.getvalue(), status=response.status_code)
    assert isinstance(response, HttpResponse)
    address, going = reverse(name, args=ids), response.headers.get("Location", "")
    return Answer(_word(response, going), markup(response).replace(address, "…"), going.replace(address, "…"))


def _word(response: HttpResponse, going: str) -> str:
    if response.status_code in (301, 302):
        return SIGN_IN if going.startswith(reverse(settings.LOGIN_URL)) else ON
    return BY_STATUS[response.status_code]
