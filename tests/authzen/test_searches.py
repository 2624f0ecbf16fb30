"""Searches come in pages, each with a token that goes on with it: for the same caller and the same search only."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

import pytest

from inzage.decision_api.authzen.entities import Entity, Question
from inzage.decision_api.authzen.provider import Call, Decision, Found, Page
from tests.authzen.layer import ACTIONS, ALICE, BOB, FIRST, READ, RESOURCES, SECOND, SUBJECTS, WRITE, Layer

RECORDS = {"subject": ALICE, "action": READ, "resource": {"type": "record"}}


class Shelf:
    """A policy that finds so many records."""

    def __init__(self, size: int) -> None:
        self.names = [f"r{number:04}" for number in range(size)]
        self.pages: list[Page] = []

    async def decide(self, questions: Sequence[Question], call: Call) -> Sequence[Decision]:
        """All of them."""
        return [Decision(True) for _ in questions if call.caller]

    async def search(self, question: Question, page: Page, call: Call) -> Found:
        """Those after the key."""
        self.pages.append(page)
        left = [name for name in self.names if name > page.key and call.caller]
        found = [Entity(question.resource.type, name, {}) for name in left[: page.limit]]
        return Found(found, found[-1].id if len(left) > len(found) else "")


def shelf_of(size: int) -> tuple[Layer, Shelf]:
    """The layer before such a policy."""
    shelf = Shelf(size)
    return Layer(provider=shelf), shelf


def asked(layer: Layer, path: str = RESOURCES, body: Any = RECORDS, **page: Any) -> Any:
    """A page."""
    answer = layer.post(path, {**body, "page": page})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_page_after_page_gives_each_result_once() -> None:
    layer, shelf = shelf_of(7)
    found, token, sizes = [], "", []
    while True:
        answer = asked(layer, limit=3, **({"token": token} if token else {}))
        found += [each["id"] for each in answer["results"]]
        sizes.append(len(answer["results"]))
        token = answer["page"]["next_token"]
        if not token:
            break
    assert (found, sizes) == (shelf.names, [3, 3, 1])


def test_a_token_alone_keeps_the_limit() -> None:
    layer, shelf = shelf_of(9)
    token = asked(layer, limit=2)["page"]["next_token"]
    second = asked(layer, token=token)
    assert [each["id"] for each in second["results"]] == ["r0002", "r0003"]
    assert asked(layer, token=second["page"]["next_token"], limit=2)["results"][0]["id"] == "r0004"
    assert [page.limit for page in shelf.pages] == [2, 2, 2]


def test_everything_in_one_answer_has_no_page_unless_pages_were_asked_for() -> None:
    layer, _shelf = shelf_of(50)
    assert list(layer.post(RESOURCES, RECORDS).json()) == ["results"]
    assert asked(layer)["page"] == {"next_token": ""}
    assert asked(layer, limit=50)["page"] == {"next_token": ""}


def test_a_partial_answer_says_so_first_even_where_no_pages_were_asked_for() -> None:
    layer, _shelf = shelf_of(51)
    answer = layer.post(RESOURCES, RECORDS).json()
    assert list(answer) == ["page", "results"]
    assert len(answer["results"]) == 50
    rest = asked(layer, token=answer["page"]["next_token"])
    assert [each["id"] for each in rest["results"]] == ["r0050"]


@pytest.mark.parametrize(
    ("given", "limit"),
    [(None, 50), (0, 50), (1, 1), (2.0, 2), (499, 499), (500, 500), (501, 500), (1e300, 500)],
)
def test_a_page_has_fifty_results_or_as_many_as_asked_up_to_five_hundred(
    given: int | None, limit: int
) -> None:
    layer, shelf = shelf_of(600)
    answer = asked(layer) if given is None else asked(layer, limit=given)
    assert (len(answer["results"]), shelf.pages) == (limit, [Page(limit)])


def test_more_than_the_most_asked_again_is_no_change() -> None:
    layer, _shelf = shelf_of(1200)
    token = asked(layer, limit=9999)["page"]["next_token"]
    assert len(asked(layer, limit=9999, token=token)["results"]) == 500


def test_zero_and_the_default_are_the_same_limit() -> None:
    layer, _shelf = shelf_of(60)
    token = asked(layer, limit=0)["page"]["next_token"]
    assert len(asked(layer, limit=0, token=token)["results"]) == 10
    assert len(asked(layer, limit=50, token=token)["results"]) == 10


def test_an_empty_token_asks_the_first_page() -> None:
    layer, shelf = shelf_of(3)
    assert len(asked(layer, token="")["results"]) == 3
    assert shelf.pages == [Page(50)]


WRONG: list[tuple[Any, str]] = [
    (None, "page: expected an object, found null"),
    (7, "page: expected an object, found a number"),
    ({"limit": -1}, "page.limit: expected a whole number that is not negative"),
    ({"limit": 1.5}, "page.limit: expected a whole number, found a number"),
    ({"limit": -1.0}, "page.limit: expected a whole number that is not negative"),
    ({"limit": "10"}, "page.limit: expected a whole number, found a string"),
    ({"limit": True}, "page.limit: expected a whole number, found a boolean"),
    ({"limit": None}, "page.limit: expected a whole number, found null"),
    ({"token": None}, "page.token: expected a string, found null"),
    ({"token": 7}, "page.token: expected a string, found a number"),
    ({"properties": []}, "page.properties: expected an object, found an array"),
]


@pytest.mark.parametrize(("page", "said"), WRONG)
def test_a_page_that_is_not_as_it_should_be_is_refused(layer: Layer, page: Any, said: str) -> None:
    assert layer.refused(RESOURCES, {**RECORDS, "page": page}) == said


def test_a_page_may_hold_properties_and_members_that_nobody_knows(layer: Layer) -> None:
    assert asked(layer, properties={"sort": "name"}, later=1)["results"] == [FIRST]


OTHER = "page.token: it was given for another search; ask the first page of this one"
CHANGES: dict[str, dict[str, Any]] = {
    "another subject": {"subject": BOB},
    "a property of the subject": {"subject": {**ALICE, "properties": {"unit": "OE1"}}},
    "another action": {"action": WRITE},
    "a property of the action": {"action": {**READ, "properties": {"soft": True}}},
    "another type": {"resource": {"type": "dossier"}},
    "a property of what is sought": {"resource": {"type": "record", "properties": {"part": "general"}}},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_token_does_not_go_on_with_another_search(change: Any) -> None:
    layer, _shelf = shelf_of(9)
    token = asked(layer, limit=2)["page"]["next_token"]
    assert layer.refused(RESOURCES, {**RECORDS, **change, "page": {"token": token}}) == OTHER


SAME: dict[str, dict[str, Any]] = {
    "in another context": {"context": {"time": "2025-03-01T12:00:00Z"}},
    "with an id that is ignored": {"resource": {"type": "record", "id": "record-7"}},
    "with empty properties": {"resource": {"type": "record", "properties": {}}},
    "with a member nobody knows": {"later": 1},
}


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_a_token_goes_on_with_the_same_search_otherwise_written(change: Any) -> None:
    layer, _shelf = shelf_of(9)
    token = asked(layer, limit=2)["page"]["next_token"]
    assert asked(layer, body={**RECORDS, **change}, token=token)["results"][0]["id"] == "r0002"


def test_the_order_of_properties_is_no_difference() -> None:
    layer, _shelf = shelf_of(9)
    one, other = (
        {**RECORDS, "subject": {**ALICE, "properties": p}} for p in ({"a": 1, "b": 2}, {"b": 2, "a": 1})
    )
    token = asked(layer, body=one, limit=2)["page"]["next_token"]
    assert asked(layer, body=other, token=token)["results"][0]["id"] == "r0002"


def test_a_token_does_not_go_on_with_another_limit() -> None:
    layer, _shelf = shelf_of(9)
    token = asked(layer, limit=2)["page"]["next_token"]
    said = layer.refused(RESOURCES, {**RECORDS, "page": {"token": token, "limit": 3}})
    assert said == "page.limit: expected 2, as on the page before, or none"
    said = layer.refused(RESOURCES, {**RECORDS, "page": {"token": token, "limit": 0}})
    assert said == "page.limit: expected 2, as on the page before, or none"


def test_a_token_is_of_no_use_to_another_caller() -> None:
    layer, _shelf = shelf_of(9)
    token = asked(layer, limit=2)["page"]["next_token"]
    assert layer.refused(RESOURCES, {**RECORDS, "page": {"token": token}}, x_caller="gateway") == OTHER


def test_a_token_is_of_no_use_in_another_kind_of_search(layer: Layer) -> None:
    whole = {"subject": ALICE, "action": READ, "resource": FIRST}
    token = asked(layer, SUBJECTS, whole, limit=1)["page"]["next_token"]
    assert asked(layer, SUBJECTS, whole, token=token)["results"] == [BOB]
    for path in (RESOURCES, ACTIONS):
        assert layer.refused(path, {**whole, "page": {"token": token}}) == OTHER


def test_nor_where_both_searches_leave_the_same_names_empty() -> None:
    layer, _shelf = shelf_of(9)
    nameless = {**RECORDS, "subject": {"type": "user", "id": ""}, "resource": {"type": "record", "id": ""}}
    token = asked(layer, RESOURCES, nameless, limit=2)["page"]["next_token"]
    assert layer.refused(SUBJECTS, {**nameless, "page": {"token": token}}) == OTHER


def test_a_token_that_we_did_not_write_is_refused() -> None:
    layer, _shelf = shelf_of(9)
    token = asked(layer, limit=2)["page"]["next_token"]
    other = Layer(provider=Shelf(9), page_key=b"another key of thirty-two bytes.")
    forged = [token[:-2], token[2:], token + "AAAA", "A" + token[1:], "x", "é", "====", " ", "A" * 200_000]
    forged += [asked(other, limit=2)["page"]["next_token"], changed(token)]
    said = {layer.refused(RESOURCES, {**RECORDS, "page": {"token": each}}) for each in forged}
    assert said == {"page.token: expected a token as it was given in page.next_token"}


def changed(token: str) -> str:
    """A token with another key in it, under the same signature."""
    held = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    assert b"r0001" in held
    return urlsafe_b64encode(held.replace(b"r0001", b"r0005")).decode().rstrip("=")


def test_properties_are_sent_only_where_a_result_has_any(layer: Layer) -> None:
    soft = {"name": "delete", "properties": {"soft": True}}
    found = asked(layer, ACTIONS, {"subject": ALICE, "action": soft, "resource": FIRST})["results"]
    assert found == [READ, WRITE]
    layer.provider.search = found_with_properties  # type: ignore[assignment]
    found = asked(layer)["results"]
    assert found == [{"type": "record", "id": "record-2", "properties": {"part": "general"}}, SECOND]


async def found_with_properties(_question: Question, _page: Page, _call: Call) -> Found:
    """One with, one without."""
    return Found([Entity("record", "record-2", {"part": "general"}), Entity("record", "record-2", {})])


def test_a_search_is_charged_as_one_question_and_denies_nothing(layer: Layer) -> None:
    asked(layer, SUBJECTS, {"subject": {"type": "ship"}, "action": READ, "resource": FIRST})
    assert layer.gate.charged == [("mlp", "search_subject", 1)]
    assert layer.gate.denials == []


def test_what_was_found_is_kept_with_its_question(layer: Layer) -> None:
    asked(layer, limit=7)
    [given] = layer.ledger.given
    [(question, decision)] = given.answered
    assert question is not None
    assert (question.resource, question.subject.id) == (("record", "", {}), "alice")
    assert decision.decision
    assert given.found == Found([Entity("record", "record-1", {})])
