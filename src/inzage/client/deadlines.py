"""A deadline over a whole exchange: nothing in it waits longer than what is left, however slowly its bytes come."""

import ssl
import threading
import time
from collections.abc import Iterable
from math import inf
from typing import Any

import httpcore2
import httpx2


class Deadline(threading.local):
    """Until when the exchange may last that this thread is busy with, by the clock that only goes forward."""

    until = inf

    def begin(self, seconds: float) -> None:
        """From now on, so many seconds."""
        self.until = time.monotonic() + seconds

    @property
    def passed(self) -> bool:
        """Whether it is over."""
        return time.monotonic() >= self.until

    @property
    def remaining(self) -> float:
        """How many seconds are left; 0 where it is over."""
        return max(self.until - time.monotonic(), 0)

    def left(self, most: float | None, over: type[httpcore2.TimeoutException]) -> float:
        """How many seconds one step may wait: what is left, `most` at most. Raises `over` where nothing is."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise over("the exchange took too long")
        return left if most is None else min(left, most)


class InTime(httpx2.HTTPTransport):
    """HTTP as the library does it, over connections that keep to the deadline."""

    def __init__(self, deadline: Deadline, limits: httpx2.Limits, tls: ssl.SSLContext | None = None) -> None:
        # in place of the parent's, which can't be given a network of our own
        self._pool = httpcore2.ConnectionPool(
            ssl_context=tls or httpx2.create_ssl_context(trust_env=False),
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            keepalive_expiry=limits.keepalive_expiry,
            network_backend=_Network(deadline),
        )


class _Network(httpcore2.NetworkBackend):
    def __init__(self, deadline: Deadline) -> None:
        self._deadline, self._network = deadline, httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        left = self._deadline.left(timeout, httpcore2.ConnectTimeout)
        stream = self._network.connect_tcp(host, port, left, local_address, socket_options)
        return _Stream(stream, self._deadline)


class _Stream(httpcore2.NetworkStream):
    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout, httpcore2.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        left = self._deadline.left(timeout, httpcore2.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
