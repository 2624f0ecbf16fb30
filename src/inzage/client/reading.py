"""Answers as AuthZEN 1.0 and docs/api.md promise them; Unreadable where they are anything else."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import urlsplit

from inzage.client.answers import Answer, Metadata, NextStep, Sentences
from inzage.client.building import DOSSIER
from inzage.client.entities import Dossier, Subject
from inzage.client.json_objects import Unreadable, objects, optional, required

Found = TypeVar("Found")
Object = dict[str, Any]


class Page(NamedTuple, Generic[Found]):
    """One page of a search, and the token of the next; empty on the last page."""

    found: list[Found]
    next_token: str


def answer_in(said: Object, request_id: str) -> Answer:
    """The answer to one question. Only `true` is a yes; an error in the place of a decision is no answer."""
    decision = required(said, "decision", bool)
    context = optional(said, "context", dict) or {}
    if "error" in context:
        raise Unreadable("it holds an error in the place of a decision")
    return Answer(
        decision,
        optional(context, "reason", str) or "",
        _sentences(context),
        _day(context, "last_day"),
        _moment(context, "holds_until"),
        _moment(context, "evaluated_at"),
        _next_steps(context),
        optional(context, "rule_status", str) or "",
        optional(context, "reason_admin", dict),
        request_id,
    )


def answers_in(said: Object, request_id: str, *, count: int) -> list[Answer]:
    """The answers to so many questions, in their order."""
    items = objects(said, "evaluations")
    if len(items) != count:
        raise Unreadable(f"{count} questions have {len(items)} answers")
    return [answer_in(item, request_id) for item in items]


def dossiers_in(said: Object, part: str) -> Page[Dossier]:
    """A page of dossiers, found for that part of them."""
    return _page(said, lambda result: Dossier(_id(result, DOSSIER), part))


def people_in(said: Object, kind: str) -> Page[Subject]:
    """A page of subjects of that kind."""

    def read(result: Object) -> Subject:
        properties = optional(result, "properties", dict) or {}
        unit, issuer = (optional(properties, name, str) or "" for name in ("unit", "issuer"))
        return Subject(kind, _id(result, kind), unit, issuer)

    return _page(said, read)


def actions_in(said: Object) -> Page[str]:
    """A page of names of actions."""
    return _page(said, lambda result: required(result, "name", str))


def metadata_in(said: Object, url: str) -> Metadata:
    """What the decision point at that address says of itself; Unreadable where it says it is another (section 9)."""
    identifier = required(said, "policy_decision_point", str)
    if identifier.rstrip("/") != url:
        raise Unreadable("it names another decision point than the one that was asked")
    endpoints = {name: required(said, name, str) for name in said if name.endswith("_endpoint")}
    capabilities = optional(said, "capabilities", list) or []
    return Metadata(identifier, endpoints, tuple(str(each) for each in capabilities))


def _page(said: Object, read: Callable[[Object], Found]) -> Page[Found]:
    page = optional(said, "page", dict)
    found = [read(result) for result in objects(said, "results")]
    return Page(found, "" if page is None else required(page, "next_token", str))


def _id(result: Object, kind: str) -> str:
    if required(result, "type", str) != kind:
        raise Unreadable("a search found something else than was sought")
    return required(result, "id", str)


def _sentences(said: Object) -> Sentences:
    found: Mapping[str, Any] = optional(said, "reason_user", dict) or {}
    if any(type(sentence) is not str for sentence in found.values()):
        raise Unreadable("reason_user holds something else than sentences")
    return found


def _next_steps(said: Object) -> tuple[NextStep, ...]:
    there = optional(said, "next_steps", list) is not None
    return tuple(_next_step(step) for step in objects(said, "next_steps")) if there else ()


def _next_step(said: Object) -> NextStep:
    url = optional(said, "url", str) or ""
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        scheme = "?"
    if url and scheme not in ("http", "https"):
        raise Unreadable("the url of a next step is no web address")
    return NextStep(required(said, "route", str), url, _sentences(said))


def _day(said: Object, name: str) -> date | None:
    text = optional(said, name, str)
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise Unreadable(f"{name} is no day") from None


def _moment(said: Object, name: str) -> datetime | None:
    text = optional(said, name, str)
    try:
        moment = None if text is None else datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable(f"{name} is no moment") from None
    if moment is not None and moment.tzinfo is None:
        raise Unreadable(f"{name} is a moment without an offset")
    return moment
