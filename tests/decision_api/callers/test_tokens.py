"""Which access tokens are believed (RFC 9068): each refusal beside the token that only just is."""

import hmac
import json
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc.jwk import ECKey, RSAKey

from inzage.decision_api.authzen.provider import Caller
from inzage.decision_api.callers.tokens import NOT_FOR_US, NOT_NOW, NOT_SIGNED, UNREADABLE
from tests.decision_api.callers.conftest import Clock, Door
from tests.decision_api.issuing import AUDIENCE, ISSUER, KINDS, NOON, SelfMade

MLP = Caller("mlp", frozenset({"inzage.decide"}))
SECOND = int(NOON.timestamp())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def later(seconds: float) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def part(value: Any) -> str:
    """A part of a token as it is written."""
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize("alg", KINDS)
def test_a_token_signed_with_a_private_key_of_the_issuer_is_believed(
    door: Door, issuer: SelfMade, alg: str
) -> None:
    issuer.rotate("first", alg)

    assert door.admits(issuer.token(header={"alg": alg})) == MLP


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": ["https://other.example", AUDIENCE]},
        {"nbf": SECOND},
        {"exp": SECOND + 0.5},
        {"auth_time": SECOND, "acr": "high", "groups": ["x"]},
    ],
)
def test_it_may_say_more_than_it_must(door: Door, issuer: SelfMade, claims: dict[str, Any]) -> None:
    assert door.admits(issuer.token(**claims)) == MLP


@pytest.mark.parametrize("typ", ["at+jwt", "AT+JWT", "application/at+jwt"])
def test_its_type_may_be_written_in_each_way_of_the_standard(door: Door, issuer: SelfMade, typ: str) -> None:
    assert door.admits(issuer.token(header={"typ": typ, "not-known": "ignored"})) == MLP


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://issuer.example/other"},
        {"iss": ISSUER + "/"},
        {"iss": [ISSUER]},
        {"iss": None},
        {"aud": "https://other.example/access"},
        {"aud": AUDIENCE + "/"},
        {"aud": AUDIENCE.removesuffix("s")},
        {"aud": []},
        {"aud": {AUDIENCE: True}},
        {"aud": None},
        {"client_id": None},
        {"client_id": ""},
        {"client_id": "m" * 201},
        {"client_id": "ml\u0000p"},
        {"client_id": "mlp\n"},
        {"client_id": "émile"},
        {"client_id": ["mlp"]},
        {"sub": None},
        {"jti": None},
        {"exp": None},
        {"exp": True},
        {"exp": str(SECOND + 600)},
        {"exp": float("nan")},
        {"exp": float("inf")},
        {"exp": 10**400},
        {"iat": None},
        {"iat": "now"},
        {"nbf": "now"},
        {"scope": ["inzage.decide"]},
    ],
    ids=str,
)
def test_a_token_of_the_issuer_that_is_not_for_this_service_is_refused(
    door: Door, issuer: SelfMade, claims: dict[str, Any]
) -> None:
    refused = door.refuses(issuer.token(**claims))

    assert (refused.status, refused.message) == (401, NOT_FOR_US)


@pytest.mark.parametrize("typ", ["JWT", "at+jwt2", "id_token+jwt", "logout+jwt", "", None])
def test_an_id_token_or_anything_else_the_issuer_signs_is_no_access_token(
    door: Door, issuer: SelfMade, typ: str | None
) -> None:
    refused = door.refuses(issuer.token(header={"typ": typ}))

    assert (refused.status, refused.message) == (401, NOT_FOR_US)


def test_a_token_ends_to_the_second_and_begins_when_the_clocks_may_have_agreed(
    door: Door, issuer: SelfMade
) -> None:
    token = issuer.token()

    assert door.admits(token, later(599.999)) == MLP
    assert door.refuses(token, later(600)).message == NOT_NOW
    assert door.refuses(token, later(601)).message == NOT_NOW
    assert door.admits(token, later(-30)) == MLP
    assert door.refuses(token, later(-31)).message == NOT_NOW


def test_a_token_that_expired_one_second_ago_was_never_believed(door: Door, issuer: SelfMade) -> None:
    assert door.refuses(issuer.token(iat=SECOND - 600, exp=SECOND - 1)).message == NOT_NOW
    assert door.refuses(issuer.token(iat=SECOND - 600, exp=SECOND)).message == NOT_NOW
    assert door.admits(issuer.token(iat=SECOND - 600, exp=SECOND + 1)) == MLP


@pytest.mark.parametrize("claim", ["nbf", "iat"])
def test_a_token_that_is_not_yet_valid_is_refused_but_for_half_a_minute(
    door: Door, issuer: SelfMade, claim: str
) -> None:
    just, too_far = ({claim: SECOND + seconds} for seconds in (30, 31))

    assert door.admits(issuer.token(**dict[str, Any](just))) == MLP
    assert door.refuses(issuer.token(**dict[str, Any](too_far))).message == NOT_NOW


def test_a_token_that_nobody_signed_is_refused(door: Door, issuer: SelfMade) -> None:
    header, claims, _signature = issuer.token().split(".")

    assert door.refuses(f"{header}.{claims}.").message == NOT_SIGNED
    for name in ("none", "None", "NONE", ""):
        unsigned = part({"alg": name, "typ": "at+jwt", "kid": "first"})
        assert door.refuses(f"{unsigned}.{claims}.").message == NOT_SIGNED


