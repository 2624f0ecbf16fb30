"""Issuers of access tokens for tests: a real one in a process of its own, and one that makes any token whatever."""

import asyncio
import json
import os
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
from joserfc import jwt
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

ISSUER = "https://issuer.example/realm"
AUDIENCE = "https://inzage.example/access"
NOON = datetime(2025, 3, 1, 11, tzinfo=UTC)
"""Twelve o'clock in Brussels, when tests take place unless they say otherwise."""
METADATA = "https://issuer.example/.well-known/oauth-authorization-server/realm"
OPENID = "https://issuer.example/realm/.well-known/openid-configuration"
KEYS = "https://keys.example/set"
Made = Callable[[], Key]
KINDS: Mapping[str, Made] = {
    "RS256": lambda: RSAKey.generate_key(2048),
    "PS256": lambda: RSAKey.generate_key(2048),
    "ES256": lambda: ECKey.generate_key("P-256"),
    "EdDSA": lambda: OKPKey.generate_key("Ed25519"),
    "Ed25519": lambda: OKPKey.generate_key("Ed25519"),
}


class AnyAlgorithm(JWSRegistry):
    """Signs with whatever it is told, none and HS256 included."""

    def get_alg(self, name: str) -> Any:
        """The algorithm of that name."""
        return self.algorithms[name]


class SelfMade:
    """An issuer in this process. It counts how often it is asked, and can be away or say something else."""

    def __init__(self) -> None:
        self.keys: dict[str, Key] = {}
        self.asked: list[str] = []
        self.away = False
        self.pages: dict[str, Any] = {METADATA: {"issuer": ISSUER, "jwks_uri": KEYS}}
        self.rotate("first")

    def rotate(self, name: str, alg: str = "ES256") -> None:
        """From now on it signs with this key alone."""
        self.keys = {name: KINDS[alg]()}
        self.publish(self.public(name, alg=alg))

    def public(self, name: str, **more: Any) -> dict[str, Any]:
        """A key as it is published."""
        return {**self.keys[name].as_dict(private=False), "kid": name, "use": "sig", **more}

    def publish(self, *keys: Any) -> None:
        """From now on these are its keys."""
        self.pages[KEYS] = {"keys": list(keys)}

    def token(self, *, header: Mapping[str, Any] | None = None, key: Key | None = None, **claims: Any) -> str:
        """An access token as RFC 9068 wants it, good for ten minutes from noon; None leaves a header or claim out."""
        (name, own), *_ = self.keys.items()
        headers = {"alg": "ES256", "typ": "at+jwt", "kid": name, **(header or {})}
        at = int(NOON.timestamp())
        wanted = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": "mlp",
            "client_id": "mlp",
            "iat": at,
            "exp": at + 600,
            "jti": "1",
            "scope": "inzage.decide",
            **claims,
        }
        registry = AnyAlgorithm(strict_check_header=False)
        return jwt.encode(_given(headers), _given(wanted), key or own, registry=registry, default_type=None)

    def client(self) -> httpx2.AsyncClient:
        """A way to it that uses no network."""
        return httpx2.AsyncClient(transport=httpx2.MockTransport(self._answered))

    async def _answered(self, request: httpx2.Request) -> httpx2.Response:
        """A page: an object, or a status with a text, an address to go to, or None to wait for ever."""
        address = str(request.url)
        self.asked.append(address)
        await asyncio.sleep(0)
        if self.away:
            raise httpx2.ConnectError("nobody listens", request=request)
        page = self.pages.get(address, (404, ""))
        status, text = page if isinstance(page, tuple) else (200, json.dumps(page))
        if text is None:
            await asyncio.Event().wait()
        return httpx2.Response(
            status,
            headers={"location": text} if status in (301, 302, 307) else {},
            content=_parts(text.encode()),
        )


async def _parts(text: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(text), 1_000):
        yield text[start : start + 1_000]


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


class RealIssuer:
    """`oidc-provider` on loopback, with four callers that are named by how their tokens are signed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.url = self._said()

    def token(self, alg: str = "RS256", scope: str = "inzage.decide", audience: str = AUDIENCE) -> str:
        """A token as a caller gets one: its client credentials for one audience and some scopes."""
        answer = httpx2.post(
            f"{self.url}/token",
            auth=(f"mlp-{alg}", "a-secret-of-the-tests-only"),
            data={"grant_type": "client_credentials", "resource": audience, "scope": scope},
        )
        assert answer.status_code == 200, answer.text
        return str(answer.json()["access_token"])

    def rotate(self, name: str) -> None:
        """From now on it signs with other keys, and publishes those alone."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{name}\n")
        self._process.stdin.flush()
        assert self._said() == name

    def stop(self) -> None:
        """From now on nobody listens there."""
        self._process.kill()
        self._process.wait()

    def _said(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@contextmanager
def real_issuer() -> Iterator[RealIssuer]:
    """Lend one; needs the folder that `tools/issuer` prints, in INZAGE_ISSUER."""
    folder = os.environ.get("INZAGE_ISSUER")
    assert folder, "INZAGE_ISSUER is not set: run `tools/test`, or set it to what `tools/issuer` prints"
    program = Path(__file__).parent / "issuer" / "issuer.mjs"
    with subprocess.Popen(
        ["node", program, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield RealIssuer(process)
        finally:
            process.kill()
