"""The issuer of the tokens, asked over HTTP for its public keys (RFC 8414, OpenID Connect Discovery, RFC 7517)."""

import asyncio
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import httpx2
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, KeySet, OKPKey, RSAKey, import_key

from inzage.inbox.reading import NotJson, object_in

PATIENCE = 5
"""Seconds in which the issuer must have answered everything."""
ANSWER_BYTES = 256 * 1024
"""What is read of an answer at most."""
LEAST_BITS = 2048
"""Of an RSA key."""
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class NoKeys(Exception):
    """The issuer gave no keys; the message says why, in our words."""


class Issuer:
    """One issuer of access tokens. Only its own address, and the one that it names for its keys, are spoken to."""

    def __init__(self, name: str, client: httpx2.AsyncClient | None = None) -> None:
        self.name = name
        self._client = client or httpx2.AsyncClient(follow_redirects=False, trust_env=False)

    async def keys(self) -> KeySet:
        """Its keys as they are now; NoKeys where it gives none that can be used."""
        try:
            async with asyncio.timeout(PATIENCE):
                described = await self._described()
                return usable(await self._object(_address_of_keys(described)))
        except TimeoutError:
            raise NoKeys(f"no answer within {PATIENCE} seconds") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
            raise NoKeys(f"{type(error).__name__}: no whole answer") from None

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _described(self) -> dict[str, Any] | None:
        """Its metadata, from whichever of the two places has them; they must name the issuer as we do."""
        parts = urlsplit(self.name)
        for place in (
            f"{parts.scheme}://{parts.netloc}/.well-known/oauth-authorization-server{parts.path.rstrip('/')}",
            f"{self.name.rstrip('/')}/.well-known/openid-configuration",
        ):
            if (described := await self._object(place)) is not None:
                if described.get("issuer") != self.name:
                    raise NoKeys("its metadata name another issuer")
                return described
        return None

    async def _object(self, address: str | None) -> dict[str, Any] | None:
        """The JSON object at an address; None where there is no page."""
        if address is None:
            return None
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "inzage"}
        async with self._client.stream("GET", address, headers=headers, timeout=PATIENCE) as response:
            if response.status_code != HTTPStatus.OK:
                return None
            body = b""
            async for part in response.aiter_raw():
                body += part
                if len(body) > ANSWER_BYTES:
                    raise NoKeys(f"an answer of more than {ANSWER_BYTES} bytes")
        try:
            return object_in(body.decode())
        except (NotJson, UnicodeDecodeError):
            raise NoKeys("an answer that is no JSON object") from None


def usable(published: dict[str, Any] | None) -> KeySet:
    """The keys of a published set (RFC 7517 section 5) that tokens may be signed with; NoKeys where there is none.

    Left out is what we can't read, what is not for signatures, what is too short, and what is no secret of the issuer's
    any more: a key that others share, or a private key that was published.
    """
    listed = published.get("keys") if published else None
    keys = [key for one in listed if (key := _key(one))] if isinstance(listed, list) else []
    if not keys:
        raise NoKeys("no keys that can be used")
    return KeySet(keys)


def _address_of_keys(described: dict[str, Any] | None) -> str:
    """Where the keys are: over TLS, but on the own machine."""
    address = described.get("jwks_uri") if described else None
    if not isinstance(address, str):
        raise NoKeys("no metadata with an address of its keys")
    try:
        parts = urlsplit(address)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    except ValueError:
        safe = False
    if not safe:
        raise NoKeys("the address of its keys is not https")
    return address


def _key(published: Any) -> Key | None:
    try:
        for_signatures = published.get("use", "sig") == "sig" and "verify" in published.get(
            "key_ops", ["verify"]
        )
        key = import_key(published) if for_signatures and "d" not in published else None
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return key if key and _is_strong(key) else None


def _is_strong(key: Key) -> bool:
    """Long enough, on a curve that our algorithms use, and not shared as an `oct` key is."""
    if isinstance(key, RSAKey):
        return key.raw_value.key_size >= LEAST_BITS
    if isinstance(key, ECKey | OKPKey):
        return key.curve_name in ("P-256", "Ed25519")
    return False
