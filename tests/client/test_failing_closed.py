"""What is no clear yes is a no, or no answer at all; never a yes."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from inzage.client import VIEW, NoAnswer
from tests.client.asking import ANNA, CARLA, Connect, Point, no, yes

PLAIN = {"content-type": "application/json"}
DEEP = b'{"decision": true, "context": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001


def raw(content: bytes, content_type: str = "application/json", status: int = 200) -> httpx2.Response:
    """An answer of these bytes."""
    return httpx2.Response(status, content=content, headers={"content-type": content_type})


NEAR_MISSES: dict[str, Any] = {
    "true as a string": {"decision": "true"},
    "one": {"decision": 1},
    "one and a bit": {"decision": 1.0},
    "null": {"decision": None},
    "true in a list": {"decision": [True]},
    "in capitals": raw(b'{"Decision": true}'),
    "no decision": {"context": {"reason": "right_stands"}},
    "in the context": {"context": {"decision": True}},
    "as of many": {"evaluations": [{"decision": True}]},
    "cut off": raw(b'{"decision": true, "context": {"rea'),
    "cut off just before its end": raw(b'{"decision": true'),
    "twice, no and yes": raw(b'{"decision": false, "decision": true}'),
    "twice, deeper": raw(b'{"decision": true, "context": {"reason": "a", "reason": "b"}}'),
    "more behind it": raw(b'{"decision": true} {"decision": true}'),
    "a list": [yes()],
    "just true": raw(b"true"),
    "nothing": raw(b""),
    "no number": raw(b'{"decision": true, "context": {"x": NaN}}'),
    "nested without end": raw(DEEP),
    "not in UTF-8": raw(json.dumps(yes(reason="é"), ensure_ascii=False).encode("latin-1")),
    "as text": raw(b'{"decision": true}', "text/plain"),
    "as a page": raw(b'{"decision": true}', "text/html"),
    "as something like JSON": raw(b'{"decision": true}', "application/jsonp"),
    "of no type": httpx2.Response(200, content=b'{"decision": true}'),
    "with an error": yes(error={"status": 500}),
    "a context that is none": {"decision": True, "context": "right_stands"},
    "until nonsense": yes(holds_until="tomorrow"),
    "until an empty text": yes(holds_until=""),
    "until a number": yes(holds_until=1_788_213_600),
    "until a moment without an offset": yes(holds_until="2999-08-31T22:00:00"),
    "until a day": yes(holds_until="2999-08-31"),
    "a last day that is none": yes(last_day="2026-02-30"),
    "a reason that is none": yes(reason=True),
    "sentences that are none": yes(reason_user="Goed."),
    "a sentence that is none": yes(reason_user={"nl": 1}),
    "a step that is none": no(next_steps=["form"]),
    "a step to a script": no(next_steps=[{"route": "form", "url": "javascript:alert(1)"}]),
    "a step to nowhere": no(next_steps=[{"route": "form", "url": "https://[half"}]),
    "created": raw(b'{"decision": true}', status=201),
    "no content": httpx2.Response(204),
    "moved": httpx2.Response(307, headers={**PLAIN, "location": "https://other.example"}, json=yes()),
    "a refusal that says yes": httpx2.Response(403, json=yes()),
    "of another request": httpx2.Response(200, headers={"x-request-id": "of-another"}, json=yes()),
}


@pytest.mark.parametrize("said", NEAR_MISSES.values(), ids=NEAR_MISSES)
def test_a_near_miss_of_an_answer_is_no_answer_and_so_no_yes(connect: Connect, said: Any) -> None:
    client = connect(Point(said))
    with pytest.raises(NoAnswer):
        client.may(CARLA, VIEW, ANNA)
    assert client.allowed(CARLA, VIEW, ANNA) is False


def test_beside_the_near_misses_a_plain_yes_is_a_yes(connect: Connect) -> None:
    for said in (yes(), {"decision": True}, raw(b'{"decision": true}', "Application/JSON; charset=utf-8")):
        client = connect(Point(said))
        assert client.may(CARLA, VIEW, ANNA)
        assert client.allowed(CARLA, VIEW, ANNA) is True


def test_a_plain_no_is_an_answer(connect: Connect) -> None:
    client = connect(Point({"decision": False}))
    assert not client.may(CARLA, VIEW, ANNA)
    assert client.allowed(CARLA, VIEW, ANNA) is False


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 422, 500, 501])
def test_a_refusal_is_no_answer_says_its_line_apart_and_is_not_tried_again(
    connect: Connect, status: int
) -> None:
    point = Point(raw(b"subject.id of carla\nand more", "text/plain; charset=utf-8", status))
    with pytest.raises(NoAnswer) as failed:
        connect(point).may(CARLA, VIEW, ANNA)
    assert failed.value.status == status
    assert failed.value.said == "subject.id of carla"
    assert "carla" not in str(failed.value)
    assert failed.value.request_id == point.requests[0].headers["x-request-id"]
    assert len(point.requests) == 1


def test_whatever_fails_is_a_no_and_a_line_in_the_log(
    connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    def broken_clock() -> datetime:
        raise RuntimeError("no battery")

    with caplog.at_level(logging.WARNING, "inzage.client"):
        assert connect(Point({"decision": "true"})).allowed(CARLA, VIEW, ANNA) is False
        assert connect(Point(yes()), clock=broken_clock).allowed(CARLA, VIEW, ANNA) is False
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    assert "decision is missing" in caplog.text
    assert "no battery" in caplog.text


def test_an_answer_that_has_ended_is_a_no_also_as_a_bare_one(connect: Connect) -> None:
    ends = datetime(2026, 8, 31, 22, tzinfo=UTC)
    client = connect(Point(yes(holds_until="2026-09-01T00:00:00+02:00")), clock=lambda: ends)
    assert client.allowed(CARLA, VIEW, ANNA) is False


def test_a_search_that_is_refused_finds_nothing_more(connect: Connect) -> None:
    first = {"page": {"next_token": "t"}, "results": [{"type": "dossier", "id": "a"}]}
    found = connect(Point(first, httpx2.Response(403))).dossiers(CARLA, VIEW)
    assert next(found).reference == "a"
    with pytest.raises(NoAnswer):
        next(found)


@pytest.mark.parametrize(
    "said",
    [
        {"results": [{"id": "a"}]},
        {"results": [{"type": "dossier", "id": 1}]},
        {"results": [{"type": "client", "id": "a"}]},
        {"results": ["a"]},
        {"page": {}, "results": []},
        {"page": {"next_token": 1}, "results": []},
        {},
    ],
)
def test_a_near_miss_of_something_found_is_no_answer(connect: Connect, said: Any) -> None:
    with pytest.raises(NoAnswer):
        list(connect(Point(said)).dossiers(CARLA, VIEW))
