"""Over a real connection: an answer arrives whatever the caller was still sending, and the connection goes on."""

import json
from collections.abc import Iterator

import httpx2
import pytest

from tests.authzen.layer import EVALUATION, EVALUATIONS, MAY_ALICE_READ, SUBJECTS, WELL_KNOWN, Layer
from tests.loopback import PATIENCE, served

JSON = {"Content-Type": "application/json", "X-Request-ID": "abc"}
PART = b" " * (64 * 1024)


@pytest.fixture(scope="module")
def line() -> Iterator[httpx2.Client]:
    """One connection to the layer."""
    limits = httpx2.Limits(max_connections=1)
    with (
        served(Layer().app) as address,
        httpx2.Client(base_url=address, timeout=PATIENCE, limits=limits) as client,
    ):
        yield client


def decided(line: httpx2.Client) -> object:
    """A good question, on the same connection."""
    return line.post(EVALUATION, json=MAY_ALICE_READ).json()


def test_a_question_is_answered_and_its_answer_has_what_it_should_have(line: httpx2.Client) -> None:
    answer = line.post(EVALUATION, content=json.dumps(MAY_ALICE_READ), headers=JSON)
    assert (answer.status_code, answer.content) == (200, b'{"decision":true}')
    assert {name: answer.headers[name] for name in ("content-type", "cache-control", "x-request-id")} == {
        "content-type": "application/json",
        "cache-control": "no-store",
        "x-request-id": "abc",
    }


def parts(count: int) -> Iterator[bytes]:
    """A body of so many parts, sent in chunks without saying how large it is."""
    yield json.dumps(MAY_ALICE_READ).encode()
    for _ in range(count):
        yield PART


def test_a_body_in_chunks_is_read(line: httpx2.Client) -> None:
    assert line.post(EVALUATION, content=parts(10), headers=JSON).json() == {"decision": True}


@pytest.mark.parametrize("chunked", [False, True])
def test_a_caller_that_sends_too_much_hears_it_and_may_go_on(line: httpx2.Client, chunked: bool) -> None:
    answer = line.post(EVALUATION, content=parts(80) if chunked else b"".join(parts(80)), headers=JSON)
    assert (answer.status_code, answer.headers["x-request-id"]) == (413, "abc")
    assert decided(line) == {"decision": True}


def test_a_refused_question_does_not_spoil_the_next(line: httpx2.Client) -> None:
    for content_type in ("text/plain", "application/json"):
        answer = line.post(EVALUATION, content=b"{", headers={**JSON, "Content-Type": content_type})
        assert answer.status_code == 400
    assert line.get(EVALUATION).status_code == 405
    assert decided(line) == {"decision": True}


def test_a_thousand_evaluations_and_a_search_come_whole(line: httpx2.Client) -> None:
    body = {**MAY_ALICE_READ, "evaluations": [{}] * 1000}
    assert line.post(EVALUATIONS, json=body).json() == {"evaluations": [{"decision": True}] * 1000}
    assert len(line.post(SUBJECTS, json=MAY_ALICE_READ).json()["results"]) == 2


def test_the_metadata_comes_from_the_configured_address(line: httpx2.Client) -> None:
    found = line.get(WELL_KNOWN, headers={"Host": "evil.example"}).json()
    assert found["policy_decision_point"] == "https://pdp.example"
