"""The ground of the certification's levels, in cases of our own: what is asked, and what comes back."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest

from tests.authzen.layer import (
    ACTIONS,
    ALICE,
    BOB,
    EVALUATION,
    FIRST,
    READ,
    RESOURCES,
    SECOND,
    SUBJECTS,
    WRITE,
    Layer,
)

ADMIN = {**BOB, "properties": {"role": "admin"}}
DEMOTED = {**BOB, "properties": {"role": "clerk"}}
ARCHIVED_FIRST = {**FIRST, "properties": {"status": "archived"}}
ACTIVE_SECOND = {**SECOND, "properties": {"status": "active"}}
ARCHIVED = {**SECOND, "properties": {"status": "archived"}}
SOFT = {"name": "delete", "properties": {"soft": True}}
HARD = {"name": "delete", "properties": {"soft": False}}
NOBODY, NOTHING = {"type": "user", "id": "carol"}, {"type": "record", "id": "record-9"}


class Case(NamedTuple):
    """A title, what is asked, and what is decided or found; for a search its path too."""

    title: str
    body: Mapping[str, Any]
    expected: Any
    path: str = EVALUATION


def question(subject: Any, action: Any, resource: Any, **more: Any) -> dict[str, Any]:
    """The three in an object."""
    return {"subject": subject, "action": action, "resource": resource, **more}


def names(cases: list[Case]) -> list[str]:
    """Their titles, for the names of the tests."""
    return [case.title for case in cases]


BASIC = [
    Case("alice reads the active record", question(ALICE, READ, FIRST), True),
    Case("alice writes it", question(ALICE, WRITE, FIRST), True),
    Case("bob reads it", question(BOB, READ, FIRST), True),
    Case("bob doesn't write it", question(BOB, WRITE, FIRST), False),
    Case("somebody unknown", question(NOBODY, READ, FIRST), False),
    Case("something unknown", question(ALICE, READ, NOTHING), False),
    Case("an unknown action", question(ALICE, {"name": "print"}, FIRST), False),
    Case("an unknown type", question({"type": "robot", "id": "alice"}, READ, FIRST), False),
    Case("empty strings are strings", question({"type": "", "id": ""}, {"name": ""}, FIRST), False),
    Case("with a context", question(ALICE, READ, FIRST, context={"time": "2025-03-01T12:00:00Z"}), True),
    Case("with an empty context", question(ALICE, READ, FIRST, context={}), True),
    Case("with members nobody knows", question(ALICE, READ, FIRST, later={"a": [1]}, old=None), True),
    Case("with unknown members inside", question({**ALICE, "age": 7}, {**READ, "x": 1}, FIRST), True),
    Case("with evaluations, unknown here", question(ALICE, READ, FIRST, evaluations="none"), True),
    Case(
        "with any properties", question({**ALICE, "properties": {"deep": {"a": [None]}}}, READ, FIRST), True
    ),
]
PROPERTIES = [
    Case("what is archived alice doesn't write", question(ALICE, WRITE, ARCHIVED), False),
    Case("an admin does", question(ADMIN, WRITE, ARCHIVED), True),
    Case("a softly deleting alice", question(ALICE, SOFT, FIRST), True),
    Case("a hard deleting alice", question(ALICE, HARD, FIRST), False),
    Case("alice deleting without saying how", question(ALICE, {"name": "delete"}, FIRST), False),
    Case("stored properties count too", question(BOB, WRITE, SECOND), True),
    Case("what is sent lies over what is stored", question(DEMOTED, WRITE, SECOND), False),
    Case("of a record too", question(ALICE, WRITE, ACTIVE_SECOND), True),
    Case("and closes as well as opens", question(ALICE, WRITE, ARCHIVED_FIRST), False),
]


@pytest.mark.parametrize("case", BASIC + PROPERTIES, ids=names(BASIC + PROPERTIES))
def test_an_evaluation_is_decided(layer: Layer, case: Case) -> None:
    answer = layer.post(EVALUATION, case.body)
    assert (answer.status_code, answer.json()) == (200, {"decision": case.expected})
    assert answer.headers["content-type"] == "application/json"


MAY_ALICE_READ = question(ALICE, READ, FIRST)
BATCHES = [
    Case(
        "subject and resource are shared",
        {"subject": BOB, "resource": FIRST, "evaluations": [{"action": READ}, {"action": WRITE}]},
        [True, False],
    ),
    Case("nothing is shared", {"evaluations": [MAY_ALICE_READ, question(BOB, WRITE, FIRST)]}, [True, False]),
    Case("an empty item is what is shared", {**MAY_ALICE_READ, "evaluations": [{}, {}]}, [True, True]),
    Case(
        "an item's own member takes the place",
        {**MAY_ALICE_READ, "evaluations": [{"resource": SECOND}, {}]},
        [False, True],
    ),
    Case(
        "with all its properties: nothing is mixed",
        {**question(ALICE, SOFT, FIRST), "evaluations": [{}, {"action": {"name": "delete"}}]},
        [True, False],
    ),
    Case(
        "properties of a shared subject are shared",
        {"subject": ADMIN, "action": WRITE, "evaluations": [{"resource": ARCHIVED}, {"resource": FIRST}]},
        [True, False],
    ),
    Case(
        "order is kept",
        {**MAY_ALICE_READ, "evaluations": [{"resource": SECOND}, {}, {"resource": NOTHING}]},
        [False, True, False],
    ),
]


@pytest.mark.parametrize("case", BATCHES, ids=names(BATCHES))
def test_evaluations_are_decided(layer: Layer, case: Case) -> None:
    assert layer.decided(case.body) == case.expected


USERS, SHIPS, RECORDS = {"type": "user"}, {"type": "ship"}, {"type": "record"}
ADMINS = {**USERS, "properties": {"role": "admin"}}
NUMBERED = {**USERS, "id": 7}
WHO = [
    Case("who reads", question(USERS, READ, FIRST), [ALICE, BOB]),
    Case("who reads, an id being ignored", question(ALICE, READ, FIRST), [ALICE, BOB]),
    Case("who reads, even a strange id", question(NUMBERED, READ, FIRST), [ALICE, BOB]),
    Case("who reads, in whatever context", question(USERS, READ, FIRST, context={"a": 1}), [ALICE, BOB]),
    Case("who writes what is archived", question(USERS, WRITE, ARCHIVED), [BOB]),
    Case("who would, were all admins", question(ADMINS, WRITE, ARCHIVED), [ALICE, BOB]),
    Case("who reads what isn't there", question(USERS, READ, NOTHING), []),
    Case("of a type nobody has", question(SHIPS, READ, FIRST), []),
]
WHAT = [
    Case("what alice reads", question(ALICE, READ, RECORDS), [FIRST]),
    Case("what alice reads, an id being ignored", question(ALICE, READ, SECOND), [FIRST]),
    Case("what an admin writes", question(ADMIN, WRITE, RECORDS), [SECOND]),
    Case("what nobody reads", question(NOBODY, READ, RECORDS), []),
    Case("a type nothing has", question(ALICE, READ, SHIPS), []),
]
HOW = [
    Case("what alice may do", {"subject": ALICE, "resource": FIRST}, [READ, WRITE]),
    Case("what alice may do, an action being ignored", question(ALICE, 7, FIRST), [READ, WRITE]),
    Case("what an admin may do in an archive", {"subject": ADMIN, "resource": ARCHIVED}, [WRITE]),
    Case("what nobody may do", {"subject": NOBODY, "resource": FIRST}, []),
    Case("what a ship may do", {"subject": {**SHIPS, "id": "x"}, "resource": FIRST}, []),
]
FOUND = [
    case._replace(path=path)
    for path, cases in ((SUBJECTS, WHO), (RESOURCES, WHAT), (ACTIONS, HOW))
    for case in cases
]


@pytest.mark.parametrize("case", FOUND, ids=names(FOUND))
def test_a_search_finds_exactly_what_is_permitted_and_answers_nothing_else(layer: Layer, case: Case) -> None:
    answer = layer.post(case.path, case.body)
    assert (answer.status_code, answer.json()) == (200, {"results": case.expected})
