"""`inzage administrator`: the first one is made at the shell, once."""

import pytest
from pytest_django import Settings

from inzage.partners.models import Person, PersonVersion
from tests.commands.conftest import Typed
from tests.world import World

ISSUER = "https://issuer.example"
ADA = ("administrator", "s-1", "--issuer", ISSUER, "--name", "Ada Toegang")


def test_the_first_administrator_is_made_once_and_the_second_time_is_told_whom_to_ask(
    world: World, shell: Typed
) -> None:
    assert shell(*ADA) == (0, f"Ada Toegang is administrator, as s-1 of {ISSUER}.\n", "")
    person = Person.objects.get(subject="s-1")
    assert (person.issuer, person.role, person.role_kept_here) == (ISSUER, "administrator", True)
    version = PersonVersion.objects.get(person=person)
    assert version.recorded_by.startswith("system:")

    code, out, err = shell("administrator", "s-2", "--issuer", ISSUER, "--name", "Bea")
    assert (code, out) == (2, "")
    assert "There is an administrator already" in err
    assert f"Ada Toegang: s-1 of {ISSUER}" in err
    assert not Person.objects.filter(subject="s-2").exists()


def test_where_no_administrator_can_sign_in_any_more_one_is_made_again(world: World, shell: Typed) -> None:
    shell(*ADA)
    Person.objects.filter(subject="s-1").update(is_active=False)
    assert shell(*ADA)[0] == 0
    assert Person.objects.get(subject="s-1").is_active


def test_without_an_issuer_it_is_the_configured_one(world: World, shell: Typed, settings: Settings) -> None:
    code, _out, err = shell("administrator", "s-1", "--name", "Ada")
    assert (code, "INZAGE_OIDC_ISSUER" in err) == (2, True)
    settings.OIDC_ISSUER = ISSUER
    assert shell("administrator", "s-1", "--name", "Ada")[0] == 0
    assert Person.objects.get(subject="s-1").issuer == ISSUER


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("administrator", " ", *ADA[2:]), "The subject is 1 to 200 signs"),
        ((*ADA[:-1], "A\nB"), "The name is 1 to 200 signs"),
        (("administrator", "s-1", "--issuer", ISSUER), "--name"),
    ],
)
def test_what_can_not_be_a_person_is_refused(
    world: World, shell: Typed, arguments: tuple[str, ...], said: str
) -> None:
    code, _out, err = shell(*arguments)
    assert code == 2
    assert said in err
    assert not Person.objects.filter(role="administrator").exists()
