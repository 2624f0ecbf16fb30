"""Lines for tests: to an address, or to another side that answers what a test says."""

import base64
import json
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

import httpx2

from inzage.adapters.line import Line, Patience
from inzage.adapters.places import Place
from tests.simulated import SECRET

KEY = base64.b64decode(SECRET.removeprefix("whsec_"))
NO_CONTENT = b"HTTP/1.1 204 OK\r\nConnection: close\r\n\r\n"
Answer = Callable[[httpx2.Request], httpx2.Response]


def line_to(url: str, *, key: bytes = KEY, patience: Patience | None = None) -> Line:
    """A line to that address."""
    return Line(Place(url, (key,)), patience or Patience())


@contextmanager
def answering(answer: Answer) -> Iterator[Line]:
    """A line at whose other end this answers."""
    client = httpx2.Client(transport=httpx2.MockTransport(answer), follow_redirects=False)
    with closing(Line(Place("https://other.example/api", (KEY,)), Patience(), client)) as line:
        yield line


def whole(body: bytes, headers: dict[str, str] | None = None) -> httpx2.Response:
    """An answer that is read as it comes."""
    return httpx2.Response(200, stream=httpx2.ByteStream(body), headers=headers)


def listing(said: Any) -> httpx2.Response:
    """An answer in JSON."""
    return whole(json.dumps(said).encode())


def dripping(first: bytes, seconds: float, end: bytes) -> Iterator[bytes]:
    """An answer that begins, goes on a byte at a time for so long, and then ends."""
    yield first
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(0.01)
        yield b"x"
    yield end


@contextmanager
def listening(answer: Callable[[str], bytes | Iterable[bytes]]) -> Iterator[tuple[str, list[str]]]:
    """Somebody on loopback who answers every request with these bytes; the address, and what was asked."""
    asked: list[str] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = bound.accept()
            except OSError:
                return
            with connection:
                request = b""
                while b"\r\n\r\n" not in request or not request.endswith(b"}"):
                    request += connection.recv(65_536)
                asked.append(request.decode())
                said = answer(asked[-1])
                with suppress(ConnectionError):  # nobody waits for the rest
                    for part in [said] if isinstance(said, bytes) else said:
                        connection.sendall(part)

    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen()
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{bound.getsockname()[1]}", asked
        finally:
            bound.shutdown(socket.SHUT_RDWR)
            thread.join()
