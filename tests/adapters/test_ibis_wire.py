"""Asking IBIS over HTTP: a page is kept with its cursor or not at all, and an error says whether trying again helps."""

import base64
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from django.core.exceptions import ImproperlyConfigured
from starlette.testclient import TestClient

from inzage.adapters.ibis import wire
from inzage.adapters.ibis.where import Place, place
from inzage.adapters.ibis.wire import Failed, Page, Pulling, page_after, served_on
from inzage.inbox.keeping import position_of
from inzage.inbox.models import Received
from inzage.rules.days import BRUSSELS
from inzage_simulators.failing import Failing, Failures
from inzage_simulators.ibis import make
from inzage_simulators.serving import Setup
from inzage_simulators.signing import headers_for
from tests.ibis import a_request
from tests.simulators import SECRET

ADDRESS = "http://127.0.0.1:9"
KEY = base64.b64decode(SECRET.removeprefix("whsec_"))
THERE = Place(ADDRESS, (KEY,))
END = json.dumps({"next": "7", "more": False})


@pytest.fixture(autouse=True)
def _configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INZAGE_IBIS_URL", f"{ADDRESS}/")
    monkeypatch.setenv("INZAGE_IBIS_SECRET", SECRET)


def now() -> datetime:
    """The signatures of the other side are of this very moment."""
    return datetime.now(UTC)


Answer = Callable[[httpx2.Request], httpx2.Response]


def asked(answer: Answer) -> Page:
    """The page that we make of this answer."""
    with httpx2.Client(transport=httpx2.MockTransport(answer), follow_redirects=False) as client:
        return page_after("", THERE, client, at=now())


def signed(body: str, **more: bool) -> Answer:
    """IBIS answers this, signed as agreed."""
    return lambda request: _answer(body, headers_for(SECRET, request.headers["webhook-id"], body, **more))


def _answer(body: str, headers: dict[str, str] | None = None) -> httpx2.Response:
    return httpx2.Response(200, content=iter([body.encode()]), headers=headers)


def test_a_page_is_its_lines_as_they_came_and_its_end() -> None:
    body = f'{{"id":  "R1"}}\n{{half of it\n{END}\n'
    assert asked(signed(body)) == Page(('{"id":  "R1"}', "{half of it"), "7", more=False)
    assert asked(signed(f"{END}\n")) == Page((), "7", more=False)


AGAIN = (500, 502, 503, 408, 409, 429)
FOR_A_PERSON = (400, 401, 403, 404, 410, 204, 301, 302, 307)


@pytest.mark.parametrize("status", AGAIN + FOR_A_PERSON)
def test_an_error_says_whether_trying_again_helps(status: int) -> None:
    def elsewhere(request: httpx2.Request) -> httpx2.Response:
        assert request.url.host == "127.0.0.1", "a redirect was followed"
        return httpx2.Response(status, headers={"Location": "https://elsewhere.example/"})

    with pytest.raises(Failed, match=f"answers {status}") as failed:
        asked(elsewhere)
    assert failed.value.again is (status in AGAIN)


@pytest.mark.parametrize(
    ("said", "after"),
    [("7", 7), ("0", 0), ("", 0), ("soon", 0), ("-1", 0), ("nan", 0), ("9" * 30, 900), ("²", 0)],
)
def test_it_waits_as_long_as_it_is_asked_within_reason(said: str, after: float) -> None:
    headers = [(b"Retry-After", said.encode())]
    with pytest.raises(Failed) as failed:
        asked(lambda _request: httpx2.Response(429, headers=headers))
    assert failed.value.after == after


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (signed(f"{END}\n", wrong=True), "not signed"),
        (lambda _request: _answer(f"{END}\n"), "another question"),
        (
            lambda _request: _answer(f"{END}\n", headers_for(SECRET, "x", f"{END}\n")),
            "another question",
        ),
        (signed('{"id": "R1"}\n'), "does not end with its cursor"),
        (signed(END), "does not end with its cursor"),
        (signed(""), "does not end with its cursor"),
        (signed("[]\n"), "does not end with its cursor"),
    ],
)
def test_what_does_not_come_whole_from_ibis_for_this_question_is_asked_again(
    answer: Answer, said: str
) -> None:
    with pytest.raises(Failed, match=said) as failed:
        asked(answer)
    assert failed.value.again


