"""POST /in/vdab/events: what is signed is kept as it came, once; everything else is refused, saying what to do."""

import base64
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.test import Client as Browser
from django.test import RequestFactory
from pytest_django import Settings

from inzage.adapters.vdab import wire
from inzage.inbox.models import Received, ReceivedState
from inzage.view_rights import vdab_events
from tests.simulated import SECRET
from tests.vdab.saying import KEY, Event, assigned, became, bytes_of, headers
from tests.world import World, noon

NOW = noon("2025-03-01")
OTHER = "whsec_" + "b3RoZXIgc2VjcmV0IG9mIHNvbWVib2R5IGVsc2UhISE="
STRUCTURED = "application/cloudevents+json"


class Post:
    """Posts to the endpoint, at noon of 1 March 2025 by its clock; what it answers as JSON."""

    def __init__(self) -> None:
        self.now = NOW
        self._endpoint = wire.endpoint(lambda: self.now)

    def __call__(self, body: bytes, *, content_type: str = STRUCTURED, **given: Any) -> HttpResponse:
        signed = given.pop("signed", None)
        extra = headers(body, self.now) if signed is None else signed
        whole = {"secure": True, **given}
        request = RequestFactory().post("/in/vdab/events", body, content_type, headers=extra, **whole)
        return self._endpoint(request)


@pytest.fixture
def post(world: World, monkeypatch: pytest.MonkeyPatch) -> Post:
    """The endpoint, with a secret."""
    monkeypatch.setenv("INZAGE_VDAB_SECRET", SECRET)
    return Post()


