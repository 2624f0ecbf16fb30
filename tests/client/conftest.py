"""What the tests of the client may ask for."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

import httpx2
import pytest

from inzage.client import Inzage
from tests.client.asking import URL, Answering, Connect, InLoop


@pytest.fixture(params=[Inzage, InLoop], ids=["thread", "loop"])
def connect(request: pytest.FixtureRequest) -> Iterator[Connect]:
    """Makes clients of one kind; each test that asks for it runs with both kinds."""
    with ExitStack() as open_clients:

        def made(answering: Answering | None = None, *given: Any, url: str = URL, **more: Any) -> Any:
            transport = httpx2.MockTransport(answering) if answering else None
            client = request.param(url, *given, transport=transport, **more)
            return open_clients.enter_context(closing(client))

        yield made
