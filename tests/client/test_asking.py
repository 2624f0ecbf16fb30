"""What is asked goes out as AuthZEN 1.0 has it, and what comes back is an answer that can be shown."""

from datetime import UTC, date, datetime

import pytest

from inzage.client import (
    CLIENT,
    MEDIATOR,
    REGISTER,
    STEPS,
    VIEW,
    Dossier,
    NextStep,
    NoAnswer,
    Subject,
)
from inzage.client.building import AT_ONCE, PAGE
from tests.client.asking import ANNA, BERT, CARLA, URL, Connect, Point, no, yes

SENTENCES = {
    "nl": "Inzagerecht tot en met 31 augustus 2026.",
    "fr": "Droit de regard jusqu'au 31 août 2026.",
    "en": "View right up to and including 31 August 2026.",
}
FULL = {
    "reason": "right_stands",
    "reason_user": SENTENCES,
    "last_day": "2026-08-31",
    "rule_status": "verified",
    "holds_until": "2026-08-31T22:00:00Z",
    "evaluated_at": "2026-03-02T09:00:00Z",
    "reason_admin": {"rule": "closing.executor"},
}
BEFORE, AFTER = datetime(2026, 8, 31, 21, 59, 59, tzinfo=UTC), datetime(2026, 8, 31, 22, tzinfo=UTC)
WIRED = {
    "subject": {"type": "partner-user", "id": "carla", "properties": {"unit": "OE1001"}},
    "action": {"name": "view"},
    "resource": {"type": "dossier", "id": ANNA.reference},
}


def test_a_question_is_sent_as_an_evaluation(connect: Connect) -> None:
    point = Point(yes())
    connect(point).may(CARLA, VIEW, ANNA)
    (request,) = point.requests
    assert (request.method, str(request.url)) == ("POST", f"{URL}/access/v1/evaluation")
    assert request.headers["content-type"] == "application/json"
    assert point.bodies == [WIRED]


def test_the_part_the_issuer_and_the_stated_reason_go_along_where_they_are_given(connect: Connect) -> None:
    point = Point(yes())
    mira = Subject(MEDIATOR, "mira", issuer="https://sign-in.example", stated_reason="vraag van de klant")
    connect(point).may(mira, REGISTER, Dossier(ANNA.reference, STEPS))
    (body,) = point.bodies
    assert body["subject"] == {
        "type": "mediator",
        "id": "mira",
        "properties": {"issuer": "https://sign-in.example"},
    }
    assert body["resource"]["properties"] == {"part": "steps"}
    assert body["context"] == {"stated_reason": "vraag van de klant"}


def test_a_yes_says_why_and_until_when(connect: Connect) -> None:
    answer = connect(Point(yes(**FULL)), clock=lambda: BEFORE).may(CARLA, VIEW, ANNA)
    assert answer
    assert answer.reason == "right_stands"
    assert (answer.last_day, answer.holds_until) == (date(2026, 8, 31), AFTER)
    assert answer.evaluated_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert answer.rule_status == "verified"
    assert answer.reason_admin == {"rule": "closing.executor"}


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "nl"), ("fr", "fr"), ("en", "en"), ("nl-BE", "nl"), ("FR", "fr"), ("de", "nl")],
)
def test_the_sentence_is_in_the_language_asked_for_else_in_dutch(
    connect: Connect, language: str, said: str
) -> None:
    answer = connect(Point(yes(**FULL)), clock=lambda: BEFORE).may(CARLA, VIEW, ANNA)
    assert answer.sentence(language) == SENTENCES[said]


def test_without_sentences_there_is_nothing_to_say(connect: Connect) -> None:
    assert connect(Point(yes())).may(CARLA, VIEW, ANNA).sentence("nl") == ""


def test_a_no_says_the_next_step(connect: Connect) -> None:
    step = {"route": "form", "reason_user": {"nl": "Vraag het aan."}, "url": "https://inzage.example/ask"}
    answer = connect(Point(no(reason="no_right", next_steps=[step]))).may(CARLA, VIEW, ANNA)
    assert not answer
    assert answer.reason == "no_right"
    assert answer.next_steps == (NextStep("form", "https://inzage.example/ask", {"nl": "Vraag het aan."}),)
    assert answer.next_steps[0].sentence("nl") == "Vraag het aan."


def test_a_yes_holds_up_to_its_end_and_from_then_on_it_is_a_no(connect: Connect) -> None:
    def asked(at: datetime) -> tuple[bool, str]:
        answer = connect(Point(yes(**FULL)), clock=lambda: at).may(CARLA, VIEW, ANNA)
        return bool(answer), answer.reason

    assert asked(BEFORE) == (True, "right_stands")
    assert asked(AFTER) == (False, "ended_meanwhile")