def refusal(answer: HttpResponse) -> tuple[int, str]:
    """The status, which the problem repeats, and what it says to do."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = json.loads(answer.content)
    assert (problem["type"], problem["status"]) == ("about:blank", answer.status_code)
    assert not Received.objects.exists()
    return answer.status_code, problem["detail"]


def test_a_signed_event_is_kept_byte_for_byte_and_carried_out(post: Post, world: World) -> None:
    said = assigned("2025-02-01")
    body = json.dumps(said, indent=3).encode() + b"\n"
    assert post(body).status_code == 202
    received = Received.objects.get()
    assert received.original.encode() == body
    assert (received.state, received.kind) == ("applied", said["type"])
    assert (received.about, received.client_number, received.revision) == ("assignment A1", "K1", 1)
    assert world.may_view("2025-03-01")


def test_over_plain_http_nothing_is_kept_and_nothing_is_redirected(
    post: Post, client: Browser, settings: Settings
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    body = bytes_of(assigned("2025-02-01"))
    status, detail = refusal(post(body, secure=False))
    assert (status, "over https" in detail) == (403, True)
    assert client.post("/in/vdab/events", body, STRUCTURED).status_code == 403
    assert client.post("/in/vdab/events/", body, STRUCTURED).status_code == 301
    assert client.get("/dossiers/").status_code == 301
    settings.SECURE_SSL_REDIRECT = False
    assert post(body, secure=False).status_code == 202


def test_a_repeat_changes_nothing_and_is_answered_as_such(post: Post) -> None:
    said = assigned("2025-02-01")
    answers = [post(bytes_of(said)), post(bytes_of(said)), post(json.dumps(said, indent=1).encode())]
    assert [answer.status_code for answer in answers] == [202, 200, 200]
    assert Received.objects.count() == 1


def test_one_id_with_another_content_is_a_conflict_that_changes_nothing(post: Post) -> None:
    said = assigned("2025-02-01")
    assert post(bytes_of(said)).status_code == 202
    answer = post(bytes_of(said | {"data": assigned("2025-02-02")["data"]}))
    assert answer.status_code == 409
    assert "an event of its own" in json.loads(answer.content)["detail"]
    assert Received.objects.get().original == bytes_of(said).decode()


def test_one_id_of_two_sources_is_two_events(post: Post) -> None:
    said = assigned("2025-02-01")
    assert post(bytes_of(said)).status_code == 202
    assert post(bytes_of(said | {"source": "urn:be.vdab:andere"})).status_code == 202


def test_without_a_secret_there_is_no_such_page(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INZAGE_VDAB_SECRET")
    with pytest.raises(Http404):
        post(bytes_of(assigned("2025-02-01")))


@pytest.mark.parametrize("secret", ["geheim", "gehe\u00efm", "whsec_AAAA", "whsec_c2hvcnQ=", "whsec_%%%"])
def test_a_secret_that_is_none_is_said_and_opens_nothing(
    post: Post, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setenv("INZAGE_VDAB_SECRET", secret)
    with pytest.raises(ImproperlyConfigured, match="INZAGE_VDAB_SECRET holds") as said:
        post(bytes_of(assigned("2025-02-01")))
    assert secret not in str(said.value)


def test_while_a_secret_is_replaced_both_open(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INZAGE_VDAB_SECRET", f"{OTHER} {SECRET}")
    for secret in (SECRET, OTHER):
        body = bytes_of(assigned("2025-02-01"))
        assert post(body, signed=headers(body, NOW, secret=secret)).status_code == 202


BODY = bytes_of(assigned("2025-02-01"))
UNSIGNED: dict[str, Callable[[], dict[str, str]]] = {
    "no headers": dict,
    "another secret": lambda: headers(BODY, NOW, secret=OTHER),
    "over another body": lambda: headers(BODY + b" ", NOW),
    "for another id": lambda: headers(BODY, NOW) | {"webhook-id": "m2"},
    "for another moment": lambda: headers(BODY, NOW) | {"webhook-timestamp": str(int(NOW.timestamp()) + 1)},
    "too old": lambda: headers(BODY, NOW - timedelta(seconds=301)),
    "too new": lambda: headers(BODY, NOW + timedelta(seconds=301)),
    "no number": lambda: headers(BODY, NOW) | {"webhook-timestamp": "nu"},
    "another version": lambda: {
        name: value.replace("v1,", "v2,") for name, value in headers(BODY, NOW).items()
    },
    "empty signature": lambda: headers(BODY, NOW) | {"webhook-signature": "v1,"},
    "no ASCII": lambda: headers(BODY, NOW) | {"webhook-signature": "v1,é"},
}


@pytest.mark.parametrize("signed", UNSIGNED.values(), ids=list(UNSIGNED))
def test_what_is_not_signed_lately_with_our_secret_is_refused(
    post: Post, signed: Callable[[], dict[str, str]]
) -> None:
    answer = post(BODY, signed=signed())
    assert refusal(answer)[0] == 401
    assert answer.headers["WWW-Authenticate"] == "Standard-Webhooks"


@pytest.mark.parametrize("seconds", [-300, 300])
def test_five_minutes_from_now_is_still_lately(post: Post, seconds: int) -> None:
    assert post(BODY, signed=headers(BODY, NOW + timedelta(seconds=seconds))).status_code == 202


def test_one_good_signature_among_others_does(post: Post) -> None:
    good = headers(BODY, NOW)
    assert (
        post(BODY, signed=good | {"webhook-signature": f"v1,AAAA {good['webhook-signature']}"}).status_code
        == 202
    )


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/cloudevents-batch+json",
        "text/plain",
        f"{STRUCTURED}; charset=latin-1",
        "",
    ],
)
def test_another_content_type_is_refused(post: Post, content_type: str) -> None:
    status, detail = refusal(post(BODY, content_type=content_type))
    assert (status, STRUCTURED in detail) == (415, True)


def test_the_charset_may_be_said(post: Post) -> None:
    assert post(BODY, content_type=f"{STRUCTURED}; charset=UTF-8").status_code == 202


def test_what_is_too_long_is_refused_before_it_is_read(post: Post) -> None:
    said = assigned("2025-02-01", contact="x" * 200)
    room = wire.MOST_BYTES - len(bytes_of(said))
    fitting = bytes_of(said) + b" " * room
    assert refusal(post(fitting + b" "))[0] == 413
    assert post(fitting).status_code == 202


@pytest.mark.parametrize(("length", "status"), [("", 411), ("veel", 411), ("9" * 30, 413)])
def test_a_body_says_how_long_it_is(post: Post, length: str, status: int) -> None:
    assert refusal(post(BODY, CONTENT_LENGTH=length))[0] == status


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        BODY[: len(BODY) // 2],
        b"[]",
        b"null",
        b"[" * 60_000,
        b'{"id": NaN}',
        b'{"id": ' + b"1" * 5_000 + b"}",
        b"{}",
        b'{"id": ""}',
        b'{"id": 7}',
        b'{"id": "a", "source": 7}',
        b'{"id": "a\\u0000b"}',
        b'{"id": "\\ud800"}',
        b'{"id": "' + b"a" * 101 + b'"}',
    ],
)
def test_signed_or_not_what_is_no_json_with_an_id_can_not_be_kept(post: Post, body: bytes) -> None:
    assert refusal(post(body))[0] == 400


def test_signed_bytes_that_are_no_text_are_refused(post: Post) -> None:
    body = BODY + b"\xff"
    key = KEY
    signed = {"webhook-id": "m1", "webhook-timestamp": str(int(NOW.timestamp()))}
    content = f"m1.{signed['webhook-timestamp']}.".encode() + body
    signed["webhook-signature"] = "v1," + base64.b64encode(hmac.digest(key, content, "sha256")).decode()
    assert refusal(post(body, signed=signed))[0] == 400


@pytest.mark.parametrize(
    "given", [{"id": "x"}, {"id": "x", "type": 5}, {"id": "x", "type": "t" * 200, "data": 1}]
)
def test_a_signed_event_with_an_id_is_kept_whatever_else_it_lacks(post: Post, given: Event) -> None:
    assert post(bytes_of(given)).status_code == 202
    received = Received.objects.get()
    assert (received.message_id, received.kind) == ("x", "unknown")
    assert (received.state, received.reason) == ("quarantined", "malformed")


def test_get_and_the_rest_are_refused(post: Post) -> None:
    for method in ("get", "put", "options"):
        request = getattr(RequestFactory(), method)("/in/vdab/events", secure=True)
        answer = wire.endpoint(lambda: NOW)(request)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_too_many_a_second_are_asked_to_come_back(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MOST_A_SECOND", 2)
    hurried = Post()
    codes = [hurried(bytes_of(assigned("2025-02-01"))).status_code for _ in range(3)]
    assert codes == [202, 202, 429]
    answer = hurried(BODY)
    assert answer.headers["Retry-After"] == "1"
    hurried.now += timedelta(seconds=1)
    assert hurried(BODY).status_code == 202


def test_what_fails_behind_the_answer_is_left_to_the_worker(
    post: Post, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("the dossier is locked")

    said = assigned("2025-02-01")
    with monkeypatch.context() as locked:
        locked.setattr(vdab_events, "dossier_of", away)
        assert post(bytes_of(said)).status_code == 202
    assert became(said) == (ReceivedState.WAITING, "")
    assert wire.apply_waiting(lambda: NOW) == 1
    assert became(said) == (ReceivedState.APPLIED, "")
    assert wire.apply_waiting(lambda: NOW) == 0


def test_a_fault_of_ours_in_one_event_holds_up_no_other(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("a fault")

    said, other = assigned("2025-02-01"), assigned("2025-02-01", assignment_id="A2", client_number="K2")
    with monkeypatch.context() as broken:
        broken.setattr(vdab_events, "assignment", breaks)
        assert post(bytes_of(said)).status_code == 202
    assert post(bytes_of(other)).status_code == 202
    assert (became(said), became(other)) == (("quarantined", "unexpected"), ("applied", ""))
