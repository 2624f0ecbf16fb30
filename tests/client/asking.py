"""A client in the hands of a test: in a thread or in an event loop, before a decision point that a test writes."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Any, TypeVar

import httpx2

from inzage.client import PARTNER_USER, Answer, AsyncInzage, Dossier, Inzage, Metadata, Question, Subject

URL = "https://inzage.example"
CARLA = Subject(PARTNER_USER, "carla", unit="OE1001")
ANNA = Dossier("6f1c1f0e-7a52-4c55-9d0e-6b8a4b6f4f10")
BERT = Dossier("0b9b7a52-3f86-44d1-8f1c-2d6b1a6c9e21")
Result = TypeVar("Result")
Answering = Callable[[httpx2.Request], httpx2.Response]
Connect = Callable[..., "Inzage | InLoop"]
"""A client: of a decision point that answers so, or with `url` of one on loopback; more goes to the client."""


class InLoop:
    """An AsyncInzage, called as one calls an Inzage. The loop runs while it is waited for."""

    def __init__(self, *given: Any, **more: Any) -> None:
        self._runner = asyncio.Runner()
        self.client = AsyncInzage(*given, **more)

    def may(self, subject: Subject, action: str, dossier: Dossier, **more: Any) -> Answer:
        return self._runner.run(self.client.may(subject, action, dossier, **more))

    def allowed(self, subject: Subject, action: str, dossier: Dossier, **more: Any) -> bool:
        return self._runner.run(self.client.allowed(subject, action, dossier, **more))

    def may_all(self, questions: Iterable[Question], **more: Any) -> list[Answer]:
        return self._runner.run(self.client.may_all(questions, **more))

    def dossiers(self, subject: Subject, action: str, **more: Any) -> Iterator[Dossier]:
        return self._each(self.client.dossiers(subject, action, **more))

    def people(self, dossier: Dossier, action: str, **more: Any) -> Iterator[Subject]:
        return self._each(self.client.people(dossier, action, **more))

    def actions(self, subject: Subject, dossier: Dossier, **more: Any) -> Iterator[str]:
        return self._each(self.client.actions(subject, dossier, **more))

    def metadata(self, **more: Any) -> Metadata:
        return self._runner.run(self.client.metadata(**more))

    def close(self) -> None:
        self._runner.run(self.client.close())
        self._runner.close()

    def _each(self, found: AsyncIterator[Result]) -> Iterator[Result]:
        async def next_one() -> Result | None:
            return await anext(found, None)

        while (one := self._runner.run(next_one())) is not None:
            yield one


class Point:
    """A decision point that says these things one after the other, and the last for ever; what it was asked."""

    def __init__(self, *said: httpx2.Response | Exception | Any) -> None:
        self._said, self.requests = list(said), list[httpx2.Request]()

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        said = self._said.pop(0) if len(self._said) > 1 else self._said[0]
        if isinstance(said, Exception):
            raise said
        return answered(said)

    @property
    def bodies(self) -> list[Any]:
        """What was asked, as JSON."""
        return [json.loads(request.content) for request in self.requests]


def answered(said: httpx2.Response | Any) -> httpx2.Response:
    """A response that nobody has read yet: this one, or one with that JSON."""
    if isinstance(said, httpx2.Response):
        return httpx2.Response(said.status_code, headers=said.headers, content=said.content)
    return httpx2.Response(200, json=said)


def yes(**context: Any) -> dict[str, Any]:
    """A decision of yes, with that context."""
    return {"decision": True, "context": context}


def no(**context: Any) -> dict[str, Any]:
    """A decision of no, with that context."""
    return {"decision": False, "context": context}
