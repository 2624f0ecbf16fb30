"""What can't be read is refused with 400, in a line that says what is wrong, where, and what was expected."""

import json
from typing import Any

import pytest

from tests.authzen.layer import (
    ACTIONS,
    ALICE,
    EVALUATION,
    EVALUATIONS,
    FIRST,
    FIVE,
    MAY_ALICE_READ,
    READ,
    RESOURCES,
    SUBJECTS,
    Layer,
)

ENTITY = "an object with the strings type and id"
WRONG: list[tuple[Any, str]] = [
    ({"subject": None}, f"subject: expected {ENTITY}, found null"),
    ({"subject": "alice"}, f"subject: expected {ENTITY}, found a string"),
    ({"subject": [ALICE]}, f"subject: expected {ENTITY}, found an array"),
    ({"subject": {"id": "alice"}}, "subject.type is missing: expected a string"),
    ({"subject": {"type": "user"}}, "subject.id is missing: expected a string"),
    ({"subject": {"type": "user", "id": 7}}, "subject.id: expected a string, found a number"),
    ({"subject": {"type": None, "id": "alice"}}, "subject.type: expected a string, found null"),
    ({"subject": {**ALICE, "properties": []}}, "subject.properties: expected an object, found an array"),
    ({"subject": {**ALICE, "properties": None}}, "subject.properties: expected an object, found null"),
    ({"resource": {"type": "record"}}, "resource.id is missing: expected a string"),
    ({"resource": True}, f"resource: expected {ENTITY}, found a boolean"),
    ({"action": "read"}, "action: expected an object with the string name, found a string"),
    ({"action": {}}, "action.name is missing: expected a string"),
    ({"action": {"name": 123}}, "action.name: expected a string, found a number"),
    ({"action": {"name": 1.5}}, "action.name: expected a string, found a number"),
    ({"action": {"name": {}}}, "action.name: expected a string, found an object"),
    ({"action": {**READ, "properties": "x"}}, "action.properties: expected an object, found a string"),
    ({"context": None}, "context: expected an object, found null"),
    ({"context": []}, "context: expected an object, found an array"),
]


@pytest.mark.parametrize(("change", "said"), WRONG, ids=[said for _, said in WRONG])
def test_a_member_that_is_not_as_it_should_be_is_named(layer: Layer, change: Any, said: str) -> None:
    assert layer.refused(EVALUATION, {**MAY_ALICE_READ, **change}) == said


@pytest.mark.parametrize("name", ["subject", "action", "resource"])
def test_a_member_that_is_missing_is_named(layer: Layer, name: str) -> None:
    body = {member: value for member, value in MAY_ALICE_READ.items() if member != name}
    assert layer.refused(EVALUATION, body).startswith(f"{name} is missing: expected an object with")


MISSING = [
    (SUBJECTS, {"subject": {}}, "subject.type is missing"),
    (SUBJECTS, {"subject": {"id": "alice"}}, "subject.type is missing"),
    (SUBJECTS, {"subject": None}, "subject: expected an object with the string type, found null"),
    (SUBJECTS, {"resource": {"type": "record"}}, "resource.id is missing"),
    (SUBJECTS, {"action": None}, "action: expected an object"),
    (RESOURCES, {"subject": {"type": "user"}}, "subject.id is missing"),
    (RESOURCES, {"resource": {"properties": {}}}, "resource.type is missing"),
    (RESOURCES, {"resource": {"type": "record", "properties": 1}}, "resource.properties: expected an object"),
    (ACTIONS, {"subject": {"type": "user"}}, "subject.id is missing"),
    (ACTIONS, {"resource": {"type": "record"}}, "resource.id is missing"),
    (ACTIONS, {"context": "now"}, "context: expected an object"),
]


@pytest.mark.parametrize(("path", "change", "said"), MISSING)
def test_in_a_search_only_what_is_sought_may_have_no_id(
    layer: Layer, path: str, change: Any, said: str
) -> None:
    assert layer.refused(path, {**MAY_ALICE_READ, **change}).startswith(said)


@pytest.mark.parametrize(
    ("path", "name"), [(SUBJECTS, "action"), (RESOURCES, "action"), (ACTIONS, "subject")]
)
def test_in_a_search_too_what_is_missing_is_named(layer: Layer, path: str, name: str) -> None:
    body = {member: value for member, value in MAY_ALICE_READ.items() if member != name}
    assert layer.refused(path, body).startswith(f"{name} is missing")


def text_with(context: str) -> bytes:
    """A good question with this text as the value in its context; a lone surrogate is written as WTF-8 has it."""
    return (json.dumps(MAY_ALICE_READ)[:-1] + f', "context": {{"a": {context}}}}}').encode(
        "utf-8", "surrogatepass"
    )


def nested(levels: int) -> bytes:
    """A good question of so many levels: two are the body and its context."""
    return text_with("[" * (levels - 2) + "]" * (levels - 2))


