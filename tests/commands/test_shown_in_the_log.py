"""What a command shows of clients stands in the access log, or it is not shown."""

import pytest
from django.db import DatabaseError

from inzage.access_log.models import AccessLine
from tests.commands.conftest import Typed
from tests.world import World


@pytest.mark.parametrize("command", [["rights"], ["explain", "--client", "K1", "--partner", "OE1"]])
def test_what_is_shown_in_the_shell_stands_in_the_access_log(
    world: World, shell: Typed, command: list[str]
) -> None:
    world.grant("2025-01-10")
    shell(*command)
    line = AccessLine.objects.get()
    assert line.kind == {"rights": "export", "explain": "look"}[command[0]]
    assert line.person.startswith("system:")
    assert [shown.dossier for shown in line.shown.all()] == [world.piet]


def test_the_work_list_of_requests_stands_in_the_access_log(world: World, shell: Typed) -> None:
    world.grant("2025-01-10")
    world.activity("2025-01-15", requested=True)
    shell.today("2025-08-01")
    _code, out, _err = shell("requests")
    assert "K1" in out
    assert [shown.dossier for shown in AccessLine.objects.get(kind="list").shown.all()] == [world.piet]


def test_where_the_line_of_an_export_can_not_be_written_nothing_comes_out(
    world: World, shell: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise DatabaseError

    world.grant("2025-01-10")
    monkeypatch.setattr(AccessLine.objects, "create", failing)
    code, out, _err = shell("rights", "--json")
    assert (code, out) == (3, "")
