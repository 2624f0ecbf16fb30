"""The issuer's keys: fetched when they are needed, kept for a while without it, gone when it takes them back."""

import asyncio
import json
from typing import Any

import pytest

from inzage.decision_api.authzen.entities import Kind
from inzage.decision_api.callers import issuer as asking
from inzage.decision_api.callers.tokens import NOT_SIGNED
from tests.decision_api.callers.conftest import Clock, Door
from tests.decision_api.issuing import ISSUER, KEYS, METADATA, NOON, OPENID, SelfMade

FETCH = [METADATA, KEYS]


def test_the_keys_are_fetched_once_for_many_requests_at_once_and_later(door: Door, issuer: SelfMade) -> None:
    headers = {"authorization": f"Bearer {issuer.token()}"}

    async def twenty() -> list[Any]:
        return await asyncio.gather(*(door.gate.admit(headers, Kind.EVALUATION, NOON) for _ in range(20)))

    assert {caller.name for caller in door.loop.run(twenty())} == {"mlp"}
    assert door.admits(issuer.token(jti="2")).name == "mlp"
    assert issuer.asked == FETCH


def test_they_are_fetched_again_after_five_minutes_while_requests_go_on(
    door: Door, issuer: SelfMade, clock: Clock
) -> None:
    door.admits(issuer.token())
    clock.seconds += 300
    door.admits(issuer.token())
    door.settle()
    assert issuer.asked == FETCH

    clock.seconds += 1
    door.admits(issuer.token())
    door.settle()
    assert issuer.asked == FETCH * 2


def test_a_new_key_is_known_at_once(door: Door, issuer: SelfMade, clock: Clock) -> None:
    door.admits(issuer.token())
    issuer.rotate("second")
    clock.seconds += 10

    assert door.admits(issuer.token()).name == "mlp"
    assert issuer.asked == FETCH * 2


def test_a_key_that_was_taken_back_is_not_believed_any_more_nor_what_was_remembered_of_it(
    door: Door, issuer: SelfMade, clock: Clock
) -> None:
    before = issuer.token()
    door.admits(before)
    issuer.rotate("second")

    clock.seconds += 10
    assert door.admits(before).name == "mlp"
    door.admits(issuer.token())
    assert door.refuses(before).message == NOT_SIGNED


def test_keys_nobody_knows_make_us_ask_once_in_ten_seconds_at_most(
    door: Door, issuer: SelfMade, clock: Clock
) -> None:
    door.admits(issuer.token())
    for number in range(50):
        assert door.refuses(issuer.token(header={"kid": f"made-up-{number}"})).message == NOT_SIGNED
    assert issuer.asked == FETCH

    clock.seconds += 10
    for number in range(50):
        assert door.refuses(issuer.token(header={"kid": f"made-up-{number}"})).message == NOT_SIGNED
    assert issuer.asked == FETCH * 2
    assert door.admits(issuer.token()).name == "mlp"


def test_without_its_issuer_a_service_that_starts_lets_nobody_in_until_it_is_back(
    door: Door, issuer: SelfMade, clock: Clock
) -> None:
    issuer.away = True

    refused = door.refuses(issuer.token())
    assert (refused.status, refused.headers) == (503, {"Retry-After": "10"})
    clock.seconds += 4
    assert door.refuses(issuer.token()).headers == {"Retry-After": "6"}
    assert issuer.asked == [METADATA], "it is not asked at each request"

    issuer.away = False
    clock.seconds += 6
    assert door.admits(issuer.token()).name == "mlp"


def test_known_keys_are_used_for_an_hour_without_the_issuer(
    door: Door, issuer: SelfMade, clock: Clock
) -> None:
    token = issuer.token(exp=int(NOON.timestamp()) + 86_400)
    door.admits(token)
    issuer.away = True

    for _ in range(12):
        clock.seconds += 300
        assert door.admits(token).name == "mlp"
        door.settle()
    clock.seconds += 1
    assert door.refuses(token).status == 503

    issuer.away = False
    clock.seconds += 10
    assert door.admits(token).name == "mlp"


def test_a_key_that_is_not_known_is_no_reason_to_stop_the_others_while_the_issuer_is_away(
    door: Door, issuer: SelfMade, clock: Clock
) -> None:
    known = issuer.token()
    door.admits(known)
    issuer.away = True
    clock.seconds += 10

    assert door.refuses(issuer.token(header={"kid": "made-up"})).message == NOT_SIGNED
    assert door.admits(known).name == "mlp"


