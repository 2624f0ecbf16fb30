"""Signing out, here and from elsewhere: what is asked of the provider, and which word of it counts."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from inzage.adapters.oidc.tokens import LOGOUT
from inzage.partners.identities import Doubt, NotBelieved
from tests.coming_in.saying import AT, BACK, ISSUER, OTHER, PLACE, Saying
from tests.decision_api.issuing import NOON


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
