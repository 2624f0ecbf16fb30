"""The contract, what we read and what the made-up VDAB sends: one and the same."""

import json
from pathlib import Path

import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_http_event

from inzage.adapters import vdab
from inzage.adapters.vdab import wire
from inzage.adapters.vdab.wording import KINDS, LONGEST_ID, read
from inzage.rules.names import OwnershipEnd
from inzage_simulators.vdab_history import EVENTS_EACH, insz, make_up
from inzage_simulators.vdab_storing import Kept
from tests.vdab.saying import Event, activity, assigned, consented, died, ended, moved
from tests.world import day

CONTRACT = (Path(vdab.__file__).parent / "contract.yaml").read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_that_is_read_stands_in_the_contract(kind: str) -> None:
    assert f"- {kind}\n" in CONTRACT
    assert kind.rsplit(".", 3)[0] in CONTRACT


def test_the_contract_says_what_is_taken() -> None:
    assert CONTRACT.count(".notify.") == len(KINDS)
    for limit in (
        f"{wire.MOST_BYTES:,} bytes",
        f"{LONGEST_ID} characters",
        wire.STRUCTURED,
        "our assumption",
    ):
        assert limit in CONTRACT


def test_every_end_that_counts_as_one_stands_in_the_contract() -> None:
    for end in OwnershipEnd:
        assert str(end) in CONTRACT.partition("end_reason:")[2].partition("contact:")[0]


SAID = [
    assigned("2025-01-10"),
    ended("2025-01-10", "2025-02-01"),
    consented("2025-01-10", withdrawn_on="2025-02-01"),
    activity(
        1, requested_on="2025-01-10", earlier_runs=[{"closed_on": "2025-01-11", "reopened_on": "2025-01-12"}]
    ),
    moved("21004", "2025-01-10"),
    died("2025-01-10"),
]


@pytest.mark.parametrize("said", SAID, ids=lambda said: said["type"].rsplit(".", 1)[1])
def test_every_field_that_is_read_stands_in_the_contract(said: Event) -> None:
    client = said["data"].get("client", {})
    runs = [name for run in said["data"].get("earlier_runs", []) for name in run]
    assert [
        name
        for name in (*said["data"], *client, *runs)
        if f" {name}: " not in CONTRACT and f" {name}:\n" not in CONTRACT
    ] == []


def test_what_the_made_up_vdab_tells_is_what_we_read_and_a_cloud_event(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "vdab.sqlite3")
    make_up(kept, range(1, 4), ["OE1", "OE2"], "TIBB4", day("2025-03-01"))
    bodies = [row["body"] for row in kept.latest()]
    assert len(bodies) == 3 * EVENTS_EACH
    for body in bodies:
        told, known = read(body), json.loads(body)
        event = from_http_event(HTTPMessage({"content-type": wire.STRUCTURED}, body.encode()))
        assert (event.get_id(), event.get_source(), event.get_type()) == (
            known["id"],
            known["source"],
            known["type"],
        )
        assert event.get_extension("service") == known["service"]
        assert told.client_number in ("V000001", "V000002", "V000003")
    assert len({insz(number) for number in range(20_000)}) == 20_000
