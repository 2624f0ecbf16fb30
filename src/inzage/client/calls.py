"""Every call that a client has, as steps: what is asked, and how its answer is read."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar
from uuid import uuid4

from inzage.client import addresses, building, reading
from inzage.client.answers import Answer, Metadata
from inzage.client.building import AT_ONCE, Body
from inzage.client.entities import Dossier, Question, Subject
from inzage.client.exchanging import Chance, Received, Request, Steps, exchange, only_200, with_token
from inzage.client.failing import NoAnswer
from inzage.client.json_objects import Unreadable, object_in
from inzage.client.reading import Page

WHO = "the decision point"
REQUEST_ID = "X-Request-ID"
Result = TypeVar("Result")
Read = Callable[[Body, str], Result]


class Came(NamedTuple, Generic[Result]):
    """What was read of an answer, and the answer itself."""

    read: Result
    received: Received


@dataclass(frozen=True, slots=True)
class Calls:
    """The calls to the decision point at `url`; `endpoints` are its addresses by name."""

    url: str
    endpoints: Mapping[str, str]
    authorised: bool
    chance: Chance

    def may(self, question: Question) -> Steps[Answer]:
        """One question."""
        asked = building.evaluation(question)
        answer, received = yield from self._ask(addresses.EVALUATION, asked, reading.answer_in)
        return answer.as_of(received.at)

    def may_all(self, questions: Sequence[Question]) -> Steps[list[Answer]]:
        """Many questions, AT_ONCE at a time; each answer as it stands when the last has come."""
        answers: list[Answer] = []
        for start in range(0, len(questions), AT_ONCE):
            some = questions[start : start + AT_ONCE]

            def read(said: Body, request_id: str, count: int = len(some)) -> list[Answer]:
                return reading.answers_in(said, request_id, count=count)

            found, received = yield from self._ask(addresses.EVALUATIONS, building.evaluations(some), read)
            answers = [answer.as_of(received.at) for answer in [*answers, *found]]
        return answers

    def dossiers(self, subject: Subject, action: str, part: str, token: str) -> Steps[Page[Dossier]]:
        """A page of the dossiers in which the subject may do this."""
        asked = building.search_for_dossiers(subject, action, part, token)
        return (
            yield from self._page(addresses.DOSSIERS, asked, lambda said: reading.dossiers_in(said, part))
        )

    def people(self, dossier: Dossier, action: str, kind: str, unit: str, token: str) -> Steps[Page[Subject]]:
        """A page of those who may do this in the dossier."""
        asked = building.search_for_people(dossier, action, kind, unit, token)
        return (yield from self._page(addresses.PEOPLE, asked, lambda said: reading.people_in(said, kind)))

    def actions(self, subject: Subject, dossier: Dossier, token: str) -> Steps[Page[str]]:
        """A page of what the subject may do in the dossier."""
        asked = building.search_for_actions(subject, dossier, token)
        return (yield from self._page(addresses.ACTIONS, asked, reading.actions_in))

    def metadata(self) -> Steps[Metadata]:
        """What the decision point says of itself, to anybody."""
        address = addresses.well_known(self.url, "authzen-configuration")
        request = Request("GET", address, {"Accept": "application/json", REQUEST_ID: str(uuid4())})

        def read(said: Body, _request_id: str) -> Metadata:
            return reading.metadata_in(said, self.url)

        return (yield from self._read(request, exchange(request, self.chance), read)).read

    def _page(self, name: str, asked: Body, read: Callable[[Body], Page[Result]]) -> Steps[Page[Result]]:
        return (yield from self._ask(name, asked, lambda said, _request_id: read(said))).read

    def _ask(self, name: str, asked: Body, read: Read[Result]) -> Steps[Came[Result]]:
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            REQUEST_ID: str(uuid4()),
        }
        content = json.dumps(asked, separators=(",", ":")).encode()
        request = Request("POST", addresses.endpoint(self.endpoints, name), headers, content)
        sent = (with_token if self.authorised else exchange)(request, self.chance)
        return (yield from self._read(request, sent, read))

    def _read(self, request: Request, sent: Steps[Received], read: Read[Result]) -> Steps[Came[Result]]:
        """What came of it; every NoAnswer says which request it was."""
        request_id = request.headers[REQUEST_ID]
        try:
            received = only_200((yield from sent), WHO)
            return Came(read(_object_for(request_id, received), request_id), received)
        except Unreadable as problem:
            raise NoAnswer(f"{WHO}'s answer can't be used: {problem}", request_id=request_id) from None
        except NoAnswer as failed:
            failed.request_id = request_id
            raise


def _object_for(request_id: str, received: Received) -> Body:
    """What the answer holds, if it belongs to this request."""
    if received.headers.get(REQUEST_ID.lower(), request_id) != request_id:
        raise Unreadable("it belongs to another request")
    return object_in(received.body, received.headers.get("content-type", ""))
