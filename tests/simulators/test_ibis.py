"""The made-up IBIS: pages behind a cursor, a form, and failures of its own."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from inzage_simulators.failing import Failing, Failures
from inzage_simulators.ibis import make
from inzage_simulators.ibis_storing import BRUSSELS
from inzage_simulators.serving import Setup
from inzage_simulators.signing import headers_for
from tests.simulators import SECRET

ENTERED = {
    "insz": "60010299967",
    "family_name": "Verzonnen",
    "given_name": "Piet",
    "nis_code": "21004",
    "remark": "A1B2C/0012345/OE1",
    "title": "Lassen <b>",
    "registered_on": "2026-03-02",
}


class Reader:
    """Reads as we do, signed."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def page(self, after: str = "", limit: int = 100) -> tuple[list[str], dict[str, Any]]:
        """The lines of a page, and its end."""
        target = f"/training-requests?after={after}&limit={limit}"
        answer = self.client.get(target, headers=headers_for(SECRET, "q1", target))
        assert (answer.status_code, answer.headers["webhook-id"]) == (200, "q1")
        *lines, end = answer.text.removesuffix("\n").split("\n")
        return lines, json.loads(end)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    """A reader, and an IBIS to read from."""
    failures = Failures()
    app = make(Setup(str(tmp_path / "ibis.sqlite3"), SECRET, failures))
    with TestClient(Failing(app, failures)) as client:
        yield Reader(client)


def test_pages_follow_each_other_until_nothing_is_left(reader: Reader) -> None:
    lines = [json.dumps({"id": f"R{number}", "revision": 1}) for number in range(5)] + ["{half of it"]
    reader.client.post("/control/training-requests", content="\n".join(lines))
    read: list[str] = []
    after, more = "", True
    while more:
        page, end = reader.page(after, limit=2)
        read, after, more = read + page, end["next"], end["more"]
    assert read == lines
    assert reader.page(after) == ([], {"next": "6", "more": False})


def test_what_is_typed_in_is_registered_corrected_and_withdrawn(reader: Reader) -> None:
    reader.client.post("/", data={**ENTERED, "act": "register", "id": ""})
    reader.client.post(
        "/", data={**ENTERED, "remark": "XXXXX/0012345/OE1", "act": "register", "id": "OA000001"}
    )
    reader.client.post("/", data={"act": "withdraw", "id": "OA000001"})
    records = [json.loads(line) for line in reader.page()[0]]
    assert [(each["id"], each["revision"], each["status"]) for each in records] == [
        ("OA000001", 1, "registered"),
        ("OA000001", 2, "corrected"),
        ("OA000001", 3, "withdrawn"),
    ]
    assert records[0]["client"]["insz"] == ENTERED["insz"]
    shown = reader.client.get("/").text
    assert "Lassen &lt;b&gt;" in shown
    assert "<option>OA000001</option>" in shown


def test_only_our_signature_opens(reader: Reader) -> None:
    target = "/training-requests?after=&limit=1"
    assert reader.client.get(target).status_code == 401
    other = headers_for(SECRET, "q1", "/training-requests?after=&limit=2")
    assert reader.client.get(target, headers=other).status_code == 401
    assert reader.client.get("/training-requests/of-day?day=2026-03-02").status_code == 401


def test_it_doubles_turns_round_and_spoils_the_signature_when_told_to(reader: Reader) -> None:
    lines = [json.dumps({"id": f"R{number}", "revision": 1}) for number in range(10)]
    reader.client.post("/control/training-requests", content="\n".join(lines))
    for kind, check in (("duplicate", len), ("wrong_order", lambda page: page != lines)):
        reader.client.post("/control/failures", json={"share": 1, "kinds": [kind]})
        page = reader.page()[0]
        assert set(page) == set(lines)
        assert check(page) == (15 if kind == "duplicate" else True)


def test_it_says_what_could_be_read_from_a_day_on(reader: Reader) -> None:
    line = '{"id": "R1", "revision": 2}'
    reader.client.post("/control/training-requests", content=line)
    reader.page()
    said = {"id": "R1", "revision": 2, "served": 1, "digest": sha256(line.encode()).hexdigest()}
    today = datetime.now(BRUSSELS).date()
    for day, found in ((today, [said]), (today - timedelta(days=1), [])):
        target = f"/training-requests/of-day?day={day}&cursor=0"
        answer = reader.client.get(target, headers=headers_for(SECRET, "q1", target))
        assert answer.json() == {"messages": found, "next": None}
