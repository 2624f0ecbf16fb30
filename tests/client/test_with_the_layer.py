"""The client and the layer that speaks AuthZEN understand each other: what one asks, the other answers."""

from collections.abc import Sequence
from uuid import UUID

import httpx2
import pytest

from inzage.client import REGISTER, VIEW, Dossier, NoAnswer, Subject
from inzage.client.building import AT_ONCE, PAGE
from inzage.decision_api.authzen.entities import Action, Entity, Kind, Question
from inzage.decision_api.authzen.provider import Call, Decision, Found, Page
from tests.authzen.layer import PUBLIC_URL, Kept, Layer
from tests.client.asking import Answering, Connect

OPEN = [str(UUID(int=number)) for number in range(PAGE + 1)]
CLOSED = str(UUID(int=PAGE + 1))
CARLA = Subject("partner-user", "carla", unit="OE1001", issuer="https://sign-in.example")


class SomeAreOpen:
    """The dossiers in OPEN may be seen, by Carla alone; in the first of them she registers too."""

    async def decide(self, questions: Sequence[Question], call: Call) -> Sequence[Decision]:  # noqa: ARG002
        """Each question on its own."""
        return [Decision(_allowed(question), {"reason": "as_ever"}) for question in questions]

    async def search(self, question: Question, page: Page, call: Call) -> Found:
        """Of dossiers, so many at a time."""
        if call.kind is Kind.SUBJECTS:
            carla = {"unit": CARLA.unit, "issuer": CARLA.issuer}
            return Found([Entity(question.subject.type, CARLA.id, carla)])
        if call.kind is Kind.ACTIONS:
            asked = [question._replace(action=Action(name, {})) for name in (VIEW, REGISTER)]
            return Found([one.action for one in asked if _allowed(one)])
        start = int(page.key or 0)
        shown = OPEN[start : start + page.limit]
        following = start + page.limit
        key = str(following) if following < len(OPEN) else ""
        return Found([Entity("dossier", reference, {}) for reference in shown], key)


def _allowed(question: Question) -> bool:
    """One question of hers."""
    seen = OPEN if question.action.name == VIEW else OPEN[:1]
    return question.subject.id == CARLA.id and question.resource.id in seen


def through(layer: Layer) -> Answering:
    """Hands requests to the layer, and its answers back."""

    def handed(request: httpx2.Request) -> httpx2.Response:
        path, headers = request.url.path, dict(request.headers)
        answer = layer.client.request(request.method, path, content=request.content, headers=headers)
        return httpx2.Response(answer.status_code, headers=dict(answer.headers), content=answer.content)

    return handed


@pytest.fixture
def layer() -> Layer:
    """The layer, on such a policy."""
    return Layer(provider=SomeAreOpen())


def test_it_says_yes_and_no_and_keeps_both_under_the_id_of_the_request(
    connect: Connect, layer: Layer
) -> None:
    client = connect(through(layer), url=PUBLIC_URL)
    answers = [client.may(CARLA, VIEW, Dossier(reference)) for reference in (OPEN[0], CLOSED)]
    assert [(bool(answer), answer.reason) for answer in answers] == [(True, "as_ever"), (False, "as_ever")]
    assert isinstance(layer.ledger, Kept)
    assert [given.call.request_id for given in layer.ledger.given] == [
        answer.request_id for answer in answers
    ]


def test_it_answers_more_than_a_thousand_questions_in_their_order(connect: Connect, layer: Layer) -> None:
    asked = [Dossier(OPEN[0] if number % 3 else CLOSED) for number in range(AT_ONCE + 1)]
    answers = connect(through(layer), url=PUBLIC_URL).may_all((CARLA, VIEW, each) for each in asked)
    assert [bool(answer) for answer in answers] == [number % 3 != 0 for number in range(AT_ONCE + 1)]


def test_it_finds_all_dossiers_over_its_pages(connect: Connect, layer: Layer) -> None:
    found = list(connect(through(layer), url=PUBLIC_URL).dossiers(CARLA, VIEW))
    assert [dossier.reference for dossier in found] == OPEN


def test_it_finds_people_who_can_be_asked_about_as_they_are_found(connect: Connect, layer: Layer) -> None:
    client = connect(through(layer), url=PUBLIC_URL)
    (found,) = client.people(Dossier(OPEN[0]), VIEW)
    assert found == CARLA
    assert client.may(found, VIEW, Dossier(OPEN[0]))


def test_it_finds_actions(connect: Connect, layer: Layer) -> None:
    client = connect(through(layer), url=PUBLIC_URL)
    assert list(client.actions(CARLA, Dossier(OPEN[0]))) == [VIEW, REGISTER]
    assert list(client.actions(CARLA, Dossier(OPEN[1]))) == [VIEW]
    assert list(client.actions(CARLA, Dossier(CLOSED))) == []


def test_it_says_where_it_answers(connect: Connect, layer: Layer) -> None:
    metadata = connect(through(layer), url=PUBLIC_URL).metadata()
    client = connect(through(layer), url=PUBLIC_URL, metadata=metadata)
    assert client.may(CARLA, VIEW, Dossier(OPEN[0]))
    assert list(client.actions(CARLA, Dossier(OPEN[1]))) == [VIEW]


def test_what_it_refuses_is_no_answer_with_its_line(connect: Connect, layer: Layer) -> None:
    with pytest.raises(NoAnswer) as failed:
        connect(through(layer), url=PUBLIC_URL).may(CARLA, VIEW, Dossier(7))  # type: ignore[arg-type]
    assert (failed.value.status, failed.value.said[:12]) == (400, "resource.id:")
