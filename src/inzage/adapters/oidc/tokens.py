"""What must be so before a token of the provider is believed: ID tokens, and logout tokens."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError, UnsupportedAlgorithmError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from inzage.adapters.oidc.where import Place
from inzage.partners.identities import Doubt, NotBelieved, SignOut

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519")
"""With a pair of keys only: what verifies a token can't make one."""
LEEWAY = 60
"""Seconds by which the two clocks may differ."""
OLDEST = 300
"""Seconds: a token comes fresh from the provider."""
LONGEST_TOKEN, LONGEST = 16_384, 200
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
Keys = Callable[[bool], KeySet]
"""The provider's keys; fetched again where that is asked."""


def id_token(
    text: object, place: Place, keys: Keys, *, nonce: str, access_token: str, at: datetime
) -> dict[str, Any]:
    """The claims of an ID token of this sign-in (OpenID Connect Core 3.1.3.7); else NotBelieved."""
    token = _signed(text, keys, types=("", "jwt"))
    wanted = {
        "iss": {"essential": True, "value": place.issuer},
        "aud": {"essential": True, "value": place.client_id},
    }
    known = {"nonce": nonce, "client_id": place.client_id, "access_token": access_token}
    claims = CodeIDToken(token.claims, token.header, wanted, known)
    try:
        claims.validate(now=int(at.timestamp()), leeway=LEEWAY)
    except (JoseError, ValueError, TypeError) as error:
        raise _not_ours(f"ID token: {type(error).__name__} {getattr(error, 'claim', '')}") from None
    _check_fresh(claims, at)
    _check_name(claims, "sub")
    if "sid" in claims:
        _check_name(claims, "sid")
    return dict(claims)


def logout_token(text: str, place: Place, keys: Keys, *, at: datetime) -> SignOut:
    """Whose sessions end (OpenID Connect Back-Channel Logout 2.6); else NotBelieved."""
    token = _signed(text, keys, types=("", "jwt", "logout+jwt"))
    claims = token.claims
    registry = JWTClaimsRegistry(
        now=int(at.timestamp()),
        leeway=LEEWAY,
        iss={"essential": True, "value": place.issuer},
        aud={"essential": True, "value": place.client_id},
        iat={"essential": True},
        jti={"essential": True},
        events={"essential": True},
    )
    try:
        registry.validate(claims)
    except (JoseError, ValueError, TypeError) as error:
        raise _not_ours(f"logout token: {type(error).__name__}") from None
    _check_fresh(claims, at)
    events = claims["events"]
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT), dict):
        raise _not_ours("logout token: no logout event")
    if "nonce" in claims:
        raise _not_ours("logout token: a nonce, as an ID token has")
    named = [name for name in ("sub", "sid") if name in claims]
    for name in (*named, "jti"):
        _check_name(claims, name)
    if not named:
        raise _not_ours("logout token: neither sub nor sid")
    return SignOut(place.issuer, claims.get("sub", ""), claims.get("sid", ""), claims["jti"], at)


class _Allowed(JWSRegistry):
    """Our algorithms, whatever the provider says it supports."""

    def get_alg(self, name: str) -> Any:
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError(str(name))
        return self.algorithms[name]


_SIGNATURES = _Allowed(strict_check_header=False)


def _signed(text: object, keys: Keys, *, types: tuple[str, ...]) -> jwt.Token:
    """The token, if one of the provider's keys signed it; where its own is not among them, those of now."""
    if not isinstance(text, str) or len(text) > LONGEST_TOKEN:
        raise _not_ours("no token, or one that is too long")
    for anew in (False, True):
        try:
            token = jwt.decode(text, keys(anew), registry=_SIGNATURES)
        except InvalidKeyIdError:
            continue
        except (JoseError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
            raise _not_ours("not signed by the provider, or unreadable") from None
        if not isinstance(token.claims, dict) or str(token.header.get("typ", "")).lower() not in types:
            raise _not_ours("a token of another kind")
        return token
    raise _not_ours("signed with a key that the provider does not have")


def _check_fresh(claims: dict[str, Any], at: datetime) -> None:
    if claims["iat"] < at.timestamp() - OLDEST - LEEWAY:
        raise _not_ours("a token of long ago")


def _check_name(claims: dict[str, Any], name: str) -> None:
    value = claims[name]
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST or not value.isprintable():
        raise _not_ours(f"{name} is no name that can be kept")


def _not_ours(problem: str) -> NotBelieved:
    return NotBelieved(Doubt.NOT_OURS, problem)