def test_what_the_issuer_says_of_openid_does_where_it_has_no_other_page(door: Door, issuer: SelfMade) -> None:
    issuer.pages[OPENID] = issuer.pages.pop(METADATA)

    assert door.admits(issuer.token()).name == "mlp"
    assert issuer.asked == [METADATA, OPENID, KEYS]


@pytest.mark.parametrize(
    ("address", "page"),
    [
        (METADATA, {"issuer": ISSUER + "/", "jwks_uri": KEYS}),
        (METADATA, {"jwks_uri": KEYS}),
        (METADATA, {"issuer": ISSUER}),
        (METADATA, {"issuer": ISSUER, "jwks_uri": 1}),
        (METADATA, {"issuer": ISSUER, "jwks_uri": KEYS.replace("https", "http")}),
        (METADATA, {"issuer": ISSUER, "jwks_uri": "file:///etc/passwd"}),
        (METADATA, {"issuer": ISSUER, "jwks_uri": "https://[keys"}),
        (METADATA, {"issuer": ISSUER, "jwks_uri": "https://keys.example/\x00"}),
        (METADATA, {"issuer": ISSUER, "jwks_uri": "https://keys.example/\ud800"}),
        (METADATA, []),
        (METADATA, (200, "<html>")),
        (METADATA, (200, '{"issuer": 1, "issuer": 2}')),
        (METADATA, (307, "https://stranger.example/")),
        (METADATA, (500, "")),
        (KEYS, (307, "https://stranger.example/")),
        (KEYS, (500, "")),
        (KEYS, {"keys": []}),
        (KEYS, {"keys": {}}),
        (KEYS, {}),
        (KEYS, (200, "[" * 100_000)),
        (KEYS, (200, None)),
    ],
    ids=str,
)
def test_what_can_not_be_used_is_like_an_issuer_that_is_away(
    door: Door, issuer: SelfMade, clock: Clock, address: str, page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "PATIENCE", 0.2)
    good, issuer.pages[address] = issuer.pages[address], page

    assert door.refuses(issuer.token()).status == 503
    assert not [asked for asked in issuer.asked if "stranger" in asked]

    issuer.pages[address] = good
    clock.seconds += 10
    assert door.admits(issuer.token()).name == "mlp"


def test_an_answer_is_not_read_without_end(door: Door, issuer: SelfMade, clock: Clock) -> None:
    keys = issuer.pages[KEYS]
    room = asking.ANSWER_BYTES - len(json.dumps({**keys, "x": ""}))
    issuer.pages[KEYS] = {**keys, "x": "x" * (room + 1)}
    assert door.refuses(issuer.token()).status == 503

    issuer.pages[KEYS] = {**keys, "x": "x" * room}
    clock.seconds += 10
    assert door.admits(issuer.token()).name == "mlp"


def test_a_key_for_something_else_is_none_even_where_it_is_the_only_one(
    door: Door, issuer: SelfMade, clock: Clock
) -> None:
    unnamed = issuer.token(header={"kid": None})
    issuer.publish({**issuer.public("first"), "use": "enc"})
    assert door.refuses(unnamed).status == 503

    issuer.publish(issuer.public("first"))
    clock.seconds += 10
    assert door.admits(unnamed).name == "mlp"


def test_who_gives_up_waiting_leaves_the_keys_to_the_others(door: Door, issuer: SelfMade) -> None:
    headers = {"authorization": f"Bearer {issuer.token()}"}

    async def one_leaves() -> list[Any]:
        asked = [asyncio.create_task(door.gate.admit(headers, Kind.EVALUATION, NOON)) for _ in range(2)]
        await asyncio.sleep(0)
        asked[0].cancel()
        return await asyncio.gather(*asked, return_exceptions=True)

    left, stayed = door.loop.run(one_leaves())
    assert isinstance(left, asyncio.CancelledError)
    assert stayed.name == "mlp"


def test_nor_does_it_take_the_place_of_keys_that_are_known(
    door: Door, issuer: SelfMade, clock: Clock
) -> None:
    door.admits(issuer.token())
    issuer.publish()
    clock.seconds += 301
    door.admits(issuer.token())
    door.settle()

    assert issuer.asked == FETCH * 2
    assert door.admits(issuer.token()).name == "mlp"