def test_the_public_key_is_no_secret_to_sign_with(door: Door, issuer: SelfMade) -> None:
    issuer.rotate("first", "RS256")
    key = issuer.keys["first"]
    assert isinstance(key, RSAKey)
    good = issuer.token(header={"alg": "RS256"})
    content = f"{part({'alg': 'HS256', 'typ': 'at+jwt', 'kid': 'first'})}.{good.split('.')[1]}"

    assert door.admits(good) == MLP
    for public in (
        key.as_pem(private=False),
        key.as_der(private=False),
        json.dumps(issuer.public("first")).encode(),
    ):
        signature = urlsafe_b64encode(hmac.digest(public, content.encode(), "sha256")).decode().rstrip("=")
        assert door.refuses(f"{content}.{signature}").message == NOT_SIGNED


@pytest.mark.parametrize("alg", ["RS384", "RS512", "PS512", "RS1"])
def test_an_algorithm_that_is_not_on_the_list_is_refused(door: Door, issuer: SelfMade, alg: str) -> None:
    issuer.rotate("first", "RS256")
    issuer.publish(issuer.public("first"))
    good = issuer.token(header={"alg": "RS256"})
    header = part({"alg": alg, "typ": "at+jwt", "kid": "first"})

    assert door.admits(good) == MLP
    assert door.refuses(".".join([header, *good.split(".")[1:]])).message == NOT_SIGNED


def test_another_key_of_the_same_name_or_one_that_the_token_brings_along_is_refused(
    door: Door, issuer: SelfMade
) -> None:
    stranger = ECKey.generate_key("P-256")

    assert door.refuses(issuer.token(key=stranger)).message == NOT_SIGNED
    brought = {"jwk": stranger.as_dict(private=False), "jku": "https://stranger.example/keys"}
    assert door.refuses(issuer.token(key=stranger, header=brought)).message == NOT_SIGNED
    assert door.admits(issuer.token()) == MLP


def test_a_token_that_was_changed_is_refused(door: Door, issuer: SelfMade) -> None:
    header, claims, signature = issuer.token().split(".")
    other = issuer.token(client_id="gateway").split(".")[1]

    assert door.refuses(f"{header}.{other}.{signature}").message == NOT_SIGNED
    assert door.refuses(f"{header}.{claims}.{signature[:-4]}AAAA").message == NOT_SIGNED
    assert door.admits(f"{header}.{claims}.{signature}") == MLP


def test_a_demand_that_we_do_not_know_is_not_passed_over(door: Door, issuer: SelfMade) -> None:
    _header, claims, signature = issuer.token().split(".")
    demanding = part({"alg": "ES256", "typ": "at+jwt", "kid": "first", "crit": ["x"], "x": 1})

    assert door.refuses(f"{demanding}.{claims}.{signature}").message == NOT_SIGNED


@pytest.mark.filterwarnings("ignore:Key size")
def test_keys_that_prove_nothing_are_left_out(door: Door, issuer: SelfMade) -> None:
    """For encryption, for other uses, too short, shared, published with their private half, unreadable."""
    weak = {
        "enc": {**issuer.public("first"), "kid": "enc", "use": "enc"},
        "ops": {**issuer.public("first"), "kid": "ops", "key_ops": ["sign"]},
        "odd": {**issuer.public("first"), "kid": "odd", "key_ops": 1},
        "leaked": {**issuer.keys["first"].as_dict(private=True), "kid": "leaked", "use": "sig"},
        "shared": {"kty": "oct", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQ", "kid": "shared"},
        "half": {"kty": "EC", "crv": "P-256", "kid": "half"},
        "new": {"kty": "AKP", "kid": "new"},
    }
    short = RSAKey.generate_key(1024)
    issuer.publish(
        *weak.values(), {**short.as_dict(private=False), "kid": "short"}, "x", issuer.public("first")
    )

    for name in weak:
        assert door.refuses(issuer.token(header={"kid": name})).message == NOT_SIGNED
    assert (
        door.refuses(issuer.token(header={"kid": "short", "alg": "RS256"}, key=short)).message == NOT_SIGNED
    )
    assert door.admits(issuer.token()) == MLP


def test_where_there_is_one_key_a_token_need_not_name_it(door: Door, issuer: SelfMade, clock: Clock) -> None:
    unnamed = issuer.token(header={"kid": None})
    assert door.admits(unnamed) == MLP

    issuer.keys["second"] = KINDS["ES256"]()
    issuer.publish(issuer.public("first"), issuer.public("second"))
    clock.seconds += 301
    assert door.admits(issuer.token()) == MLP
    door.settle()
    assert door.refuses(unnamed).message == NOT_SIGNED


@pytest.mark.parametrize("text", ["x", "a.b", "a.b.c", "..", "a.b.c.d.e", "e30.e30.e30", part([]) + ".e30.x"])
def test_garbage_is_refused(door: Door, text: str) -> None:
    assert door.refuses(text).status == 401


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    header=JSON | st.fixed_dictionaries({"alg": JSON | st.just("ES256"), "kid": JSON, "typ": JSON}),
    claims=JSON,
)
def test_whatever_a_header_holds_it_is_refused_and_nothing_breaks(
    door: Door, header: Any, claims: Any
) -> None:
    assert door.refuses(f"{part(header)}.{part(claims)}.{part('x')}").status == 401


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(place=st.integers(min_value=0), sign=st.sampled_from("aZ09-_.~+/="))
def test_no_sign_of_a_token_can_be_another(door: Door, issuer: SelfMade, place: int, sign: str) -> None:
    """But the last of a part, of which some bits say nothing."""
    good = issuer.token()
    place %= len(good)
    changed = good[:place] + sign + good[place + 1 :]
    says_the_same = changed == good or (good + ".")[place + 1] == "."

    assert says_the_same or door.refuses(changed).message in (NOT_SIGNED, UNREADABLE)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet=st.characters(max_codepoint=255), max_size=80))
def test_whatever_stands_in_the_header_of_the_request_nobody_is_let_in(door: Door, text: str) -> None:
    assert door.refuses(text).status == 401
