"""What the commands say to people: how sure a rule is, and what wants their attention."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from inzage.partners.models import Service
from inzage.project import duties
from tests.commands.conftest import Typed
from tests.world import World, noon

DOUBT = "[assumption, not verified]"


@pytest.fixture
def owned(world: World) -> World:
    """Spoor owned Piet's dossier, under a service whose rule is an assumption."""
    world.end_assignment(world.assign("2025-01-10"), "2025-02-01")
    return world


@pytest.mark.parametrize("on", ["2025-01-20", "2025-03-01", "2025-12-01"])
def test_a_rule_that_is_not_verified_is_said_with_the_right_and_the_decision(
    owned: World, shell: Typed, on: str
) -> None:
    _code, out, _err = shell("rights", "--on", on)
    assert f"closing.owner.TIBB4 {DOUBT}" in out
    _code, out, _err = shell("may-view", "--client", "K1", "--partner", "OE1", "--on", on)
    assert f"(closing.owner.TIBB4 {DOUBT}" in out


def test_a_verified_rule_gives_no_doubt(world: World, shell: Typed) -> None:
    world.grant("2025-01-10")
    _code, out, _err = shell("rights")
    assert "closing.no-activity" in out
    assert "not verified" not in out
    _code, out, _err = shell("may-view", "--client", "K1", "--partner", "OE1")
    assert "(closing.no-activity, until 2025-07-10)" in out


def test_for_programs_nothing_is_added(owned: World, shell: Typed) -> None:
    for arguments in (["rights"], ["may-view", "--client", "K1", "--partner", "OE1"]):
        _code, out, _err = shell(*arguments, "--json")
        assert "verified" not in out


@pytest.mark.parametrize(("service", "alert"), [("TIBB4", False), ("NIEUW", True)])
def test_a_service_that_the_book_does_not_know_is_an_alert(
    world: World, shell: Typed, service: str, alert: bool
) -> None:
    Service.objects.get_or_create(code="NIEUW", defaults={"name": "Nieuw", "tendered": True})
    assigned = world.assign("2025-01-10", service=Service.objects.get(code=service))
    world.end_assignment(assigned, "2025-02-01")
    shell.today("2025-08-02")
    _code, out, _err = shell("close")
    assert "closed 1" in out
    assert ("Alert: the rule book in force has no rule for NIEUW" in out) is alert


def test_the_worker_logs_how_many_closings_rest_on_an_unverified_rule(
    owned: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duties, "now", lambda: noon("2025-09-01"))
    logged: list[Any]
    with capture_logs() as logged:
        duties.ClosingEveryNight(due=noon("2025-09-01")).act()
    (line,) = [line for line in logged if line["event"] == "closing run"]
    assert (line["closed"], line["unverified"]) == (1, 1)
