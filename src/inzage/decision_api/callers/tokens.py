"""Access tokens in JWT form (RFC 9068): what must be so before one is believed, and until when it is."""

import re
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from joserfc import jwt
from joserfc.errors import InvalidClaimError, InvalidKeyIdError, JoseError, UnsupportedAlgorithmError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from inzage.decision_api.authzen.provider import Caller
from inzage.decision_api.callers.keys import Keys
from inzage.decision_api.callers.refusing import bad_token

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519")
"""With a pair of keys only: what verifies a token can't make one."""
TYPES = ("at+jwt", "application/at+jwt")
CLAIMS = ("iss", "aud", "exp", "iat", "sub", "jti", "client_id")
"""What each must have (RFC 9068 section 2.2)."""
LEEWAY = 30
"""Seconds by which the issuer's clock may go before ours. The end of a token gets none."""
REMEMBERED = 10_000
"""How many tokens at most are not verified twice."""
CLIENT_ID = re.compile(r"[\x20-\x7e]{1,200}")
"""RFC 6749 appendix A.1, as long as a caller's row holds."""
LAST_MOMENT = 1e11
"""Seconds since 1970; later than any moment that is meant."""

UNREADABLE = "The access token can't be read."
NOT_SIGNED = "The access token is not signed by the configured issuer."
NOT_FOR_US = "This is no access token for this service, by its type, issuer, audience or other claims."
NOT_NOW = "The access token has expired, or is not valid yet."


class Tokens:
    """Believes the access tokens of one issuer for one audience."""

    def __init__(self, keys: Keys, issuer: str, audience: str) -> None:
        self._keys = keys
        wanted: dict[str, Any] = {name: {"essential": True} for name in CLAIMS}
        wanted["iss"]["value"], wanted["aud"]["value"] = issuer, audience
        self._claims = _Claims(**wanted)
        self._remembered: dict[bytes, _Believed] = {}
        self._remembered_for: KeySet | None = None

    async def caller(self, text: str, at: datetime) -> Caller:
        """The caller that a token names; Refusal (401) where it isn't believed at this moment, 503 without keys."""
        keys = await self._keys.known()
        digest = sha256(text.encode()).digest()
        token = self._remembered.get(digest) if keys is self._remembered_for else None
        if token is None:
            token, keys = await self._verified(text, keys)
        if not token.counts_from <= at.timestamp() < token.ends_at:
            raise bad_token(NOT_NOW)
        self._remember(digest, token, keys)
        return token.caller

    async def close(self) -> None:
        """Close the connections to the issuer."""
        await self._keys.close()

    async def _verified(self, text: str, keys: KeySet) -> tuple["_Believed", KeySet]:
        """With the keys that are known; where its own is not among them, once more with those of now."""
        try:
            return self._believed(text, keys), keys
        except _KeyUnknown:
            keys = await self._keys.fetched_again()
        try:
            return self._believed(text, keys), keys
        except _KeyUnknown:
            raise bad_token(NOT_SIGNED) from None

    def _believed(self, text: str, keys: KeySet) -> "_Believed":
        """RFC 9068 section 4, but for the moment."""
        token = _signed(text, keys)
        try:
            self._claims.validate(token.claims)
        except JoseError:
            raise bad_token(NOT_FOR_US) from None
        if str(token.header.get("typ")).lower() not in TYPES:
            raise bad_token(NOT_FOR_US)
        return _Believed.of(token.claims)

    def _remember(self, digest: bytes, token: "_Believed", keys: KeySet) -> None:
        """For as long as these are the keys: a token does not outlive a key that the issuer took back."""
        if keys is not self._remembered_for:
            self._remembered, self._remembered_for = {}, keys
        if len(self._remembered) >= REMEMBERED and digest not in self._remembered:
            self._remembered.pop(next(iter(self._remembered)))
        self._remembered[digest] = token


class _Believed(NamedTuple):
    """What a verified token says: it counts from one moment, and ends at another (seconds since 1970)."""

    caller: Caller
    counts_from: float
    ends_at: float

    @classmethod
    def of(cls, claims: dict[str, Any]) -> "_Believed":
        scopes = frozenset(claims.get("scope", "").split())
        begins = max(claims["iat"], claims.get("nbf", claims["iat"]))
        return cls(Caller(claims["client_id"], scopes), begins - LEEWAY, claims["exp"])


class _KeyUnknown(Exception):
    """None of the keys bears the name of the one that a token says it is signed with."""


def _signed(text: str, keys: KeySet) -> jwt.Token:
    """The token, if one of these keys signed it."""
    try:
        return jwt.decode(text, keys, registry=_SIGNATURES)
    except InvalidKeyIdError:
        raise _KeyUnknown from None
    except JoseError:
        raise bad_token(NOT_SIGNED) from None
    except (ValueError, TypeError, AttributeError, KeyError):
        raise bad_token(UNREADABLE) from None


class _Allowed(JWSRegistry):
    """Our algorithms, without the library's warning that EdDSA has a second name (RFC 9864)."""

    def get_alg(self, name: str) -> Any:
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError(str(name))
        return self.algorithms[name]


_SIGNATURES = _Allowed(strict_check_header=False)


class _Claims(JWTClaimsRegistry):
    """Of moments only the form: whether it is one of them is asked with each request."""

    def validate_exp(self, value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < LAST_MOMENT:
            raise InvalidClaimError("a moment")

    validate_iat = validate_nbf = validate_exp

    def validate_client_id(self, value: object) -> None:
        if not isinstance(value, str) or not CLIENT_ID.fullmatch(value):
            raise InvalidClaimError("client_id")

    def validate_scope(self, value: object) -> None:
        if not isinstance(value, str):
            raise InvalidClaimError("scope")
