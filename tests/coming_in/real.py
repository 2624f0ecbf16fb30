"""A real identity provider in a process of its own, and somebody's browser that goes there and back."""

import json
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx2
from django.test import Client as Browser

OURS = "http://127.0.0.1:8000"
"""By which the provider knows us; nobody listens there, the test's own browser does."""
SECRET = "a+secret of%the:tests"
ITSME = "urn:be:vlaanderen:authmech:itsme"
HIDDEN = re.compile(r'name="xsrf" value="([^"]+)"')
ACTION = re.compile(r'action="([^"]+)"')


class Heard:
    """The logout tokens that the provider brought."""

    def __init__(self) -> None:
        self.tokens: list[str] = []

    @contextmanager
    def listening(self) -> Iterator[str]:
        """The address to which they are brought."""
        tokens = self.tokens

        class Listener(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                tokens.extend(parse_qs(body)["logout_token"])
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Nothing: it is no output of the test."""

        with HTTPServer(("127.0.0.1", 0), Listener) as server:
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_port}/"
            finally:
                server.shutdown()
                thread.join()


class RealProvider:
    """`oidc-provider` on loopback, which knows the people it was told of."""

    def __init__(self, process: subprocess.Popen[str], heard: Heard) -> None:
        self._process, self.heard = process, heard
        self.issuer = self._said()

    def knows(self, sub: str, acr: str = ITSME, **claims: Any) -> str:
        """From now on this is what it says of somebody."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"sub": sub, "acr": acr, "claims": claims}) + "\n")
        self._process.stdin.flush()
        assert self._said() == sub
        return sub

    def _said(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@contextmanager
def real_provider(ours: str = OURS) -> Iterator[RealProvider]:
    """Lend one that knows us by that address; needs the folder that `tools/issuer` prints, in INZAGE_ISSUER."""
    folder = os.environ.get("INZAGE_ISSUER")
    assert folder, "INZAGE_ISSUER is not set: run `tools/test`, or set it to what `tools/issuer` prints"
    program = Path(__file__).parent / "provider" / "provider.mjs"
    heard = Heard()
    with (
        heard.listening() as hears,
        subprocess.Popen(
            ["node", program, folder, ours, hears],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as process,
    ):
        try:
            yield RealProvider(process, heard)
        finally:
            process.kill()


class Traveller:
    """A browser at our pages, and the same person's browser at the provider, each with its own cookies."""

    def __init__(self) -> None:
        self.here = Browser(HTTP_HOST="127.0.0.1:8000")
        nothing_kept_open = httpx2.Limits(max_keepalive_connections=0)
        self.there = httpx2.Client(trust_env=False, limits=nothing_kept_open)

    def sets_out(self, going: str = "") -> str:
        """Begin here; the address at the provider to which the browser is sent."""
        return str(self.here.get("/aanmelden/begin/", {"next": going} if going else {}).headers["Location"])

    def says_who(self, address: str, login: str | None) -> str:
        """Go there, fill in its form unless it knows already; the address to which it sends the browser back."""
        response = self._followed(self.there.get(address))
        while not self._is_back(response):
            assert response.status_code == 200, response.text
            sent = {"login": login} if login else {"break_off": ""}
            response = self._followed(self.there.post(str(response.url), data=sent))
        return str(response.headers["location"])

    def comes_back(self, address: str) -> Any:
        """Follow that address, here."""
        parts = urlsplit(address)
        return self.here.get(f"{parts.path}?{parts.query}")

    def signs_in(self, login: str, going: str = "") -> Any:
        """There and back."""
        return self.comes_back(self.says_who(self.sets_out(going), login))

    def signs_out_there(self, address: str) -> str:
        """Say yes to the provider's question; where it sends the browser, or nowhere: a page of its own."""
        page = self.there.get(address)
        (secret,), (action,) = HIDDEN.findall(page.text), ACTION.findall(page.text)
        response = self._followed(self.there.post(action, data={"xsrf": secret, "logout": "yes"}))
        return str(response.headers.get("location", ""))

    def _followed(self, response: httpx2.Response) -> httpx2.Response:
        while response.is_redirect and not self._is_back(response):
            response = self.there.get(urljoin(str(response.url), response.headers["location"]))
        return response

    def _is_back(self, response: httpx2.Response) -> bool:
        return response.headers.get("location", "").startswith(OURS)
