"""Real processes, killed again and again: every good event of VDAB once, every bad one with its reason (S02)."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from django.utils import timezone

from tests.shell import Shell, own_database, until
from tests.simulated import Simulated
from tests.vdab.running import Running, counted, running
from tests.view_rights.processes import script, small_register

CLIENTS, EVENTS = 60, 300
RECEIVED = "SELECT count(*) FROM inbox_received WHERE source = 'vdab'"
WAITING = f"{RECEIVED} AND state = 'waiting'"
QUARANTINED = f"{RECEIVED} AND state = 'quarantined'"
LOSE = """
from inzage.inbox.models import Received
Received.objects.filter(message_id=sys.argv[1]).delete()
"""
ONCE = {
    "dossiers_client WHERE client_number LIKE 'V%'": CLIENTS,
    "dossiers_assignment WHERE source_id LIKE 'VA%'": CLIENTS,
    "dossiers_assignmentversion": CLIENTS,
    "dossiers_activity WHERE closed_on IS NOT NULL": CLIENTS,
    "dossiers_address WHERE nis_code = '21004'": CLIENTS,
    "consents_consentform WHERE source_id LIKE 'VC%' AND state = 'granted'": CLIENTS,
    "view_rights_viewright WHERE closed_on IS NULL": 2 * CLIENTS,
    "view_rights_grant": 2 * CLIENTS,
    "notices_notice WHERE kind = 'granted'": 2 * CLIENTS,
}
"""What a history of so many clients leaves, when each event was carried out once."""


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """A database of our own, with two units and a service."""
    for shell in own_database(tmp_path):
        small_register(shell, tmp_path / "register")
        yield shell


@pytest.fixture
def sides(shell: Shell, tmp_path: Path) -> Iterator[tuple[Running, Simulated]]:
    """Inzage's processes, and a VDAB."""
    with running(shell, tmp_path) as both:
        yield both


def test_killed_again_and_again_every_good_event_is_carried_out_once(
    shell: Shell, sides: tuple[Running, Simulated]
) -> None:
    inzage, vdab = sides
    vdab.fail(0.1, "duplicate", "bad", "wrong_order", "wrong_signature", "cut_off", seed=7)
    vdab.control("history", {"clients": CLIENTS, "units": ["OE1", "OE2"], "service": "TIBB4"})
    for so_many, killed in ((60, "serve"), (120, "worker"), (180, "serve"), (240, "worker")):
        until(lambda threshold=so_many: shell.asked(RECEIVED) >= threshold)  # type: ignore[misc]
        inzage.kill(killed)
        inzage.start(killed)
    until(lambda: counted(vdab)["waiting"] == 0)
    until(lambda: shell.asked(WAITING) == 0)
    told = counted(vdab)
    assert told["given_up"] == 0
    assert (shell.asked(RECEIVED), told["events"] > EVENTS) == (told["events"], True)
    assert shell.asked(QUARANTINED) == told["bad"] > 0
    left = {what: shell.asked(f"SELECT count(*) FROM {what}") for what in ONCE}
    assert left == ONCE
    today = str(timezone.localdate())
    rows = vdab.listed("/events", day=today)
    assert (len(rows), all(row["acknowledged"] for row in rows)) == (told["events"], True)
    assert shell.run("prove", "--processes", "1")[0] == 0


def test_from_the_page_of_vdab_to_a_yes(shell: Shell, sides: tuple[Running, Simulated]) -> None:
    _inzage, vdab = sides
    who = {"client_number": "K9", "insz": "80010299946", "given_name": "Piet", "family_name": "Verzonnen"}
    today = str(timezone.localdate())
    given = {**who, "oe_number": "OE1", "service": "TIBB4", "assigned_on": today}
    asked = ("may-view", "--client", "K9", "--partner", "OE1", "--on", today)
    assert shell.run(*asked)[0] == 1
    assert httpx2.post(vdab.url, data=given).status_code == 303
    until(lambda: shell.run(*asked)[0] == 0)
    assert shell.run("may-view", "--client", "K9", "--partner", "OE2", "--on", today)[0] == 1


def test_one_event_lost_here_and_one_in_quarantine_are_found_in_the_balance(
    shell: Shell, sides: tuple[Running, Simulated]
) -> None:
    _inzage, vdab = sides
    shell.environment["INZAGE_VDAB_URL"] = vdab.url
    asked = ("balance", "vdab", "--json", "--day", str(timezone.localdate()))
    vdab.control("history", {"clients": 2, "units": ["OE1", "OE2"], "service": "TIBB4"})
    bad = vdab.control(
        "tell", [{"kind": "clients.moved", "data": {"client_number": "K1", "lives_from": "x"}}]
    )
    until(lambda: counted(vdab)["waiting"] == 0)
    until(lambda: shell.asked(WAITING) == 0)
    rows = vdab.listed("/events", day=str(timezone.localdate()))
    names = [f"{row['source']} {row['id']}" for row in rows]
    quarantined = {name: "quarantined" for name in names if name.endswith(bad["ids"][0])}
    assert found(shell, *asked) == (1, quarantined, 11, 1)
    lost = names[3]
    assert script(shell, LOSE, lost).communicate()[1] == ""
    assert found(shell, *asked) == (1, quarantined | {lost: "lost"}, 10, 1)
    assert found(shell, *asked)[3] == 0
    assert found(shell, "balance", "vdab", "--json") == (0, {}, 0, 0)


def found(shell: Shell, *asked: str) -> tuple[int, dict[str, str], int, int]:
    """What a balance comes to: exit code, differences, received, new tasks."""
    code, out, err = shell.run(*asked)
    assert code in (0, 1), err
    said = json.loads(out)
    return code, said["faults"], said["received"], said["new_tasks"]
