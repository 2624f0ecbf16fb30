"""The made-up Actiris: every event once, in its place, from the right sender; and it fails when told to."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cloudevents.core.bindings.http import to_structured_event
from cloudevents.core.v1.event import CloudEvent
from starlette.testclient import TestClient

from inzage_simulators.actiris import make
from inzage_simulators.failing import Failing, Failures
from inzage_simulators.serving import Setup
from inzage_simulators.signing import headers_for
from tests.simulators import SECRET


class Sender:
    """Sends events as we do, signed."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def event(self, sequence: int, stream: str = "d1", **more: Any) -> tuple[str, str]:
        """An event, and its id."""
        given = {
            **{
                "id": str(uuid4()),
                "source": "urn:x",
                "type": "be.inzage.activities.v1.activities.notify.started",
            },
            **{"service": "be.inzage.activities.v1", "partitionkey": stream, "sequence": f"{sequence:020}"},
            **{"time": "2025-03-01T23:30:00Z", "datacontenttype": "application/json", **more},
        }
        message = to_structured_event(
            CloudEvent({**given, "time": datetime.fromisoformat(given["time"])}, data={"activity": "1"})
        )
        return message.body.decode(), given["id"]

    def send(self, body: str, event_id: str, **more: Any) -> Any:
        """Post it."""
        headers = {
            **headers_for(SECRET, event_id, body, **more),
            "content-type": "application/cloudevents+json",
        }
        return self.client.post("/messages", content=body, headers=headers)

    def listed(self, day: str, cursor: str = "0") -> Any:
        """What Actiris says it got."""
        headers = headers_for(SECRET, "list", "")
        return self.client.get(f"/messages?day={day}&cursor={cursor}", headers=headers).json()


@pytest.fixture
def failures() -> Failures:
    """The dice."""
    return Failures()


@pytest.fixture
def sender(tmp_path: Path, failures: Failures) -> Iterator[Sender]:
    """A sender, and an Actiris to send to."""
    app = make(Setup(str(tmp_path / "actiris.sqlite3"), SECRET, failures))
    with TestClient(Failing(app, failures)) as client:
        yield Sender(client)


def test_an_event_is_kept_once_however_often_it_comes(sender: Sender) -> None:
    event = sender.event(1)
    assert [sender.send(*event).json()["repeated"] for _ in range(3)] == [False, True, True]
    (row,) = sender.listed("2025-03-02")["messages"]
    assert (row["id"], row["received"], row["applied"]) == (event[1], 3, 1)
    assert sender.listed("2025-03-01")["messages"] == []


def test_what_is_not_in_its_place_is_a_fault(sender: Sender) -> None:
    for sequence in (1, 2, 4):
        sender.send(*sender.event(sequence))
    sender.send(*sender.event(1, "d2"))
    shown = sender.client.get("/").text
    assert shown.count(f"<td>{4:020}<") == 2
    assert "Fouten in de volgorde</caption>" in shown


def test_only_our_signature_opens(sender: Sender) -> None:
    assert sender.send(*sender.event(1), wrong=True).status_code == 401
    assert sender.client.get("/messages?day=2025-03-02").status_code == 401
    body, event_id = sender.event(1)
    late = headers_for(SECRET, event_id, body) | {"webhook-timestamp": "1740000000"}
    assert sender.client.post("/messages", content=body, headers=late).status_code == 401
    assert sender.listed("2025-03-02")["messages"] == []


def test_what_is_no_event_of_ours_is_refused(sender: Sender) -> None:
    body, event_id = sender.event(1, partitionkey="")
    assert sender.send(body, event_id).status_code == 400
    assert sender.send(sender.event(1)[0], "another").status_code == 400
    assert sender.send("[]", "x").status_code == 400


def test_a_person_is_enrolled_as_was_set_and_else_not_at_all(sender: Sender) -> None:
    row = {"insz": "85073099932", "channel": "agency", "enrolled_on": "2025-01-02"}
    assert sender.client.post("/control/enrolments", json=[row]).status_code == 200
    for insz, status in (("85073099932", "enrolled"), ("90011599960", "not_enrolled")):
        body = json.dumps({"insz": insz})
        answer = sender.client.post("/enrolments/asked", content=body, headers=headers_for(SECRET, "q", body))
        assert answer.json()["status"] == status


def test_it_fails_as_often_and_in_the_ways_that_it_is_told(sender: Sender) -> None:
    plan = {"share": 0.5, "kinds": ["error", "error_after", "too_many"], "seed": 3, "retry_after": 7}
    assert sender.client.post("/control/failures", json=plan).status_code == 200
    answers = [sender.send(*sender.event(1, f"d{number}")) for number in range(60)]
    codes = [answer.status_code for answer in answers]
    assert 15 < codes.count(202) < 45
    assert {answer.headers["retry-after"] for answer in answers if answer.status_code == 429} == {"7"}
    counted = sender.client.get("/control/failures").json()
    assert codes.count(503) == counted["error"] + counted["error_after"]
    sender.client.post("/control/failures", json={})
    assert len(sender.listed("2025-03-02")["messages"]) == codes.count(202) + counted["error_after"]
