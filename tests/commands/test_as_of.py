"""`inzage as-of`: who could see what on a day, told at the shell."""

import json

from inzage.access_log.models import AccessLine, ShownDossier
from tests.commands.conftest import Typed
from tests.world import World


def a_late_closing(world: World) -> None:
    """Spoor's activity with Piet is closed ten days after it ended; An's dossier has nothing late."""
    world.grant("2025-01-10")
    world.close(world.activity("2025-01-15"), "2025-02-20", entered="2025-02-28")
    world.grant("2025-01-10", dossier=world.an, unit=world.haven)


def test_it_says_what_was_known_then_what_is_known_now_and_what_was_recorded_late(
    shell: Typed, world: World
) -> None:
    a_late_closing(world)
    code, out, err = shell("as-of", "2025-02-25")
    assert (code, err) == (0, "")
    piet, an = out.splitlines()
    assert piet.split()[:3] == ["K1", "OE1", "DIFFERS:"]
    assert "then yes, 2025-01-10 → open form closing.executor; now yes, 2025-01-10 → 2025-08-20 form" in piet
    assert "(activity of 2025-02-20, recorded 2025-02-28T" in piet
    assert an.split()[:5] == ["K2", "OE3", "then", "and", "now"]


def test_as_json_it_is_one_object_a_line_and_only_of_whom_was_asked(shell: Typed, world: World) -> None:
    a_late_closing(world)
    _code, out, _err = shell("as-of", "2025-02-25", "--client", "K1", "--partner", "OE1", "--json")
    told = json.loads(out)
    assert (told["client_number"], told["oe_number"], told["day"]) == ("K1", "OE1", "2025-02-25")
    assert (told["then"]["last_day"], told["now"]["last_day"], told["differs"]) == (None, "2025-08-20", True)
    assert [one["what"] for one in told["recorded_late"]] == ["activity"]
    for near_miss in (("--client", "K1", "--partner", "OE3"), ("--client", "K2", "--partner", "OE1")):
        assert shell("as-of", "2025-02-25", *near_miss, "--json")[1] == ""


def test_where_nobody_could_see_anything_it_says_nobody(shell: Typed, world: World) -> None:
    a_late_closing(world)
    by_what = "by what was known then or by what is known now"
    for asked, whose in (
        ((), ""),
        (("--client", "K1"), " on the dossier of client K1"),
        (("--client", "K1", "--partner", "OE3"), " of OE3 on the dossier of client K1"),
    ):
        code, out, _err = shell("as-of", "2025-01-09", *asked)
        assert (code, out) == (0, f"nobody: on 2025-01-09 no view right{whose} stood, {by_what}\n")


def test_from_what_was_known_at_a_moment(shell: Typed, world: World) -> None:
    a_late_closing(world)
    for moment, differs in (("2025-02-28T11:59", True), ("2025-02-28T12:00", False)):
        _code, out, _err = shell("as-of", "2025-02-25", "--client", "K1", "--known-at", moment, "--json")
        assert json.loads(out)["differs"] is differs


def test_what_it_shows_stands_in_the_log_and_only_that(shell: Typed, world: World) -> None:
    a_late_closing(world)
    shell("as-of", "2025-02-25", "--client", "K1")
    line = AccessLine.objects.get()
    assert (line.kind, line.stated_reason) == ("export", "inzage as-of")
    assert list(ShownDossier.objects.values_list("dossier", flat=True)) == [world.piet.pk]
    shell("as-of", "2025-01-09")
    assert AccessLine.objects.count() == 1


def test_what_can_not_be_asked_is_said(shell: Typed, world: World) -> None:
    for asked, said in (
        (("2025-03-02",), "2025-03-02 is still to come"),
        (("2025-02-01", "--client", "K9"), "there is no client K9"),
        (("2025-02-01", "--partner", "OE9"), "there is no unit OE9"),
        (("2025-02-01", "--known-at", "yesterday"), "'yesterday' is not a moment"),
    ):
        code, _out, err = shell("as-of", *asked)
        assert (code, said in err) == (2, True), err