ENDS = ('{"next": 7, "more": true}', '{"next": "7", "more": 1}', '{"next": "\\u0000", "more": true}')


@pytest.mark.parametrize("end", ENDS)
def test_a_cursor_that_can_not_be_used_is_for_a_person(end: str) -> None:
    with pytest.raises(Failed, match="cursor of the page") as failed:
        asked(signed(f"{end}\n"))
    assert not failed.value.again


def test_never_more_is_read_than_a_page_may_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MOST_BYTES", 100)
    with pytest.raises(Failed, match="more than 100 bytes"):
        asked(signed("x" * 101 + f"\n{END}\n"))


@pytest.mark.parametrize("error", [httpx2.ConnectError, httpx2.ReadTimeout, httpx2.RemoteProtocolError])
def test_a_line_that_is_broken_is_tried_again(error: type[httpx2.HTTPError]) -> None:
    def broken(_request: httpx2.Request) -> httpx2.Response:
        raise error("broken")

    with pytest.raises(Failed) as failed:
        asked(broken)
    assert failed.value.again


class There:
    """An IBIS that holds records, and we who pull, by a clock that the test sets."""

    def __init__(self, client: TestClient) -> None:
        self.client, self.later = client, timedelta()
        self.pulling = Pulling(place(), lambda: now() + self.later, client)

    def fill(self, count: int, first: int = 1) -> None:
        """So many records more."""
        lines = [json.dumps(a_request(f"R{number}")) for number in range(first, first + count)]
        self.client.post("/control/training-requests", content="\n".join(lines))

    def fail(self, *kinds: str) -> None:
        """From now on everything fails in these ways; in none: nothing does."""
        self.client.post(
            "/control/failures", json={"share": 1.0 if kinds else 0.0, "kinds": kinds, "retry_after": 30}
        )


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[There]:
    """An IBIS on loopback, of which we ask pages of ten."""
    monkeypatch.setenv("INZAGE_IBIS_PAGE", "10")
    failures = Failures()
    app = make(Setup(str(tmp_path / "ibis.sqlite3"), SECRET, failures))
    with TestClient(Failing(app, failures)) as client:
        yield There(client)


@pytest.mark.django_db
def test_page_after_page_is_kept_with_its_cursor_until_nothing_is_new(there: There) -> None:
    there.fill(25)
    assert [there.pulling.act() for _ in range(3)] == [True, True, False]
    assert (Received.objects.count(), position_of("ibis")) == (25, "25")
    there.fill(1, first=26)
    assert not there.pulling.act()
    assert Received.objects.count() == 25, "it waits a little before it asks again"
    there.later = timedelta(seconds=10)
    there.pulling.act()
    assert (Received.objects.count(), position_of("ibis")) == (26, "26")
    original = Received.objects.order_by("pk")[0].original
    assert original == json.dumps(a_request("R1"))


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["duplicate", "wrong_order"])
def test_doubled_or_turned_round_everything_is_kept_once(there: There, kind: str) -> None:
    there.fill(25)
    there.fail(kind)
    while there.pulling.act():
        pass
    assert (Received.objects.count(), position_of("ibis")) == (25, "25")


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "least"), [("wrong_signature", 0.25), ("error", 0.25), ("too_many", 30)])
def test_a_page_that_can_not_be_used_is_not_kept_and_asked_again_later(
    there: There, kind: str, least: float
) -> None:
    there.fill(5)
    there.fail(kind)
    assert not there.pulling.act()
    assert (Received.objects.count(), position_of("ibis")) == (0, "")
    there.fail()
    there.later = timedelta(seconds=least - 0.25)
    assert (there.pulling.act(), Received.objects.count()) == (False, 0), "not before its time"
    there.later = timedelta(seconds=least + 0.5)
    assert (there.pulling.act(), Received.objects.count()) == (False, 5)


