"""The made-up VDAB: tells the whole state with its version, until it is acknowledged, and spoils it when told to."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from starlette.testclient import TestClient

from inzage.adapters.vdab.wording import read
from inzage_simulators.failing import Failures, Kind, Plan
from inzage_simulators.serving import Setup
from inzage_simulators.signing import headers_for
from inzage_simulators.vdab import make
from inzage_simulators.vdab_pushing import Pusher
from inzage_simulators.vdab_storing import Kept
from tests.simulators import SECRET
from tests.world import insz

CLIENT = {"insz": insz(7), "family_name": "Verzonnen", "given_name": "Nieuw"}
ASSIGNED = {
    "client_number": "K7",
    "assignment_id": "A1",
    "oe_number": "OE1",
    "service": "TIBB4",
    "assigned_on": "2025-01-10",
    "client": CLIENT,
}


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """Its storage."""
    return Kept(tmp_path / "vdab.sqlite3")


@pytest.fixture
def vdab(tmp_path: Path) -> Iterator[TestClient]:
    """A VDAB that pushes to nobody."""
    with TestClient(make(Setup(str(tmp_path / "vdab.sqlite3"), SECRET, Failures()))) as client:
        yield client


def bodies(kept: Kept) -> list[dict[str, Any]]:
    """The events, the oldest first."""
    return [json.loads(row["body"]) for row in reversed(kept.latest())]


def test_each_event_tells_the_whole_state_and_the_next_version(kept: Kept) -> None:
    kept.tell("assignments.assigned", ASSIGNED)
    kept.tell("assignments.ended", {"client_number": "K7", "assignment_id": "A1", "ended_on": "2025-02-01"})
    kept.tell("clients.moved", {"client_number": "K7", "nis_code": "21004", "lives_from": "2025-02-01"})
    kept.tell("clients.died", {"client_number": "K7", "deceased_on": "2025-02-03"})
    told = [read(json.dumps(body)) for body in bodies(kept)]
    assert [(each.about, each.version) for each in told] == [
        ("assignment A1", 1),
        ("assignment A1", 2),
        ("move K7 2025-02-01", 1),
        ("death K7", 1),
    ]
    assert bodies(kept)[1]["data"] == {**ASSIGNED, "ended_on": "2025-02-01", "version": 2}


def test_the_balance_of_a_day_is_for_who_signs(vdab: TestClient) -> None:
    ids = vdab.post("/control/tell", json=[{"kind": "assignments.assigned", "data": ASSIGNED}]).json()["ids"]
    counted = vdab.get("/control/counted").json()
    assert (counted["events"], counted["waiting"]) == (1, 1)
    assert vdab.get("/events?day=2025-01-01").status_code == 401
    signed = headers_for(SECRET, "list", "")
    today = _today(vdab)
    (row,) = vdab.get(f"/events?day={today}", headers=signed).json()["messages"]
    assert (row["id"], row["sent"], row["acknowledged"]) == (ids[0], 0, False)
    assert vdab.get("/events?day=2025-01-01", headers=signed).json() == {"messages": [], "next": None}


def _today(vdab: TestClient) -> str:
    return vdab.get("/").text.partition('name="assigned_on" value="')[2][:10]


def test_somebody_is_assigned_by_hand_on_the_page(vdab: TestClient) -> None:
    given = {name: value for name, value in ASSIGNED.items() if name not in ("client", "assignment_id")}
    assert vdab.post("/", data={**given, **CLIENT}).status_code == 200
    page = vdab.get("/").text
    assert "be.vdab.assignments.v1.assignments.notify.assigned" in page
    assert "K7-OE1-2025-01-10" in page


class Inzage:
    """Our side, made up: answers as it is told, and remembers what came."""

    def __init__(self, *answers: int) -> None:
        self.answers, self.came = list(answers), list[httpx2.Request]()

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.came.append(request)
        return httpx2.Response(self.answers.pop(0) if self.answers else 202)


def pushed(kept: Kept, inzage: Inzage, failures: Failures, monkeypatch: pytest.MonkeyPatch) -> None:
    """Push until nothing is left to be acknowledged."""
    client = httpx2.AsyncClient
    monkeypatch.setattr(httpx2, "AsyncClient", lambda **_: client(transport=httpx2.MockTransport(inzage)))
    monkeypatch.setattr("inzage_simulators.vdab_pushing.FIRST", 0.001)

    async def until_done() -> None:
        with anyio.fail_after(30):
            async with anyio.create_task_group() as group:
                group.start_soon(Pusher(kept, failures, SECRET, "http://inzage.example/").push)
                while kept.counted()["waiting"]:
                    await anyio.sleep(0.01)
                group.cancel_scope.cancel()

    anyio.run(until_done)


def test_an_event_is_sent_until_it_is_acknowledged_and_no_longer(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    event_id, inzage = kept.tell("assignments.assigned", ASSIGNED), Inzage(503, 401, 202)
    pushed(kept, inzage, Failures(), monkeypatch)
    assert {request.headers["webhook-id"] for request in inzage.came} == {event_id}
    assert len({request.content for request in inzage.came}) == 1
    assert (len(inzage.came), kept.latest()[0]["acknowledged"]) == (3, 1)


def test_what_will_never_be_taken_is_given_up(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.tell("assignments.assigned", ASSIGNED)
    pushed(kept, Inzage(409), Failures(), monkeypatch)
    assert kept.counted()["given_up"] == 1


@pytest.mark.parametrize(
    ("kind", "came", "bad"),
    [
        (Kind.DUPLICATE, 3, 0),
        (Kind.WRONG_SIGNATURE, 2, 0),
        (Kind.CUT_OFF, 2, 0),
        (Kind.BAD, 2, 1),
        (Kind.WRONG_ORDER, 1, 0),
    ],
)
def test_it_spoils_what_it_sends_when_it_is_told(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, kind: Kind, came: int, bad: int
) -> None:
    kept.tell("assignments.assigned", ASSIGNED)
    failures, once = Failures(), iter([kind])
    failures.follow(Plan(1.0, (kind,)))
    monkeypatch.setattr(failures, "next", lambda _among: next(once, None))
    inzage = Inzage(401) if kind in (Kind.WRONG_SIGNATURE, Kind.CUT_OFF) else Inzage()
    pushed(kept, inzage, failures, monkeypatch)
    assert (len(inzage.came), kept.counted()["bad"]) == (came, bad)
