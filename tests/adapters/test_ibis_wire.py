"""Asking IBIS over HTTP: a page is kept with its cursor or not at all, and an error says whether trying again helps."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from inzage.adapters.failing import Failed
from inzage.adapters.ibis.wire import PATIENCE, Page, Pulling, line, page_after, served_on
from inzage.adapters.line import Line
from inzage.adapters.places import Place
from inzage.inbox.keeping import position_of
from inzage.inbox.models import Received
from inzage.rules.days import BRUSSELS
from inzage_simulators.failing import Failing, Failures
from inzage_simulators.ibis import make
from inzage_simulators.serving import Setup
from inzage_simulators.signing import headers_for
from tests.adapters.lines import KEY, Answer, answering, whole
from tests.ibis import a_request
from tests.simulators import SECRET

ADDRESS = "http://127.0.0.1:9"
END = json.dumps({"next": "7", "more": False})


@pytest.fixture(autouse=True)
def _configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INZAGE_IBIS_URL", f"{ADDRESS}/")
    monkeypatch.setenv("INZAGE_IBIS_SECRET", SECRET)


def now() -> datetime:
    """The signatures of the other side are of this very moment."""
    return datetime.now(UTC)


def asked(answer: Answer) -> Page:
    """The page that we make of this answer."""
    with answering(answer) as line:
        return page_after(line, "", most=10, at=now())


def signed(body: str, **more: bool) -> Answer:
    """IBIS answers this, signed as agreed."""
    return lambda request: whole(
        body.encode(), headers_for(SECRET, request.headers["webhook-id"], body, **more)
    )


def test_a_page_is_its_lines_as_they_came_and_its_end() -> None:
    body = f'{{"id":  "R1"}}\n{{half of it\n{END}\n'
    assert asked(signed(body)) == Page(('{"id":  "R1"}', "{half of it"), "7", more=False)
    assert asked(signed(f"{END}\n")) == Page((), "7", more=False)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (signed(f"{END}\n", wrong=True), "not signed"),
        (lambda _request: whole(f"{END}\n".encode()), "another question"),
        (
            lambda _request: whole(f"{END}\n".encode(), headers_for(SECRET, "x", f"{END}\n")),
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


class There:
    """An IBIS that holds records, and we who pull, by a clock that the test sets."""

    def __init__(self, client: TestClient) -> None:
        self.client, self.later = client, timedelta()
        self.line = Line(Place(ADDRESS, (KEY,)), PATIENCE, client)
        self.pulling = Pulling(self.line, lambda: now() + self.later)

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
    served = list(served_on(there.line, now().astimezone(BRUSSELS).date(), clock=now))
    assert {(each.message_id, each.revision) for each in served} == set(
        Received.objects.values_list("message_id", "revision")
    )
    assert all(each.arrived for each in served)
    assert list(served_on(there.line, date(2020, 1, 1), clock=now)) == []


@pytest.mark.django_db
def test_without_an_address_nothing_is_asked(there: There, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INZAGE_IBIS_URL")
    there.fill(5)
    nowhere = Pulling(line(), now)
    assert (nowhere.act(), Received.objects.count()) == (False, 0)
