"""A made-up issuer of access tokens on loopback: its metadata, its public key, and a token for each caller."""

import json
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple

from joserfc import jwt
from joserfc.jwk import ECKey

AUDIENCE = "https://inzage.example"
CLIENT = "bench"
"""The caller that a token names, unless others are wanted."""
SCOPE = "inzage.decide"
SECONDS = 6 * 3600


class Issued(NamedTuple):
    """Where the issuer is, its public keys as it publishes them, and the tokens that it signed, by caller."""

    issuer: str
    keys: str
    tokens: Mapping[str, str]

    @property
    def token(self) -> str:
        """The first one."""
        return next(iter(self.tokens.values()))


@contextmanager
def issuing(*callers: str) -> Iterator[Issued]:
    """The issuer, as long as this lasts, with a token for each of these callers, or for CLIENT."""
    key = ECKey.generate_key("P-256", {"kid": "bench", "use": "sig", "alg": "ES256"})
    keys = json.dumps({"keys": [key.as_dict(private=False)]})
    server = _Server(("127.0.0.1", 0), _Handler)
    issuer = f"http://127.0.0.1:{server.server_address[1]}"
    server.said = {
        "/.well-known/oauth-authorization-server": json.dumps(
            {"issuer": issuer, "jwks_uri": f"{issuer}/keys"}
        ),
        "/keys": keys,
    }
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Issued(issuer, keys, {caller: _token(key, issuer, caller) for caller in callers or (CLIENT,)})
    finally:
        server.shutdown()
        server.server_close()


def _token(key: ECKey, issuer: str, caller: str) -> str:
    now = int(time.time())
    claims = {
        "iss": issuer,
        "aud": AUDIENCE,
        "sub": caller,
        "client_id": caller,
        "scope": SCOPE,
        "iat": now,
        "exp": now + SECONDS,
        "jti": str(uuid.uuid4()),
    }
    return str(jwt.encode({"alg": "ES256", "typ": "at+jwt", "kid": "bench"}, claims, key))


class _Server(ThreadingHTTPServer):
    said: Mapping[str, str]
    """What is at each path."""


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, _Server)
        said = self.server.said.get(self.path)
        self.send_response(200 if said else 404)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write((said or "").encode())

    def log_message(self, format: str, *_given: object) -> None:
        """Nothing."""
