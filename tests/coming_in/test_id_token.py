"""An ID token lets in only whom it was made for, and every near miss is told apart."""

from datetime import timedelta
from typing import Any

import pytest
from joserfc.errors import SecurityWarning
from joserfc.jwk import ECKey, OctKey, RSAKey

from inzage.adapters.oidc.levels import LEVELS, PREFIX, asked, is_enough
from inzage.partners.identities import Doubt, NotBelieved
from tests.coming_in.saying import AT, ISSUER, KEYS, OTHER, PLACE, Saying, doubt_of, half_hash
from tests.decision_api.issuing import NOON


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
