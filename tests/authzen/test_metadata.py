"""The metadata says what is offered at the configured address, whatever a request says of it."""

from typing import Any

import pytest

from tests.authzen.layer import WELL_KNOWN, Layer


def test_it_names_the_address_and_the_five_calls(layer: Layer) -> None:
    answer = layer.client.get(WELL_KNOWN)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json() == {
        "policy_decision_point": "https://pdp.example",
        "access_evaluation_endpoint": "https://pdp.example/access/v1/evaluation",
        "access_evaluations_endpoint": "https://pdp.example/access/v1/evaluations",
        "search_subject_endpoint": "https://pdp.example/access/v1/search/subject",
        "search_resource_endpoint": "https://pdp.example/access/v1/search/resource",
        "search_action_endpoint": "https://pdp.example/access/v1/search/action",
    }


def test_it_may_be_kept_for_a_while_and_has_the_request_id(layer: Layer) -> None:
    answer = layer.client.get(WELL_KNOWN, headers={"X-Request-ID": "abc"})
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert answer.headers["x-request-id"] == "abc"
    assert layer.gate.admitted == []


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "Forwarded"])
def test_a_request_does_not_say_where_we_are(layer: Layer, header: str) -> None:
    plain, said = (layer.client.get(WELL_KNOWN, headers=each).text for each in ({}, {header: "evil.example"}))
    assert said == plain


def test_an_address_with_a_path_has_it_behind_the_well_known_one() -> None:
    layer = Layer(public_url="https://pdp.example/gw/one/")
    found = layer.client.get(WELL_KNOWN + "/gw/one").json()
    assert found["policy_decision_point"] == "https://pdp.example/gw/one"
    assert found["access_evaluation_endpoint"] == "https://pdp.example/gw/one/access/v1/evaluation"
    assert layer.client.get(WELL_KNOWN).status_code == 404


MORE: dict[str, Any] = {
    "capabilities": ["urn:example:capability:one"],
    "access_request_endpoint": "https://pdp.example/access/v1/requests",
    "signed": False,
    "none": None,
    "empty": "",
    "no_list": [],
    "policy_decision_point": "https://evil.example",
}


def test_it_has_further_members_but_ours_stay_and_what_has_no_value_is_left_out() -> None:
    found = Layer(metadata=MORE).client.get(WELL_KNOWN).json()
    assert found["capabilities"] == ["urn:example:capability:one"]
    assert found["access_request_endpoint"] == "https://pdp.example/access/v1/requests"
    assert found["signed"] is False
    assert found["policy_decision_point"] == "https://pdp.example"
    assert not {"none", "empty", "no_list"} & set(found)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_it_is_only_read(layer: Layer, method: str) -> None:
    answer = layer.client.request(method, WELL_KNOWN)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert layer.client.head(WELL_KNOWN).status_code == 200


WRONG = [
    "http://pdp.example",
    "pdp.example",
    "",
    "https://",
    "https://pdp.example?x=1",
    "https://pdp.example/#top",
    "https://pdp.example/?",
    "https://me:secret@pdp.example",
]


@pytest.mark.parametrize("public_url", WRONG)
def test_an_address_that_callers_can_not_trust_is_refused_at_the_start(public_url: str) -> None:
    with pytest.raises(ValueError, match="is no address for callers"):
        Layer(public_url=public_url)


@pytest.mark.parametrize("page_key", [b"", b"x" * 31])
def test_a_key_that_is_too_short_is_refused_at_the_start(page_key: bytes) -> None:
    with pytest.raises(ValueError, match="a key of at least 32 bytes is needed"):
        Layer(page_key=page_key)
