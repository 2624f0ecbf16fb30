"""There and back without a network: what is asked, and every near miss of what is answered."""

from base64 import b64decode
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlsplit

import httpx2
import pytest
from authlib.common.encoding import urlsafe_b64encode
from joserfc.errors import SecurityWarning
from joserfc.jwk import ECKey, OctKey, RSAKey

from inzage.adapters.oidc.levels import LEVELS, PREFIX, asked, is_enough
from inzage.adapters.oidc.tokens import LOGOUT
from inzage.adapters.oidc.wire import ANSWER_BYTES
from inzage.partners.identities import Doubt, NotBelieved
from tests.coming_in.saying import BACK, ISSUER, KEYS, METADATA, PLACE, TOKEN, Saying, half_hash
from tests.decision_api.issuing import NOON

AT = int(NOON.timestamp())
OTHER = "https://other.example"


@pytest.fixture
def saying() -> Saying:
    """A provider that is right in everything."""
    return Saying()


def doubt_of(saying: Saying, answer: Mapping[str, str | None] = {}) -> Doubt:
    """Why nobody is signed in."""
    with pytest.raises(NotBelieved) as doubted:
        saying.signs_in(answer)
    return doubted.value.doubt


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
    "claims",
    [
        {"iss": OTHER},
        {"iss": f"{ISSUER}/"},
        {"iss": None},
        {"aud": "other"},
        {"aud": None},
        {"aud": []},
        {"aud": ["other"]},
        {"aud": [PLACE.client_id, "other"]},
        {"aud": [PLACE.client_id, "other"], "azp": "other"},
        {"azp": "other"},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 201},
        {"sub": "a\nb"},
        {"exp": None},
        {"exp": AT - 60},
        {"exp": "later"},
        {"exp": True},
        {"iat": None},
        {"iat": AT + 61},
        {"iat": AT - 361},
        {"nbf": AT + 61},
        {"nonce": None},
        {"nonce": "another"},
        {"nonce": ""},
        {"at_hash": half_hash("another")},
        {"sid": ""},
        {"sid": 7},
    ],
    ids=str,
)
def test_an_id_token_that_is_not_this_sign_ins_lets_nobody_in(saying: Saying, claims: dict[str, Any]) -> None:
    saying.claims = claims
    assert doubt_of(saying) is Doubt.NOT_OURS


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"aud": [PLACE.client_id]},
        {"aud": [PLACE.client_id, "other"], "azp": PLACE.client_id},
        {"azp": PLACE.client_id},
        {"sub": "x" * 200},
        {"exp": AT - 59},
        {"iat": AT + 60},
        {"iat": AT - 360},
        {"at_hash": half_hash("an-access-token")},
        {"sid": "session-1"},
    ],
    ids=str,
)
def test_its_near_misses_do(saying: Saying, claims: dict[str, Any]) -> None:
    saying.claims = claims
    assert saying.signs_in().issuer == ISSUER


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none", "kid": None},
        {"alg": "HS256"},
        {"typ": "logout+jwt"},
        {"typ": "at+jwt"},
        {"kid": "unknown"},
    ],
    ids=str,
)
def test_a_token_of_another_kind_or_signed_in_another_way_lets_nobody_in(
    saying: Saying, header: dict[str, Any]
) -> None:
    saying.header = header
    if header.get("alg") in ("HS256", "none"):
        saying.key = OctKey.import_key(b"of-the-tests-only-and-long-enough")
    assert doubt_of(saying) is Doubt.NOT_OURS


def test_a_token_signed_with_somebody_elses_key_lets_nobody_in(saying: Saying) -> None:
    saying.key = ECKey.generate_key("P-256")
    assert doubt_of(saying) is Doubt.NOT_OURS


@pytest.mark.parametrize("alg", ["RS256", "PS256"])
def test_a_key_that_is_too_short_is_no_key(saying: Saying, alg: str) -> None:
    saying.header = {"alg": alg}
    with pytest.warns(SecurityWarning, match="2048"):
        saying.keys = {"first": RSAKey.generate_key(1024)}
    with pytest.warns(SecurityWarning, match="2048"), pytest.raises(NotBelieved, match="no keys"):
        saying.signs_in()
    saying.keys = {"first": RSAKey.generate_key(2048)}
    assert saying.signs_in().subject == "s-1"


def test_a_secret_that_was_published_among_the_keys_is_no_key(saying: Saying) -> None:
    saying.keys["shared"] = OctKey.generate_key(256)
    saying.key, saying.header = saying.keys["shared"], {"alg": "HS256", "kid": "shared"}
    assert doubt_of(saying) is Doubt.NOT_OURS