@pytest.mark.django_db
def test_failing_on_it_asks_ever_more_slowly_but_never_gives_up(there: There) -> None:
    there.fail("error")
    waits = []
    for _ in range(14):
        moment = there.pulling._clock()
        there.pulling.act()
        assert there.pulling._not_before is not None
        waits.append((there.pulling._not_before - moment).total_seconds())
        there.later += timedelta(seconds=waits[-1] + 1)
    assert waits[0] <= 0.6
    assert all(150 <= wait <= 301 for wait in waits[10:])


@pytest.mark.django_db
def test_a_kept_page_and_its_cursor_are_one(there: There, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("killed between the two")

    there.fill(5)
    with monkeypatch.context() as killed:
        killed.setattr("inzage.inbox.keeping.Cursor.objects.update_or_create", broken)
        with pytest.raises(RuntimeError):
            there.pulling.act()
    assert (Received.objects.count(), position_of("ibis")) == (0, "")
    there.pulling.act()
    assert (Received.objects.count(), position_of("ibis")) == (5, "5")


@pytest.mark.django_db
def test_what_it_served_and_what_came_in_can_be_held_against_each_other(there: There) -> None:
    there.fill(3)
    there.client.post("/control/training-requests", content='{half of it\n{"id": "R 9", "revision": 1}')
    there.pulling.act()
    served = list(served_on(now().astimezone(BRUSSELS).date(), THERE, there.client, clock=now))
    assert {(each.message_id, each.revision) for each in served} == set(
        Received.objects.values_list("message_id", "revision")
    )
    assert {each.times for each in served} == {1}
    assert list(served_on(date(2020, 1, 1), THERE, there.client, clock=now)) == []


@pytest.mark.django_db
def test_without_an_address_nothing_is_asked(there: There, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INZAGE_IBIS_URL")
    there.fill(5)
    nowhere = Pulling(place(), now, there.client)
    assert (nowhere.act(), Received.objects.count()) == (False, 0)


@pytest.mark.parametrize(
    ("address", "secret", "said"),
    [
        ("http://ibis.example", SECRET, "INZAGE_IBIS_URL can't be used"),
        ("https://me:mine@ibis.example", SECRET, "without a name"),
        ("https://ibis.example/?a=1", SECRET, "INZAGE_IBIS_URL can't be used"),
        ("ibis.example", SECRET, "INZAGE_IBIS_URL can't be used"),
        ("https://ibis.example", "", "INZAGE_IBIS_SECRET is empty"),
        ("https://ibis.example", "secret", "expected whsec_"),
        ("https://ibis.example", "whsec_c2hvcnQ=", "at least 24 bytes"),
        ("https://ibis.example", "whsec_?", "in base64"),
    ],
)
def test_a_wrong_setting_is_named_and_a_secret_never_repeated(
    monkeypatch: pytest.MonkeyPatch, address: str, secret: str, said: str
) -> None:
    monkeypatch.setenv("INZAGE_IBIS_URL", address)
    monkeypatch.setenv("INZAGE_IBIS_SECRET", secret)
    with pytest.raises(ImproperlyConfigured, match=said) as wrong:
        place()
    assert not secret or secret == "secret" or secret not in str(wrong.value)


def test_over_tls_or_on_the_own_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for address in (
        "https://ibis.example/api",
        "http://127.0.0.1:8901",
        "http://localhost:8901",
        "http://[::1]:8901",
    ):
        monkeypatch.setenv("INZAGE_IBIS_URL", f"{address}/")
        monkeypatch.setenv("INZAGE_IBIS_SECRET", f"{SECRET} {SECRET}")
        assert place() == Place(address, (KEY, KEY), 200)


@pytest.mark.parametrize("size", ["0", "501", "-1", "many", "1e2", "²"])
def test_a_page_holds_1_to_500_records(monkeypatch: pytest.MonkeyPatch, size: str) -> None:
    monkeypatch.setenv("INZAGE_IBIS_PAGE", size)
    with pytest.raises(ImproperlyConfigured, match="expected a whole number from 1 to 500"):
        place()