def test_a_yes_that_ended_on_its_way_says_so_in_three_languages_and_no_longer_that_it_stands(
    connect: Connect,
) -> None:
    answer = connect(Point(yes(**FULL)), clock=lambda: AFTER).may(CARLA, VIEW, ANNA)
    said = {answer.sentence(language) for language in SENTENCES}
    assert len(said) == 3
    assert said.isdisjoint(SENTENCES.values())


def test_what_is_not_known_in_an_answer_is_left_alone(connect: Connect) -> None:
    answer = connect(Point({**yes(reason="of_later", colour="green"), "more": 1})).may(CARLA, VIEW, ANNA)
    assert (bool(answer), answer.reason) == (True, "of_later")


def test_null_is_as_good_as_absent(connect: Connect) -> None:
    nothing = dict.fromkeys(("reason_user", "last_day", "holds_until", "next_steps", "reason_admin"))
    answer = connect(Point(yes(**nothing))).may(CARLA, VIEW, ANNA)
    assert (bool(answer), answer.holds_until, answer.next_steps) == (True, None, ())


def test_each_request_has_an_id_which_its_answer_repeats(connect: Connect) -> None:
    point = Point(yes())
    client = connect(point)
    ids = [client.may(CARLA, VIEW, ANNA).request_id for _ in range(2)]
    assert ids == [request.headers["x-request-id"] for request in point.requests]
    assert len(set(ids)) == 2


def test_many_questions_are_answered_in_their_order(connect: Connect) -> None:
    point = Point({"evaluations": [yes(), no(), yes()]})
    questions = [(CARLA, VIEW, ANNA), (CARLA, VIEW, BERT), (CARLA, REGISTER, ANNA)]
    answers = connect(point).may_all(questions)
    assert [bool(answer) for answer in answers] == [True, False, True]
    assert [one["resource"]["id"] for one in point.bodies[0]["evaluations"]] == [
        dossier.reference for _, _, dossier in questions
    ]
    assert str(point.requests[0].url) == f"{URL}/access/v1/evaluations"


@pytest.mark.parametrize(("count", "batches"), [(1, [1]), (AT_ONCE, [AT_ONCE]), (AT_ONCE + 1, [AT_ONCE, 1])])
def test_no_more_than_a_thousand_questions_are_asked_at_once(
    connect: Connect, count: int, batches: list[int]
) -> None:
    point = Point(*({"evaluations": [yes()] * size} for size in batches))
    answers = connect(point).may_all([(CARLA, VIEW, ANNA)] * count)
    assert [len(body["evaluations"]) for body in point.bodies] == batches
    assert len(answers) == count


def test_no_questions_are_not_asked_at_all(connect: Connect) -> None:
    point = Point(yes())  # as the decision point answers a body without evaluations: as one question
    assert connect(point).may_all([]) == []
    assert point.requests == []


def test_of_many_answers_those_that_ended_before_the_last_came_are_no(connect: Connect) -> None:
    moments = iter([BEFORE, AFTER])
    first, second = {"evaluations": [yes(**FULL)] * AT_ONCE}, {"evaluations": [yes()]}
    answers = connect(Point(first, second), clock=lambda: next(moments)).may_all(
        [(CARLA, VIEW, ANNA)] * (AT_ONCE + 1)
    )
    assert [bool(answer) for answer in answers] == [False] * AT_ONCE + [True]


@pytest.mark.parametrize("count", [0, 2, 4])
def test_another_number_of_answers_than_of_questions_is_no_answer(connect: Connect, count: int) -> None:
    client = connect(Point({"evaluations": [yes()] * count}))
    with pytest.raises(NoAnswer, match=f"3 questions have {count} answers"):
        client.may_all([(CARLA, VIEW, ANNA)] * 3)


def test_an_error_in_the_place_of_one_of_the_answers_is_no_answer(connect: Connect) -> None:
    failed = {"decision": False, "context": {"error": {"status": 400, "message": "subject"}}}
    with pytest.raises(NoAnswer, match="an error in the place of a decision"):
        connect(Point({"evaluations": [yes(), failed]})).may_all([(CARLA, VIEW, ANNA)] * 2)


def _found(*references: str, token: str = "") -> dict[str, object]:
    results = [{"type": "dossier", "id": reference} for reference in references]
    return {"page": {"next_token": token}, "results": results}


