"""Several evaluations in one call: what is shared, what can't be read, and how far they are carried out."""

from collections.abc import Sequence
from typing import Any

import pytest

from inzage.decision_api.authzen.entities import Question
from inzage.decision_api.authzen.provider import Call, Decision
from tests.authzen.layer import (
    ALICE,
    BOB,
    EVALUATION,
    EVALUATIONS,
    FIRST,
    MAY_ALICE_READ,
    READ,
    SECOND,
    WRITE,
    Layer,
)

YES, NO, BAD = {"resource": FIRST}, {"resource": SECOND}, {"resource": {"type": "record"}}
SHARED = {"subject": ALICE, "action": READ}


def batch(*items: Any, semantic: Any = None, **more: Any) -> dict[str, Any]:
    """Alice reads each of them."""
    options = {} if semantic is None else {"options": {"evaluations_semantic": semantic}}
    return {**SHARED, **options, **more, "evaluations": list(items)}


ALL, DENY, PERMIT = "execute_all", "deny_on_first_deny", "permit_on_first_permit"
SEMANTICS = [
    (None, [YES, NO, BAD, YES], [True, False, False, True]),
    (ALL, [YES, NO, BAD, YES], [True, False, False, True]),
    (ALL, [NO, NO], [False, False]),
    (DENY, [YES, YES], [True, True]),
    (DENY, [YES, NO, YES], [True, False]),
    (DENY, [NO, YES], [False]),
    (DENY, [YES, BAD, YES], [True, False]),
    (DENY, [YES, YES, NO], [True, True, False]),
    (PERMIT, [NO, NO], [False, False]),
    (PERMIT, [NO, YES, NO], [False, True]),
    (PERMIT, [YES, NO], [True]),
    (PERMIT, [BAD, NO, YES, YES], [False, False, True]),
    (PERMIT, [BAD, BAD], [False, False]),
]


@pytest.mark.parametrize(("semantic", "items", "decided"), SEMANTICS)
def test_evaluations_are_carried_out_as_far_as_the_semantic_says(
    layer: Layer, semantic: str | None, items: list[Any], decided: list[bool]
) -> None:
    assert layer.decided(batch(*items, semantic=semantic)) == decided


@pytest.mark.parametrize("semantic", [ALL, DENY, PERMIT])
def test_the_policy_is_asked_once_about_all_that_can_be_read(layer: Layer, semantic: str) -> None:
    layer.decided(batch(NO, BAD, YES, NO, semantic=semantic))
    assert [[each.resource.id for each in asked] for asked in layer.provider.asked] == [
        ["record-2", "record-1", "record-2"]
    ]


@pytest.mark.parametrize(("semantic", "kept"), [(ALL, 4), (DENY, 2), (PERMIT, 1)])
def test_what_comes_after_the_one_that_stops_is_neither_answered_nor_kept(
    layer: Layer, semantic: str, kept: int
) -> None:
    answer = layer.post(EVALUATIONS, batch(YES, NO, YES, BAD, semantic=semantic)).json()
    [given] = layer.ledger.given
    assert (len(answer["evaluations"]), len(given.answered)) == (kept, kept)


def test_an_item_that_cannot_be_read_is_a_no_that_says_why_and_the_others_are_decided(layer: Layer) -> None:
    answer = layer.post(EVALUATIONS, batch(YES, BAD, {"resource": None}, "x", {}, YES)).json()
    said = [each.get("context", {}).get("error") for each in answer["evaluations"]]
    entity = "an object with the strings type and id"
    assert [each["decision"] for each in answer["evaluations"]] == [True, False, False, False, False, True]
    assert said == [
        None,
        {"status": 400, "message": "evaluations[1].resource.id is missing: expected a string"},
        {"status": 400, "message": f"evaluations[2].resource: expected {entity}, found null"},
        {"status": 400, "message": "evaluations[3]: expected an object, found a string"},
        {"status": 400, "message": f"evaluations[4]: resource is missing: expected {entity}"},
        None,
    ]


def test_what_is_shared_and_wrong_is_wrong_only_where_it_is_used(layer: Layer) -> None:
    answer = layer.post(EVALUATIONS, batch(YES, {**YES, "subject": BOB}, subject="alice")).json()
    assert [each["decision"] for each in answer["evaluations"]] == [False, True]
    message = answer["evaluations"][0]["context"]["error"]["message"]
    assert (
        message == "evaluations[0]: subject: expected an object with the strings type and id, found a string"
    )


