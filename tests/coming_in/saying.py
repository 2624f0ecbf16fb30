"""A provider in this process that says whatever a test wants, right or wrong, over no network."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx2
import pytest
from authlib.oidc.core.util import create_half_hash
from joserfc import jwt
from joserfc.jwk import ECKey, Key

from inzage.adapters.oidc.flow import Oidc
from inzage.adapters.oidc.tokens import LOGOUT
from inzage.adapters.oidc.where import Place
from inzage.adapters.oidc.wire import Wire
from inzage.adapters.oidc.wording import House
from inzage.partners.identities import Begun, Doubt, Identity, NotBelieved
from tests.decision_api.issuing import NOON, AnyAlgorithm

ISSUER = "https://issuer.example/op"
BACK = "https://inzage.example/aanmelden/terug/"
METADATA, KEYS, TOKEN = f"{ISSUER}/.well-known/openid-configuration", f"{ISSUER}/keys", f"{ISSUER}/token"
PLACE = Place(ISSUER, "https://inzage.example", "s€cret/+:%", "openid profile vo rrn inzage")
HOUSE = House("inzage", {"inzagebegeleider": "counsellor"}, frozenset({"OVO000001"}))
ITSME = "urn:be:vlaanderen:authmech:itsme"


class Saying:
    """What it publishes and answers, each to be changed by a test; `asked` is what it was asked."""

    def __init__(self) -> None:
        self.keys: dict[str, Key] = {"first": ECKey.generate_key("P-256")}
        self.asked: list[httpx2.Request] = []
        self.away = False
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.key: Key | None = None
        self.answer: Any = None
        self.metadata: dict[str, Any] = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/auth?tenant=1",
            "token_endpoint": TOKEN,
            "jwks_uri": KEYS,
            "end_session_endpoint": f"{ISSUER}/logout",
            "authorization_response_iss_parameter_supported": True,
        }
        self.oidc = Oidc(PLACE, HOUSE, 25, Wire(httpx2.MockTransport(self._answered)))

    def signs_in(self, answer: Mapping[str, str | None] = {}, *, at: datetime = NOON) -> Identity:
        """There and back; `answer` changes what the browser brings, None leaves it out."""
        begun = self.oidc.begin(BACK, at=at)
        return self.comes_back(begun, answer, at=at)

    def comes_back(
        self, begun: Begun, answer: Mapping[str, str | None] = {}, *, at: datetime = NOON
    ) -> Identity:
        """Back from that beginning."""
        asked = dict(parse_qsl(urlsplit(begun.address).query))
        at_first = {
            "iss": ISSUER,
            "aud": PLACE.client_id,
            "sub": "s-1",
            "nonce": asked["nonce"],
            "acr": ITSME,
        }
        self._about_to_say = {**at_first, "iat": int(NOON.timestamp()), "exp": int(NOON.timestamp()) + 3600}
        brought = {"state": asked["state"], "code": "a-code", "iss": ISSUER, **answer}
        return self.oidc.finish(_given(brought), begun, BACK, at=at)

    def token(self, claims: Mapping[str, Any]) -> str:
        """A token with these claims and what a test changed; None leaves one out."""
        (name, own), *_ = self.keys.items()
        headers = _given({"alg": "ES256", "kid": name, **self.header})
        said = _given({**claims, **self.claims})
        registry = AnyAlgorithm(strict_check_header=False)
        return jwt.encode(headers, said, self.key or own, registry=registry, default_type=None)

    def logout_token(self) -> str:
        """One that says that a session ended."""
        at = int(NOON.timestamp())
        names = {"iss": ISSUER, "aud": PLACE.client_id, "sub": "s-1", "sid": "session-1", "jti": "1"}
        return self.token({**names, "iat": at, "exp": at + 120, "events": {LOGOUT: {}}})

    def form(self) -> dict[str, list[str]]:
        """What was sent to exchange the code."""
        return parse_qs(self.asked[-2 if str(self.asked[-1].url) == KEYS else -1].content.decode())

    def _answered(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        if self.away:
            raise httpx2.ConnectError("nobody listens", request=request)
        pages = {METADATA: self.metadata, KEYS: self._published(), TOKEN: None}
        page = pages.get(str(request.url), (404, ""))
        if str(request.url) == TOKEN:
            page = self.answer or {
                "access_token": "an-access-token",
                "token_type": "Bearer",
                "id_token": self.token(self._about_to_say),
            }
        status, text = page if isinstance(page, tuple) else (200, json.dumps(page))
        return httpx2.Response(status, content=iter([text.encode()]))

    def _published(self) -> dict[str, Any]:
        return {"keys": [{**key.as_dict(private=False), "kid": name} for name, key in self.keys.items()]}


def half_hash(text: str) -> str:
    """As `at_hash` wants it."""
    return str(create_half_hash(text, "ES256").decode())


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


AT = int(NOON.timestamp())
OTHER = "https://other.example"


def doubt_of(saying: Saying, answer: Mapping[str, str | None] = {}) -> Doubt:
    """Why nobody is signed in."""
    with pytest.raises(NotBelieved) as doubted:
        saying.signs_in(answer)
    return doubted.value.doubt
