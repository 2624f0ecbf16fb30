"""A state of a page: who comes where, with what sent in, after what happened before."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpResponse
from django.test import Client as Browser

from inzage.partners.models import Person, Unit
from inzage.portal.acting import CHOSEN_UNIT
from tests.portal.office import OFFICIALS, Office, official, signed_in_as

TEMPLATES = Path(__file__).parents[3] / "src/inzage/portal/templates"
LANGUAGES = ("nl", "fr", "en")


class Visit(NamedTuple):
    """A request and what it is answered with. Without `person` nobody is signed in; with `sent` it is a POST.

    `made` is an answer that no request gets at will, such as to a defect. `unit` is chosen beforehand, where the person
    works for several.
    """

    person: Person | None
    address: str
    sent: Mapping[str, Any] | None = None
    status: int = 200
    made: HttpResponse | None = None
    unit: Unit | None = None


def at_work(role: str, address: str, sent: Mapping[str, Any] | None = None) -> Visit:
    """The visit of who has that role at VDAB."""
    return Visit(official(role), address, sent)


Prepare = Callable[[Office], Visit]


class State(NamedTuple):
    """One state of one template; `prepare` makes it in the office, and says how to come there."""

    template: str
    name: str
    prepare: Prepare

    def __str__(self) -> str:
        return f"{self.template.removeprefix('portal/').removesuffix('.html')}: {self.name}"

    @property
    def file_name(self) -> str:
        """As a picture of it is named."""
        return str(self).replace("/", "-").replace(": ", "--").replace(" ", "-").replace(",", "")


STATES: list[State] = []


def state(template: str, name: str) -> Callable[[Prepare], Prepare]:
    """What this function makes is that state of that template."""

    def named(prepare: Prepare) -> Prepare:
        STATES.append(State(template, name, prepare))
        return prepare

    return named


def untouched(
    template: str, name: str, who: str, address: str, sent: Mapping[str, Any] | None = None
) -> None:
    """That state is what somebody of the office, or who has that role, finds before anything happened there."""

    def prepare(office: Office) -> Visit:
        return at_work(who, address, sent) if who in OFFICIALS else Visit(getattr(office, who), address, sent)

    state(template, name)(prepare)


def templates() -> list[str]:
    """The pages there are: what other templates only include is none."""
    files = sorted(TEMPLATES.rglob("*.html"))
    return [
        file.relative_to(TEMPLATES).as_posix() for file in files if "{% extends" in file.read_text("utf-8")
    ]


def states_by_template() -> dict[str, list[State]]:
    """The states that are named, of each template."""
    found = defaultdict(list)
    for one in STATES:
        found[one.template].append(one)
    return dict(found)


def browser_of(visit: Visit, language: str = "nl") -> Browser:
    """The browser of who makes this visit, signed in and set to that language."""
    browser: Browser = signed_in_as(visit.person) if visit.person else Browser()
    browser.raise_request_exception = False
    if visit.unit:
        session = browser.session
        session[CHOSEN_UNIT] = visit.unit.pk
        session.save()
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return browser


def answer_to(visit: Visit, language: str = "nl") -> HttpResponse:
    """The answer in that language, as its browser gets it after every redirect."""
    if visit.made is not None:
        return visit.made
    browser = browser_of(visit, language)
    if visit.sent is None:
        answer = browser.get(visit.address, follow=True)
    else:
        answer = browser.post(visit.address, visit.sent, follow=True)
    assert isinstance(answer, HttpResponse)
    return answer
