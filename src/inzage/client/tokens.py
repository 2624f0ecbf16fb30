"""Access tokens: OAuth 2.0 client credentials (RFC 6749, section 4.4), used until shortly before they expire."""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import quote_plus, urlencode

from inzage.client.addresses import checked, well_known
from inzage.client.exchanging import Chance, Received, Request, Steps, exchange, only_200
from inzage.client.failing import NoAnswer
from inzage.client.json_objects import Unreadable, object_in, required

MARGIN = 30.0
"""Seconds before it expires that a token is used no more; half its life, where that is shorter."""
LONGEST = 86_400.0
"""Seconds that a token is kept at most."""
SHAPE = re.compile(r"[A-Za-z0-9._~+/-]+=*")
"""What a bearer token may be made of (RFC 6750, section 2.1)."""
DISCOVERY = ("openid-configuration", "oauth-authorization-server")
JSON = {"Accept": "application/json"}


@dataclass(frozen=True, slots=True)
class Credentials:
    """What this system gets its tokens with, at a `token_endpoint`, or at the one that an `issuer` names.

    `more` is what else that endpoint wants to be told, such as `{"audience": ...}` or `{"resource": ...}`.
    """

    client_id: str
    client_secret: str = field(repr=False)
    token_endpoint: str = ""
    issuer: str = ""
    scope: str = ""
    more: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if bool(self.token_endpoint) == bool(self.issuer):
            raise ValueError("give credentials either a token_endpoint or an issuer")
        checked(self.token_endpoint or self.issuer)


class Token(NamedTuple):
    """A token, until when it is used (None: until it is refused), and where it came from."""

    text: str
    until: datetime | None
    endpoint: str

    def fits(self, refused: str, at: datetime) -> bool:
        """Whether it can be used at that moment, in the place of the `refused` one."""
        return self.text != refused and (self.until is None or at < self.until)


def fetching(credentials: Credentials, endpoint: str, chance: Chance) -> Steps[Token]:
    """A new token. `endpoint` is the one known already, if it is; else the issuer is asked for it. NoAnswer."""
    endpoint = endpoint or credentials.token_endpoint or (yield from _discovering(credentials.issuer, chance))
    received = yield from exchange(_asking(credentials, endpoint), chance)
    only_200(received, "the token endpoint")
    try:
        said = object_in(received.body, received.headers.get("content-type", ""))
        return Token(_text_in(said), _until(said, received.at), endpoint)
    except Unreadable as problem:
        raise NoAnswer(f"the token endpoint's answer can't be used: {problem}") from None


def _asking(credentials: Credentials, endpoint: str) -> Request:
    wanted = {"grant_type": "client_credentials", **credentials.more}
    if credentials.scope:
        wanted["scope"] = credentials.scope
    pair = f"{quote_plus(credentials.client_id)}:{quote_plus(credentials.client_secret)}"
    headers = {
        **JSON,
        "Authorization": f"Basic {b64encode(pair.encode()).decode()}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return Request("POST", endpoint, headers, urlencode(wanted).encode())


def _discovering(issuer: str, chance: Chance) -> Steps[str]:
    """Its token endpoint, from OpenID Connect Discovery, or from RFC 8414 where it has no such page."""
    received = yield from exchange(
        Request("GET", f"{issuer.rstrip('/')}/.well-known/{DISCOVERY[0]}", JSON), chance
    )
    if received.status == HTTPStatus.NOT_FOUND:
        received = yield from exchange(Request("GET", well_known(issuer, DISCOVERY[1]), JSON), chance)
    return _endpoint_in(only_200(received, "the issuer"), issuer)


def _endpoint_in(received: Received, issuer: str) -> str:
    try:
        said = object_in(received.body, received.headers.get("content-type", ""))
        if required(said, "issuer", str) != issuer:
            raise Unreadable("it names another issuer")
        return checked(required(said, "token_endpoint", str))
    except ValueError as problem:
        raise NoAnswer(f"the issuer's metadata can't be used: {problem}") from None


def _text_in(said: dict[str, object]) -> str:
    text = required(said, "access_token", str)
    if required(said, "token_type", str).lower() != "bearer" or not SHAPE.fullmatch(text):
        raise Unreadable("it holds no bearer token")
    return text


def _until(said: dict[str, object], at: datetime) -> datetime | None:
    seconds = said.get("expires_in")
    if seconds is None:
        return None
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise Unreadable("expires_in is no number")
    life = min(max(seconds, 0), LONGEST)
    return at + timedelta(seconds=life - min(MARGIN, life / 2))