NOT_I_JSON = {
    "nothing": (b"", "the body is empty: expected a JSON object"),
    "white space": (b" ", "the body is not JSON at line 1 column 2"),
    "half an object": (b'{"subject": {"type": "user", ', "the body is not JSON at line 1 column 30"),
    "something after it": (b"{} {}", "the body is not JSON at line 1 column 4: Extra data"),
    "an array": (b"[]", "the body: expected a JSON object"),
    "a string": (b'"x"', "the body: expected a JSON object"),
    "null": (b"null", "the body: expected a JSON object"),
    "single quotes": (b"{'a': 1}", "the body is not JSON at line 1 column 2"),
    "a comma at the end": (text_with("[1,]"), "the body is not JSON at line 1"),
    "a comment": (text_with("1 /* one */"), "the body is not JSON at line 1"),
    "a leading zero": (text_with("01"), "the body is not JSON at line 1"),
    "a tab in a string": (text_with('"\t"'), "the body is not JSON at line 1"),
    "a byte order mark": (b"\xef\xbb\xbf" + text_with("1"), "the body is not JSON at line 1 column 1"),
    "UTF-16": (text_with("1").decode().encode("utf-16"), "the body is not UTF-8 at byte 0"),
    "Latin-1": (text_with('"é"').decode().encode("latin-1"), "the body is not UTF-8 at byte"),
    "an overlong byte": (text_with('"?"').replace(b"?", b"\xc0\xaf"), "the body is not UTF-8 at byte"),
    "half a pair as bytes": (text_with('"\ud800"'), "the body is not UTF-8 at byte"),
    "half a pair escaped": (text_with(r'"\ud800"'), "the body holds half of a surrogate pair"),
    "its other half": (text_with(r'"x\uDC00x"'), "the body holds half of a surrogate pair"),
    "a pair turned round": (text_with(r'"\udc00\ud800"'), "the body holds half of a surrogate pair"),
    "half a pair in a name": (text_with(r'{"\ud83d": 1}'), "the body holds half of a surrogate pair"),
    "no character": (text_with('"\ufdd0"'), "the body holds a code point that is no character"),
    "none of a far plane": (text_with('"\U0001ffff"'), "the body holds a code point that is no character"),
    "no character, escaped": (text_with(r'"\uFFFE"'), "the body holds a code point that is no character"),
    "none, as a pair": (text_with(r'"\ud83f\udffe"'), "the body holds a code point that is no character"),
    "a name twice": (text_with("1, \"a\": 1"), "the body has the member 'a' twice in one object"),
    "a name twice, escaped": (text_with(r'{"b": 1, "\u0062": 2}'), "the body has the member 'b' twice"),
    "a name twice, far": (text_with('{"c": 1, "d": 2, "e": 3, "d": 4}'), "the body has the member 'd' twice"),
    "NaN": (text_with("NaN"), "the body holds NaN, which is not JSON"),
    "Infinity": (text_with("Infinity"), "the body holds Infinity, which is not JSON"),
    "-Infinity": (text_with("-Infinity"), "the body holds -Infinity, which is not JSON"),
    "more than a double": (text_with("1e400"), "the body holds a number beyond what a double can hold"),
    "less than a double": (text_with("-1e400"), "the body holds a number beyond what a double can hold"),
    "2^53": (text_with("9007199254740992"), "the body holds a whole number beyond 9007199254740991"),
    "-2^53": (text_with("-9007199254740992"), "the body holds a whole number beyond"),
    "many digits": (text_with("9" * 5000), "the body holds a whole number beyond"),
    "101 levels": (nested(101), "the body is nested too deeply: expected at most 100 levels"),
    "100,000 levels": (nested(100_000), "the body is nested too deeply"),
    "objects in objects": (b'{"a":' * 500 + b"1" + b"}" * 500, "the body is nested too deeply"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "said"), NOT_I_JSON.values(), ids=NOT_I_JSON)
def test_what_is_not_strictly_i_json_is_refused(layer: Layer, body: bytes, said: str) -> None:
    assert layer.refused(EVALUATION, body).startswith(said)


I_JSON = {
    "2^53 - 1": text_with("9007199254740991"),
    "-2^53 + 1": text_with("-9007199254740991"),
    "a large double": text_with("1.7e308"),
    "next to nothing": text_with("1e-400"),
    "many decimals": text_with("0." + "3" * 500),
    "a pair escaped": text_with(r'"\ud83d\ude00"'),
    "a pair as bytes": text_with('"\U0001f600"'),
    "the last character before there is none": text_with(r'"\ufdcf\ufffd"'),
    "the same as bytes": text_with('"\ufdcf\ufffd\U0001fffd"'),
    "a backslash before ud800": text_with(r'"\\ud800"'),
    "NUL escaped": text_with(r'"\u0000"'),
    "a name twice, in two objects": text_with('[{"b": 1}, {"b": 1}]'),
    "an empty name": text_with('{"": 1}'),
    "100 levels": nested(100),
    "many objects beside one another": text_with("[" + ",".join(['{"b": []}'] * 500) + "]"),
    "white space around": b" \r\n\t" + text_with("1") + b"\n",
}


@pytest.mark.parametrize("body", I_JSON.values(), ids=I_JSON)
def test_what_is_only_just_i_json_is_read(layer: Layer, body: bytes) -> None:
    assert layer.post(EVALUATION, body).json() == {"decision": True}


@pytest.mark.parametrize("path", FIVE)
def test_every_call_reads_strictly(layer: Layer, path: str) -> None:
    assert layer.refused(path, text_with('1, "a": 2')) == "the body has the member 'a' twice in one object"


def test_a_long_name_is_shown_in_part_and_on_one_line(layer: Layer) -> None:
    name = r"\n" + "x" * 100
    said = layer.refused(EVALUATION, text_with(f'{{"{name}": 1, "{name}": 2}}'))
    assert said == rf"the body has the member '\n{'x' * 39}...' twice in one object"


@pytest.mark.parametrize("path", [EVALUATION, EVALUATIONS])
def test_what_is_read_reaches_the_policy_as_it_was_sent(layer: Layer, path: str) -> None:
    context = {"time": "2025-03-01T12:00:00Z", "ünï": ["\U0001f600", 1.5, None, {"a": -0.0}]}
    body = {**MAY_ALICE_READ, "resource": {**FIRST, "properties": {"part": "general"}}, "context": context}
    assert layer.post(path, body).status_code == 200
    [[question]] = layer.provider.asked
    assert (question.subject, question.action.name) == (("user", "alice", {}), "read")
    assert question.resource == ("record", "record-1", {"part": "general"})
    assert question.context == context