def test_dossiers_are_found_page_by_page(connect: Connect) -> None:
    point = Point(_found("a", "b", token="t1"), _found(token="t2"), _found("c"))
    assert list(connect(point).dossiers(CARLA, VIEW)) == [Dossier("a"), Dossier("b"), Dossier("c")]
    assert [body["page"] for body in point.bodies] == [
        {"limit": PAGE},
        {"limit": PAGE, "token": "t1"},
        {"limit": PAGE, "token": "t2"},
    ]
    assert {str(request.url) for request in point.requests} == {f"{URL}/access/v1/search/resource"}
    assert all(body["resource"] == {"type": "dossier"} for body in point.bodies)


def test_a_page_is_asked_for_when_it_is_come_to(connect: Connect) -> None:
    point = Point(_found("a", token="t1"), _found("b"))
    found = connect(point).dossiers(CARLA, VIEW)
    assert point.requests == []
    assert next(found) == Dossier("a")
    assert len(point.requests) == 1
    assert next(found) == Dossier("b")
    assert len(point.requests) == 2


def test_dossiers_are_found_for_the_part_that_was_asked_about(connect: Connect) -> None:
    point = Point(_found("a"))
    assert list(connect(point).dossiers(CARLA, VIEW, part=STEPS)) == [Dossier("a", STEPS)]
    assert point.bodies[0]["resource"]["properties"] == {"part": "steps"}


def test_pages_that_go_round_are_not_followed_for_ever(connect: Connect) -> None:
    point = Point(_found("a", token="t1"), _found("b", token="t2"), _found("c", token="t1"))
    with pytest.raises(NoAnswer, match="go round"):
        list(connect(point).dossiers(CARLA, VIEW))
    assert len(point.requests) == 3


def test_a_search_without_pages_is_at_its_end(connect: Connect) -> None:
    assert list(connect(Point({"results": [{"name": "view"}]})).actions(CARLA, ANNA)) == ["view"]


def test_people_are_found_with_the_unit_they_act_for(connect: Connect) -> None:
    found = {"type": "partner-user", "id": "carla", "properties": {"unit": "OE1001", "issuer": "i"}}
    point = Point({"results": [found]})
    assert list(connect(point).people(ANNA, VIEW, unit="OE1001")) == [
        Subject("partner-user", "carla", "OE1001", "i")
    ]
    assert point.bodies[0]["subject"] == {"type": "partner-user", "properties": {"unit": "OE1001"}}


def test_people_of_another_type_than_was_sought_are_no_answer(connect: Connect) -> None:
    with pytest.raises(NoAnswer, match="something else than was sought"):
        list(connect(Point({"results": [{"type": "mediator", "id": "m"}]})).people(ANNA, VIEW, type=CLIENT))


def test_a_search_for_actions_names_no_action(connect: Connect) -> None:
    point = Point({"results": [{"name": "view"}, {"name": "register"}]})
    assert list(connect(point).actions(CARLA, ANNA)) == ["view", "register"]
    assert "action" not in point.bodies[0]


METADATA = {
    "policy_decision_point": URL,
    "access_evaluation_endpoint": f"{URL}/elsewhere/evaluation",
    "capabilities": ["urn:x"],
}


def test_the_decision_point_says_of_itself_where_it_answers(connect: Connect) -> None:
    point = Point(METADATA)
    metadata = connect(point).metadata()
    assert str(point.requests[0].url) == f"{URL}/.well-known/authzen-configuration"
    assert metadata.policy_decision_point == URL
    assert metadata.capabilities == ("urn:x",)

    point = Point(yes())
    client = connect(point, metadata=metadata)
    assert client.may(CARLA, VIEW, ANNA)
    assert str(point.requests[0].url) == f"{URL}/elsewhere/evaluation"
    with pytest.raises(NoAnswer, match="no access_evaluations_endpoint"):
        client.may_all([(CARLA, VIEW, ANNA)])


def test_the_metadata_of_a_decision_point_with_a_path_stands_between_host_and_path(connect: Connect) -> None:
    point = Point({**METADATA, "policy_decision_point": f"{URL}/flanders"})
    connect(point, url=f"{URL}/flanders/").metadata()
    assert str(point.requests[0].url) == f"{URL}/.well-known/authzen-configuration/flanders"


def test_metadata_of_another_decision_point_is_no_answer(connect: Connect) -> None:
    point = Point({**METADATA, "policy_decision_point": "https://inzage.example.org"})
    with pytest.raises(NoAnswer, match="another decision point"):
        connect(point).metadata()