def test_keys_are_asked_again_for_one_that_is_new_and_not_for_made_up_ones(saying: Saying) -> None:
    saying.signs_in()
    saying.keys = {"second": ECKey.generate_key("P-256")}
    later = NOON + timedelta(seconds=10)
    assert saying.signs_in(at=later).subject == "s-1"

    saying.header = {"kid": "made-up"}
    before = [str(request.url) for request in saying.asked].count(KEYS)
    for seconds in range(5):
        with pytest.raises(NotBelieved):
            saying.signs_in(at=later + timedelta(seconds=seconds))
    assert [str(request.url) for request in saying.asked].count(KEYS) == before


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


def test_each_means_is_enough_from_its_level_down_and_no_further() -> None:
    for means, level in LEVELS.items():
        assert is_enough(PREFIX + means, level)
        assert not is_enough(PREFIX + means, level + 1)
        assert (PREFIX + means in asked(level).split(), PREFIX + means in asked(level + 1).split()) == (
            True,
            False,
        )
    for acr in (None, "", "itsme", PREFIX, f"{PREFIX}itsme ", f"x{PREFIX}itsme", ["itsme"], 35):
        assert not is_enough(acr, 1)
        assert is_enough(acr, 0)


@pytest.mark.parametrize(("acr", "enough"), [("csamsms", True), ("tlsclient", False)])
def test_means_below_the_least_level_are_told_apart(saying: Saying, acr: str, enough: bool) -> None:
    saying.claims = {"acr": PREFIX + acr}
    if enough:
        assert saying.signs_in().subject == "s-1"
    else:
        assert doubt_of(saying) is Doubt.TOO_WEAK


def test_signing_out_names_the_application_and_no_person(saying: Saying) -> None:
    address = saying.oidc.sign_out_address("https://inzage.example/afgemeld/", at=NOON)
    assert parse_qs(urlsplit(str(address)).query) == {
        "client_id": [PLACE.client_id],
        "post_logout_redirect_uri": ["https://inzage.example/afgemeld/"],
    }
    del saying.metadata["end_session_endpoint"]
    assert saying.oidc.sign_out_address(BACK, at=NOON + timedelta(hours=1)) is None


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": OTHER},
        {"aud": "other"},
        {"aud": None},
        {"iat": None},
        {"iat": AT - 361},
        {"iat": AT + 61},
        {"exp": AT - 60},
        {"jti": None},
        {"jti": ""},
        {"jti": 7},
        {"events": None},
        {"events": {}},
        {"events": {LOGOUT: None}},
        {"events": {"other": {}}},
        {"events": [LOGOUT]},
        {"nonce": "n"},
        {"sub": None, "sid": None},
        {"sub": ""},
        {"sid": ""},
        {"sid": 7},
    ],
    ids=str,
)
def test_a_logout_token_that_is_none_ends_nothing(saying: Saying, claims: dict[str, Any]) -> None:
    saying.claims = claims
    with pytest.raises(NotBelieved) as doubted:
        saying.oidc.told_to_sign_out(saying.logout_token(), at=NOON)
    assert doubted.value.doubt is Doubt.NOT_OURS


@pytest.mark.parametrize(
    ("claims", "named"),
    [
        ({}, ("s-1", "session-1")),
        ({"sid": None}, ("s-1", "")),
        ({"sub": None}, ("", "session-1")),
        ({"exp": None}, ("s-1", "session-1")),
    ],
    ids=str,
)
def test_a_logout_token_names_a_session_or_a_person(
    saying: Saying, claims: dict[str, Any], named: tuple[str, str]
) -> None:
    saying.claims, saying.header = claims, {"typ": "logout+jwt"}
    told = saying.oidc.told_to_sign_out(saying.logout_token(), at=NOON)
    assert (told.subject, told.session_id) == named
    assert (told.issuer, told.token_id, told.at) == (ISSUER, "1", NOON)


def test_an_id_token_is_no_logout_token(saying: Saying) -> None:
    saying.claims = {"events": None, "jti": "1"}
    with pytest.raises(NotBelieved):
        saying.oidc.told_to_sign_out(saying.logout_token(), at=NOON)
    with pytest.raises(NotBelieved):
        saying.oidc.told_to_sign_out("", at=NOON)


def test_an_answer_that_is_compressed_is_not_read_as_one(saying: Saying) -> None:
    answer = httpx2.Response(200, headers={"content-encoding": "gzip"}, content=iter([b"\x1f\x8b"]))
    saying.oidc._wire.transport._inner = httpx2.MockTransport(lambda _request: answer)
    assert doubt_of(saying) is Doubt.AWAY
