"""Who is let in, as the headers of a request say it; and nobody without a token but in the demo."""

from typing import Any

import pytest
from joserfc import jwt
from pytest_django import Settings

from inzage.decision_api.authzen.entities import Kind
from inzage.decision_api.authzen.provider import Caller, Refusal
from inzage.decision_api.callers import tokens
from inzage.decision_api.callers.gate import configured_gate
from tests.decision_api.callers.conftest import Clock, Door
from tests.decision_api.issuing import AUDIENCE, ISSUER, SelfMade

WITHOUT = 'Bearer realm="inzage"'


def refused(door: Door, headers: dict[str, str]) -> Refusal:
    """What is answered to these headers."""
    with pytest.raises(Refusal) as found:
        door.with_headers(headers)
    return found.value


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "Bearer  "])
def test_a_token_comes_in_the_header_authorization(door: Door, issuer: SelfMade, scheme: str) -> None:
    token = issuer.token(scope="other inzage.audit inzage.decide")

    caller = door.with_headers({"authorization": f"{scheme} {token}"})

    assert caller == Caller("mlp", frozenset({"other", "inzage.audit", "inzage.decide"}))


@pytest.mark.parametrize(
    "headers", [{}, {"authorization": ""}, {"authorization": "Basic bWxwOng="}, {"authorization": "Token x"}]
)
def test_without_a_token_the_answer_is_that_one_is_needed(door: Door, headers: dict[str, str]) -> None:
    found = refused(door, headers)

    assert (found.status, found.headers) == (401, {"WWW-Authenticate": WITHOUT})


@pytest.mark.parametrize(
    "way", ["Bearer {0}, Bearer {0}", "Bearer {0} {0}", "Bearer {0},{0}", "Bearer", "Bearer é{0}"]
)
def test_two_tokens_or_half_a_one_are_none(door: Door, issuer: SelfMade, way: str) -> None:
    token = issuer.token()
    assert door.admits(token).name == "mlp"

    found = refused(door, {"authorization": way.format(token)})

    assert found.status == 401
    assert found.headers["WWW-Authenticate"].startswith(f'{WITHOUT}, error="invalid_token"')


@pytest.mark.parametrize("scope", ["", "inzage.audit", "inzage.decide.more", "INZAGE.DECIDE", None])
def test_a_good_token_without_the_scope_to_decide_is_told_which_one_it_lacks(
    door: Door, issuer: SelfMade, scope: str | None
) -> None:
    found = door.refuses(issuer.token(scope=scope))

    assert found.status == 403
    challenge = f'{WITHOUT}, error="insufficient_scope", scope="inzage.decide"'
    assert found.headers == {"WWW-Authenticate": challenge}


def test_what_a_bad_token_is_told_is_a_sentence_of_ours(door: Door, issuer: SelfMade) -> None:
    found = door.refuses(issuer.token(client_id="mlp\nX-Evil: 1", aud='" , evil="'))

    assert found.headers["WWW-Authenticate"] == (
        f'{WITHOUT}, error="invalid_token", error_description="{tokens.NOT_FOR_US}"'
    )


