"""There and back without a network: what is asked, and every near miss of what is answered."""

from base64 import b64decode
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlsplit

import httpx2
import pytest
from authlib.common.encoding import urlsafe_b64encode

from inzage.adapters.oidc.levels import asked
from inzage.adapters.oidc.wire import ANSWER_BYTES
from inzage.partners.identities import Doubt
from tests.coming_in.saying import (
    BACK,
    ISSUER,
    METADATA,
    OTHER,
    PLACE,
    TOKEN,
    Saying,
    doubt_of,
)
from tests.decision_api.issuing import NOON


def test_the_browser_is_sent_out_with_pkce_a_state_a_nonce_and_the_means_that_are_enough(
    saying: Saying,
) -> None:
    begun = saying.oidc.begin(BACK, at=NOON)
    query = {name: value for name, (value,) in parse_qs(urlsplit(begun.address).query).items()}

    challenge = urlsafe_b64encode(sha256(begun.verifier.encode()).digest()).decode()
    assert query == {
        "tenant": "1",
        "response_type": "code",
        "client_id": PLACE.client_id,
        "redirect_uri": BACK,
        "scope": PLACE.scopes,
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "acr_values": asked(25),
    }
    others = saying.oidc.begin(BACK, at=NOON)
    assert not {begun.state, begun.nonce, begun.verifier} & {others.state, others.nonce, others.verifier}


def test_the_code_is_exchanged_with_the_verifier_and_proof_of_who_we_are(saying: Saying) -> None:
    begun = saying.oidc.begin(BACK, at=NOON)
    assert saying.comes_back(begun).subject == "s-1"
    form = saying.form()
    assert form == {
        "grant_type": ["authorization_code"],
        "code": ["a-code"],
        "code_verifier": [begun.verifier],
        "redirect_uri": [BACK],
    }
    (sent,) = [request for request in saying.asked if str(request.url) == TOKEN]
    user, _, secret = b64decode(sent.headers["authorization"].removeprefix("Basic ")).decode().partition(":")
    assert (unquote_plus(user), unquote_plus(secret)) == (PLACE.client_id, PLACE.secret)


def test_where_the_provider_wants_the_secret_in_the_body_it_stands_there(saying: Saying) -> None:
    saying.metadata["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    saying.signs_in()
    form = saying.form()
    assert (form["client_id"], form["client_secret"]) == ([PLACE.client_id], [PLACE.secret])


@pytest.mark.parametrize(
    ("answer", "doubt"),
    [
        ({"state": None}, Doubt.NOT_OURS),
        ({"state": "é"}, Doubt.NOT_OURS),
        ({"iss": None}, Doubt.NOT_OURS),
        ({"iss": f"{ISSUER}/"}, Doubt.NOT_OURS),
        ({"code": None}, Doubt.NOT_OURS),
        ({"code": None, "error": "access_denied"}, Doubt.REFUSED),
        ({"error": "access_denied", "iss": OTHER}, Doubt.NOT_OURS),
        ({"error": "access_denied", "state": "x"}, Doubt.NOT_OURS),
    ],
)
def test_an_answer_that_is_not_ours_is_not_exchanged(
    saying: Saying, answer: dict[str, str | None], doubt: Doubt
) -> None:
    assert doubt_of(saying, answer) is doubt
    assert [str(request.url) for request in saying.asked] == [METADATA]


def test_a_provider_that_does_not_say_that_it_names_itself_need_not_but_never_wrongly(
    saying: Saying,
) -> None:
    del saying.metadata["authorization_response_iss_parameter_supported"]
    assert saying.signs_in({"iss": None}).subject == "s-1"
    assert doubt_of(saying, {"iss": OTHER}) is Doubt.NOT_OURS


@pytest.mark.parametrize(
    "changed",
    [
        {"issuer": OTHER},
        {"issuer": None},
        {"authorization_endpoint": "http://issuer.example/auth"},
        {"token_endpoint": "javascript:1"},
        {"token_endpoint": 7},
        {"jwks_uri": None},
        {"jwks_uri": "https://[issuer"},
    ],
    ids=str,
)
def test_metadata_of_another_or_without_tls_are_not_used(saying: Saying, changed: dict[str, Any]) -> None:
    saying.metadata |= changed
    assert doubt_of(saying) is Doubt.AWAY


@pytest.mark.parametrize(
    ("answer", "doubt"),
    [
        ((400, '{"error": "invalid_grant"}'), Doubt.REFUSED),
        ((502, "<h1>Bad gateway</h1>"), Doubt.AWAY),
        ((200, "no json"), Doubt.AWAY),
        ((302, ""), Doubt.AWAY),
        ((200, '{"access_token": "' + "x" * ANSWER_BYTES + '"}'), Doubt.AWAY),
        ((200, '{"access_token": "x"}'), Doubt.NOT_OURS),
        ((200, '{"access_token": "x", "id_token": 7}'), Doubt.NOT_OURS),
        ((200, '{"access_token": "x", "id_token": "a.b.c"}'), Doubt.NOT_OURS),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_answer_without_a_token_is_told_apart(
    saying: Saying, answer: tuple[int, str], doubt: Doubt
) -> None:
    saying.answer = answer
    assert doubt_of(saying) is doubt


def test_a_provider_that_is_away_is_told_as_such(saying: Saying) -> None:
    saying.away = True
    assert doubt_of(saying) is Doubt.AWAY


def test_an_answer_that_is_compressed_is_not_read_as_one(saying: Saying) -> None:
    answer = httpx2.Response(200, headers={"content-encoding": "gzip"}, content=iter([b"\x1f\x8b"]))
    saying.oidc._wire.transport._inner = httpx2.MockTransport(lambda _request: answer)
    assert doubt_of(saying) is Doubt.AWAY
