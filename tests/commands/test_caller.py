"""`inzage caller`: which systems may ask for decisions, told at the shell."""

import pytest

from inzage.decision_api.models import Caller, CallerVersion
from tests.commands.conftest import Typed
from tests.world import World

ADD = ("caller", "add", "mlp", "--name", "MLP", "--units", "OE1", "OE2", "--parts", "general", "steps")


def test_callers_are_added_changed_stopped_and_listed(world: World, shell: Typed) -> None:
    assert shell("caller", "list") == (0, "", "")
    code, out, _err = shell(*ADD)
    assert (code, out.split()) == (0, ["mlp", "MLP:", "units", "OE1", "OE2,", "parts", "general", "steps"])

    code, out, _err = shell("caller", "change", "mlp", "--all-units", "--parts", "general")
    assert (code, out.split()) == (0, ["mlp", "MLP:", "all", "units,", "parts", "general"])

    shell("caller", "add", "gateway", "--name", "De poort", "--all-units", "--parts", "confidential")
    code, out, _err = shell("caller", "stop", "mlp")
    assert (code, out.split()) == (0, ["mlp", "MLP:", "all", "units,", "parts", "general,", "stopped"])
    _code, out, _err = shell("caller", "list")
    assert [line.split()[0] for line in out.splitlines()] == ["gateway", "mlp"]
    assert CallerVersion.objects.count() == 4


def test_a_version_names_the_account_that_typed_it(world: World, shell: Typed) -> None:
    shell(*ADD)

    version = CallerVersion.objects.get()
    assert version.recorded_by.startswith("system:")
    assert (version.source, str(version.holds_from)) == ("shell", "2025-03-01")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*ADD[:5], "--units", "OE1", "OE9", "--parts", "general"), "There is no unit 'OE9'"),
        ((*ADD[:5], "--parts", "general"), "one of the arguments --all-units --units is required"),
        ((*ADD[:5], "--all-units"), "--parts"),
        ((*ADD[:5], "--all-units", "--units", "OE1", "--parts", "general"), "not allowed with"),
        ((*ADD[:5], "--all-units", "--parts", "all"), "choose from"),
        (("caller", "change", "mlp", "--all-units"), "There is no caller 'mlp'"),
        (("caller", "change", "mlp"), "Say what is to change"),
        (("caller", "stop", "mlp"), "There is no caller 'mlp'"),
        (("caller",), "list|add|change|stop"),
    ],
)
def test_what_can_not_be_done_is_said_and_not_done(
    world: World, shell: Typed, arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = shell(*arguments)

    assert (code, out) == (2, "")
    assert said in err
    assert not Caller.objects.exists()