def test_a_token_is_verified_once_and_its_end_is_looked_at_each_time(
    door: Door, issuer: SelfMade, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []
    decode = jwt.decode

    def counted(text: str, *more: Any, **named: Any) -> Any:
        verified.append(text)
        return decode(text, *more, **named)

    monkeypatch.setattr(jwt, "decode", counted)
    monkeypatch.setattr(tokens, "REMEMBERED", 2)
    first, second, third = (issuer.token(jti=str(number)) for number in range(3))

    for token in (first, first, second, first, second):
        door.admits(token)
    assert verified == [first, second]

    for token in (third, second, third, first):
        door.admits(token)
    assert verified == [first, second, third, first], "the oldest made room"


def test_where_no_issuer_is_configured_no_token_is_good(loop: Any, settings: Settings) -> None:
    settings.TOKEN_ISSUER, settings.TOKEN_AUDIENCE, settings.DEMO = "", "", False
    door = Door(configured_gate(Clock()), loop)

    assert door.refuses(SelfMade().token()).status == 401
    assert refused(door, {}).status == 401


@pytest.mark.parametrize("issuer", ["", ISSUER])
def test_in_the_demo_somebody_without_a_token_is_the_demo(loop: Any, settings: Settings, issuer: str) -> None:
    settings.TOKEN_ISSUER, settings.TOKEN_AUDIENCE, settings.DEMO = issuer, AUDIENCE, True
    door = Door(configured_gate(Clock()), loop)

    caller = door.with_headers({"x-request-id": "1"})

    assert caller == Caller("demo", frozenset({"inzage.decide", "inzage.audit"}))
    for credentials in ("", "Basic x", "Bearer", "Bearer x, Bearer y"):
        assert refused(door, {"authorization": credentials}).status == 401
    loop.run(door.gate.close())


def test_in_the_demo_a_wrong_token_is_wrong(loop: Any, settings: Settings) -> None:
    settings.TOKEN_ISSUER, settings.TOKEN_AUDIENCE, settings.DEMO = "", "", True
    door = Door(configured_gate(Clock()), loop)

    assert door.refuses(SelfMade().token()).status == 401


def test_outside_the_demo_there_is_nobody_without_a_token(loop: Any, settings: Settings) -> None:
    settings.TOKEN_ISSUER, settings.TOKEN_AUDIENCE, settings.DEMO = ISSUER, AUDIENCE, False
    door = Door(configured_gate(Clock()), loop)

    assert refused(door, {}).status == 401
    loop.run(door.gate.close())


def test_each_caller_and_each_kind_has_the_rate_of_the_settings(settings: Settings) -> None:
    settings.DEMO = False
    settings.DECISIONS_PER_MINUTE, settings.SEARCHES_PER_MINUTE, settings.DENIALS_PER_MINUTE = 1_000, 2, 5
    gate = configured_gate(Clock())
    mlp, gateway = Caller("mlp", frozenset()), Caller("gateway", frozenset())

    gate.charge(mlp, Kind.EVALUATIONS, 1_000)
    for kind in (Kind.SUBJECTS, Kind.ACTIONS):
        gate.charge(mlp, kind, 1)
    for kind in Kind:
        with pytest.raises(Refusal) as too_many:
            gate.charge(mlp, kind, 1)
        assert too_many.value.status == 429
        seconds = "1" if kind in (Kind.EVALUATION, Kind.EVALUATIONS) else "30"
        assert too_many.value.headers == {"Retry-After": seconds}

    gate.charge(gateway, Kind.EVALUATIONS, 1_000)
    gate.charge(gateway, Kind.RESOURCES, 1)


def test_many_answers_of_no_stop_every_kind_of_question_for_a_while(settings: Settings) -> None:
    settings.DECISIONS_PER_MINUTE, settings.SEARCHES_PER_MINUTE, settings.DENIALS_PER_MINUTE = 1_000, 10, 5
    clock = Clock()
    gate = configured_gate(clock)
    guesser, other = Caller("guesser", frozenset()), Caller("other", frozenset())

    gate.denied(guesser, 4)
    gate.charge(guesser, Kind.EVALUATION, 1)
    gate.denied(guesser, 1)
    for kind in (Kind.EVALUATION, Kind.RESOURCES):
        with pytest.raises(Refusal) as too_many:
            gate.charge(guesser, kind, 1)
        assert (too_many.value.status, too_many.value.headers) == (429, {"Retry-After": "12"})
    gate.charge(other, Kind.EVALUATION, 1)

    clock.seconds += 12
    gate.charge(guesser, Kind.EVALUATION, 1)
    gate.denied(guesser, 1_000)
    with pytest.raises(Refusal) as owed:
        gate.charge(guesser, Kind.EVALUATION, 1)
    assert owed.value.headers == {"Retry-After": "72"}, "not the hours that a thousand would take"