def test_where_no_item_can_be_read_nothing_is_asked_and_all_is_kept(layer: Layer) -> None:
    assert layer.decided(batch(BAD, BAD)) == [False, False]
    [given] = layer.ledger.given
    assert layer.provider.asked == []
    assert [question for question, _ in given.answered] == [None, None]


def test_a_context_is_shared_and_an_item_with_its_own_gets_nothing_of_it(layer: Layer) -> None:
    layer.decided(batch(YES, {**YES, "context": {"own": 1}}, {**YES, "context": {}}, context={"shared": 1}))
    [questions] = layer.provider.asked
    assert [each.context for each in questions] == [{"shared": 1}, {"own": 1}, {}]


@pytest.mark.parametrize("more", [{}, {"evaluations": []}], ids=["absent", "empty"])
def test_without_items_a_call_is_one_evaluation(layer: Layer, more: dict[str, Any]) -> None:
    assert layer.post(EVALUATIONS, {**MAY_ALICE_READ, **more}).json() == {"decision": True}
    incomplete = {"subject": ALICE, "action": READ, **more}
    assert layer.refused(EVALUATIONS, incomplete).startswith("resource is missing")


def test_an_evaluation_on_its_own_knows_no_items(layer: Layer) -> None:
    assert layer.post(EVALUATION, {**MAY_ALICE_READ, "evaluations": [NO]}).json() == {"decision": True}


SEMANTIC = f"options.evaluations_semantic: expected one of {ALL}, {DENY}, {PERMIT}"
WRONG = [
    ({"evaluations": {}}, "evaluations: expected an array, found an object"),
    ({"evaluations": None}, "evaluations: expected an array, found null"),
    ({"options": []}, "options: expected an object, found an array"),
    ({"options": {"evaluations_semantic": None}}, f"{SEMANTIC}, found null"),
    ({"options": {"evaluations_semantic": "all"}}, f"{SEMANTIC}, found 'all'"),
    ({"options": {"evaluations_semantic": "EXECUTE_ALL"}}, f"{SEMANTIC}, found 'EXECUTE_ALL'"),
]


@pytest.mark.parametrize(("change", "said"), WRONG)
def test_what_concerns_the_whole_call_refuses_it(layer: Layer, change: Any, said: str) -> None:
    assert layer.refused(EVALUATIONS, {**batch(YES), **change}) == said


def test_other_options_are_ignored(layer: Layer) -> None:
    assert layer.decided({**batch(YES), "options": {"evaluation_semantics": "x", "other": 1}}) == [True]


def test_a_thousand_are_decided_and_one_more_is_not(layer: Layer) -> None:
    assert layer.decided(batch(*[YES] * 1000)) == [True] * 1000
    said = layer.refused(EVALUATIONS, batch(*[YES] * 1001))
    assert said == "evaluations: expected at most 1000, found 1001"


def test_all_are_charged_before_they_are_decided_and_denials_are_counted_afterwards(layer: Layer) -> None:
    layer.decided(batch(YES, NO, BAD, NO))
    assert layer.gate.charged == [("mlp", "access_evaluations", 4)]
    assert layer.gate.denials == [("mlp", 2)]


def test_only_denials_that_are_given_are_counted(layer: Layer) -> None:
    layer.decided(batch(NO, NO, YES, semantic=DENY))
    layer.decided(batch(YES, NO, semantic=PERMIT))
    assert layer.gate.denials == [("mlp", 1)]


class Forgetful:
    """A policy that decides all but one."""

    async def decide(self, questions: Sequence[Question], _call: Call) -> Sequence[Decision]:
        """Not what was asked."""
        return [Decision(True)] * (len(questions) - 1)


@pytest.mark.parametrize("semantic", [ALL, DENY, PERMIT])
def test_a_policy_that_decides_less_than_was_asked_decides_nothing(semantic: str) -> None:
    layer = Layer(provider=Forgetful())  # type: ignore[arg-type]
    layer.refused(EVALUATIONS, batch(YES, YES, YES, semantic=semantic), 503)
    layer.refused(EVALUATION, MAY_ALICE_READ, 503)
    assert layer.ledger.given == []


def test_each_item_may_have_its_own_action(layer: Layer) -> None:
    items = [
        {"action": READ},
        {"action": WRITE},
        {"action": {"name": "delete", "properties": {"soft": True}}},
    ]
    assert layer.decided({"subject": ALICE, "resource": FIRST, "evaluations": items}) == [True, True, True]
