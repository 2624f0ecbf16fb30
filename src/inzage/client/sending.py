"""What senders in threads and in event loops have in common: what is read at most, and what a failure comes to."""

import httpx2

from inzage.client.exchanging import Lost

CONNECT = 2.0
"""Seconds that a connection may take; then it is tried again, while there is time."""
ANSWER_BYTES = 16 * 1024 * 1024
"""Bytes of an answer at most: a thousand answers with all their reasons take a tenth."""
LIMITS = httpx2.Limits(max_connections=100, max_keepalive_connections=100)
HEADERS = {"Accept-Encoding": "identity", "User-Agent": "inzage-client"}
MAY_PASS = (httpx2.NetworkError, httpx2.ConnectTimeout, httpx2.RemoteProtocolError)
"""The connection failed. Slow is something else: who is slow is not asked the same once more."""
FAILURES = (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError)


class TooMuch(httpx2.HTTPError):
    """The answer is longer than anything we asked for."""


def timeout(left: float) -> httpx2.Timeout:
    """How long each part of an exchange may take, of the seconds that are left."""
    return httpx2.Timeout(left, connect=min(left, CONNECT))


def more(body: bytearray, part: bytes) -> None:
    """Add a part to a body that is being read; TooMuch where it gets too long."""
    body += part
    if len(body) > ANSWER_BYTES:
        raise TooMuch(f"an answer of more than {ANSWER_BYTES} bytes")


def lost(error: Exception, left: float) -> Lost:
    """What a failure comes to. Of the error only its name is told."""
    if left <= 0:
        return Lost("no whole answer in time", again=False, left=0)
    return Lost(f"no whole answer ({type(error).__name__})", isinstance(error, MAY_PASS), left)
