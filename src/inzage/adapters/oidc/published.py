"""What the provider publishes of itself: its addresses and its keys, kept for a while (OpenID Connect Discovery)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, KeySet, OKPKey, RSAKey, import_key

from inzage.adapters.oidc.where import Place, is_safe
from inzage.adapters.oidc.wire import Wire
from inzage.partners.identities import Doubt, NotBelieved

METADATA_FOR, KEYS_FOR = timedelta(hours=1), timedelta(minutes=5)
"""How long they are believed; so long a key that the provider takes back is still good."""
NOT_SOONER = timedelta(seconds=10)
"""Between two fetches of the keys for a key that is not known: made-up ones can't make us storm the provider."""
LEAST_BITS = 2048
CURVES = ("P-256", "Ed25519")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Its addresses, each over TLS; `names_itself`: it says who it is when a browser comes back (RFC 9207)."""

    authorization: str
    token: str
    keys: str
    end_session: str | None
    names_itself: bool
    basic: bool
    """Whether a client proves itself in a header; otherwise in the body."""


@dataclass
class Published:
    """The metadata and keys of one provider. Two threads may fetch the same at once; either's answer is good."""

    place: Place
    wire: Wire
    _metadata: tuple[datetime, Metadata] | None = None
    _keys: tuple[datetime, KeySet] | None = None

    def metadata(self, *, at: datetime) -> Metadata:
        """Where it is spoken to; NotBelieved where it can't be had, or is another's."""
        kept = self._metadata
        if kept is None or not kept[0] <= at < kept[0] + METADATA_FOR:
            address = f"{self.place.issuer.rstrip('/')}/.well-known/openid-configuration"
            kept = self._metadata = at, _read(self.wire.object_at(address), self.place.issuer)
        return kept[1]

    def keys(self, *, at: datetime, anew: bool = False) -> KeySet:
        """Its keys; `anew` for one that is not among them, unless they were fetched a moment ago."""
        address = self.metadata(at=at).keys
        kept, good_for = self._keys, NOT_SOONER if anew else KEYS_FOR
        if kept is None or not kept[0] <= at < kept[0] + good_for:
            kept = self._keys = at, usable(self.wire.object_at(address))
        return kept[1]


def _read(published: dict[str, Any], issuer: str) -> Metadata:
    if published.get("issuer") != issuer:
        raise NotBelieved(Doubt.AWAY, "its metadata name another issuer")
    wanted = [published.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    end_session = published.get("end_session_endpoint")
    if not all(map(is_safe, wanted)):
        raise NotBelieved(Doubt.AWAY, "its metadata lack an address over TLS")
    methods = published.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    authorization, token, keys = map(str, wanted)
    return Metadata(
        authorization=authorization,
        token=token,
        keys=keys,
        end_session=str(end_session) if is_safe(end_session) else None,
        names_itself=published.get("authorization_response_iss_parameter_supported") is True,
        basic="client_secret_basic" in methods,
    )


def usable(published: dict[str, Any]) -> KeySet:
    """The keys that tokens may be signed with: of a pair, strong, for signatures, and not known to others."""
    listed = published.get("keys")
    keys = [key for one in listed if (key := _key(one))] if isinstance(listed, list) else []
    if not keys:
        raise NotBelieved(Doubt.AWAY, "no keys that can be used")
    return KeySet(keys)


def _key(published: Any) -> Key | None:
    try:
        if "d" in published or published.get("use", "sig") != "sig":
            return None
        key = import_key(published)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        return None
    if isinstance(key, RSAKey):
        return key if key.raw_value.key_size >= LEAST_BITS else None
    return key if isinstance(key, ECKey | OKPKey) and key.curve_name in CURVES else None
