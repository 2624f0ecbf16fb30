"""In an import a fact counts as recorded on its own day: so any past day can be asked what was known on it."""

from datetime import date

import pytest

from inzage.dossiers.models import Dossier
from inzage.rules.facts import Facts, facts_on
from inzage.view_rights.gathering import gather
from inzage.view_rights.models import ViewRight, ViewRightVersion
from inzage.view_rights.scopes import these
from tests.importing.conftest import Region, at
from tests.register_files.conftest import client


def known(on: str, *, as_of: str) -> Facts:
    """The facts of the only right at the end of a day, as known at noon of another."""
    gathered = gather(these(Dossier.objects.get().pk), known_at=at(date.fromisoformat(as_of)))
    return facts_on(gathered.case_of(ViewRight.objects.get()), date.fromisoformat(on))


@pytest.fixture
def history(region: Region) -> Region:
    """Granted in January, executed until the end of February, dead in May."""
    region.write("clients.csv", client("K1", deceased_on="2025-05-01"))
    region.write("consents.csv", "C1,K1,OE1,training,form,2025-01-10,,,2025-04-01")
    region.write("assignments.csv", "A1,K1,OE1,TIBB4,2025-01-12,2025-03-01,klaar")
    region.write("activities.csv", "X1,K1,OE1,training,Lassen,,,2025-01-15,2025-01-20,2025-02-28,")
    region.imported()
    return region


@pytest.mark.parametrize(("as_of", "executes"), [("2025-02-27", True), ("2025-02-28", False)])
def test_an_end_is_known_from_its_own_day(history: Region, as_of: str, executes: bool) -> None:
    assert known("2025-03-10", as_of=as_of).executes is executes


@pytest.mark.parametrize(("as_of", "service"), [("2025-02-28", "TIBB4"), ("2025-03-01", None)])
def test_an_ownership_is_known_to_end_from_its_own_day(
    history: Region, as_of: str, service: str | None
) -> None:
    assert known("2025-03-10", as_of=as_of).owned_service == service


@pytest.mark.parametrize(("as_of", "last"), [("2025-03-31", "2025-01-12"), ("2025-01-11", "2025-01-10")])
def test_grounds_are_known_from_their_own_days(history: Region, as_of: str, last: str) -> None:
    assert str(known("2025-06-01", as_of=as_of).last_granted_on) == last


@pytest.mark.parametrize(("as_of", "deaths"), [("2025-04-30", 0), ("2025-05-01", 1)])
def test_a_death_is_known_from_its_own_day(history: Region, as_of: str, deaths: int) -> None:
    scope = these(Dossier.objects.get().pk)
    assert len(gather(scope, known_at=at(date.fromisoformat(as_of))).deaths) == deaths


def test_a_right_has_the_version_of_its_opening_and_of_its_closing(history: Region) -> None:
    versions = ViewRightVersion.objects.order_by("pk").values_list(
        "holds_from", "relation", "last_day", "closing_reason"
    )
    assert list(versions) == [
        (date(2025, 1, 10), "none", date(2025, 7, 10), ""),
        (date(2025, 5, 1), "former_owner", date(2025, 4, 30), "deceased"),
    ]


def test_what_is_still_to_come_is_known_on_the_day_of_the_import(region: Region) -> None:
    region.write("consents.csv", "C1,K1,OE1,training,form,2025-09-10,,,2025-12-01")
    region.imported(on=date(2025, 10, 1))
    for as_of, withdrawn_on in (("2025-09-30", None), ("2025-10-01", date(2025, 12, 1))):
        (grant,) = (
            gather(these(Dossier.objects.get().pk), known_at=at(date.fromisoformat(as_of)))
            .case_of(ViewRight.objects.get())
            .grants
        )
        assert grant.withdrawn_on == withdrawn_on
