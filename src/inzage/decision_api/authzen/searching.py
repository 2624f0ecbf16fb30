"""The three searches (section 8): who, on what, or what, page by page."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from inzage.decision_api.authzen.asking import Answer, written
from inzage.decision_api.authzen.entities import Action, Entity, Kind, Question
from inzage.decision_api.authzen.provider import Call, Caller, Decision, Page, Provider
from inzage.decision_api.authzen.reading import (
    NOTHING,
    action_in,
    context_in,
    entity_in,
    object_of,
    properties_of,
    sought_in,
    unexpected,
)
from inzage.decision_api.authzen.strict_json import Unreadable
from inzage.decision_api.authzen.tokens import Tokens, mark_of

LIMIT = 50
"""How many results a page has, where the caller doesn't say."""
LARGEST_LIMIT = 500
"""How many it has at most: whoever asks for more gets this many."""


class Search(NamedTuple):
    """A search for one page of results."""

    question: Question
    page: Page
    paged: bool
    mark: str
    tokens: Tokens
    size: int = 1

    async def judged(self, provider: Provider, call: Call) -> Answer:
        """The page. On record the search is a yes where anything was found on it."""
        found = await provider.search(self.question, self.page, call)
        answer: dict[str, Any] = {}
        if self.paged or found.next_key:
            answer["page"] = {"next_token": self._token(found.next_key)}
        answer["results"] = [_sent(each) for each in found.results]
        decision = Decision(bool(found.results), None, found.holds_until, found.rests_on)
        return Answer([(self.question, decision)], written(answer), found)

    def _token(self, next_key: str) -> str:
        return self.tokens.write(Page(self.page.limit, next_key), self.mark) if next_key else ""


def search_in(body: Mapping[str, Any], caller: Caller, *, kind: Kind, tokens: Tokens) -> Search:
    """The search of a body, for `kind`; Unreadable unless what is given is complete, and its page goes with it."""
    question = _question_in(body, kind)
    mark = mark_of(kind, question, caller)
    return Search(question, _page_in(body, mark, tokens), "page" in body, mark, tokens)


def _question_in(body: Mapping[str, Any], kind: Kind) -> Question:
    subject = sought_in if kind is Kind.SUBJECTS else entity_in
    resource = sought_in if kind is Kind.RESOURCES else entity_in
    return Question(
        subject(body, "subject"),
        Action("", NOTHING) if kind is Kind.ACTIONS else action_in(body),
        resource(body, "resource"),
        context_in(body),
    )


def _page_in(body: Mapping[str, Any], mark: str, tokens: Tokens) -> Page:
    given = object_of(body, "page") if "page" in body else {}
    properties_of(given, "page")
    limit, token = _limit_in(given), given.get("token", "")
    if not isinstance(token, str):
        raise unexpected("page.token", "a string", token)
    if not token:
        return Page(limit or LIMIT)
    page = tokens.read(token, mark)
    if limit not in (None, page.limit):
        raise Unreadable(f"page.limit: expected {page.limit}, as on the page before, or none")
    return page


def _limit_in(given: Mapping[str, Any]) -> int | None:
    """The limit that holds; none where the caller gives none."""
    if "limit" not in given:
        return None
    limit = given["limit"]
    if isinstance(limit, bool) or not isinstance(limit, int | float) or limit != int(limit):
        raise unexpected("page.limit", "a whole number", limit)
    if limit < 0:
        raise Unreadable("page.limit: expected a whole number that is not negative")
    return int(min(limit, LARGEST_LIMIT)) or LIMIT


def _sent(each: Entity | Action) -> Mapping[str, Any]:
    """A result as it is sent; properties only where it has any."""
    found: dict[str, Any] = (
        {"name": each.name} if isinstance(each, Action) else {"type": each.type, "id": each.id}
    )
    return found | {"properties": each.properties} if each.properties else found
