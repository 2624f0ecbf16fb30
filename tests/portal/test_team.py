"""A unit's people: taken in, let manage, taken out; on record, at once, and never without anybody who manages."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from inzage.partners import team
from inzage.partners.models import Membership, Person, PersonVersion, Unit
from inzage.partners.people import NotChanged
from inzage.partners.team import NotInTeam
from tests.portal.managing import manager_of
from tests.portal.office import NOON, Office, Tab, a_person, origin, signed_in_as
from tests.portal.reading import address, opens, text

PAGE = "/organisatie/mensen/"


@pytest.fixture
def cem(office: Office) -> Person:
    """Cem, who works for Werkpad too."""
    return a_person("Cem", Person.Role.COUNSELLOR, office.own)


def team_of(unit: Unit) -> dict[str, bool]:
    """Who works for the unit, and whether that person manages it."""
    return dict(Membership.objects.filter(unit=unit).values_list("person__name", "manages"))


def act(browser: Tab, name: str, person: Person) -> str:
    """What the page says after that button."""
    return text(browser.post(PAGE, {"act": name, "person": person.pk}, follow=True))


def test_the_page_names_the_people_of_the_unit_only(boss: Tab, cem: Person, office: Office) -> None:
    Person.objects.filter(pk=office.carla.pk).update(last_login=NOON)
    page = text(boss.get(PAGE))
    assert "Carla (uzelf) begeleider, beheert het team 2 maart 2026" in page
    assert "Cem begeleider nog nooit" in page
    assert "Otto" not in page


def test_somebody_who_is_known_is_taken_in_by_what_the_provider_says(boss: Tab, office: Office) -> None:
    page = text(boss.post(PAGE, {"act": "add", "subject": " Otto "}, follow=True))
    assert "Deze persoon werkt nu voor uw organisatie." in page
    assert team_of(office.own) == {"Carla": True, "Otto": False}
    assert team_of(office.other) == {"Otto": False}


def test_each_change_is_on_record_with_who_made_it(boss: Tab, office: Office) -> None:
    boss.post(PAGE, {"act": "add", "subject": "Otto"})
    for name in ("manage", "stop", "leave"):
        act(boss, name, office.otto)
    versions = PersonVersion.objects.filter(person=office.otto, recorded_by=office.carla.signature)
    said = [(version.units, version.managed) for version in versions.order_by("pk")]
    both = ["OE1", "OE2"]
    assert said == [(both, []), (both, ["OE1"]), (both, []), (["OE2"], [])]
    assert {version.recorded_at for version in versions} == {NOON}


@pytest.mark.parametrize("subject", ["Niemand", "Mira", "Weg", "Elders"])
def test_who_is_unknown_no_counsellor_or_let_in_no_more_is_all_the_same(
    boss: Tab, office: Office, subject: str
) -> None:
    a_person("Weg", Person.Role.COUNSELLOR)
    Person.objects.filter(name="Weg").update(is_active=False)
    Person.objects.create(issuer="other", subject="Elders", name="Elders", role=Person.Role.COUNSELLOR)
    page = text(boss.post(PAGE, {"act": "add", "subject": subject}))
    assert "Met dit kenmerk is hier niemand bekend die voor een organisatie kan werken." in page
    assert team_of(office.own) == {"Carla": True}


@pytest.mark.parametrize("subject", ["", " ", "x" * 201, "Otto\x00"])
def test_what_is_no_identifier_is_told_at_the_field(boss: Tab, office: Office, subject: str) -> None:
    response = boss.post(PAGE, {"act": "add", "subject": subject})
    assert 'aria-invalid="true"' in response.content.decode()
    assert team_of(office.own) == {"Carla": True}


def test_who_is_taken_out_sees_nothing_from_the_next_request_on(
    boss: Tab, cem: Person, office: Office
) -> None:
    working = signed_in_as(cem)
    assert opens(working, office.anna)
    assert "Deze persoon werkt niet meer voor uw organisatie, vanaf nu." in act(boss, "leave", cem)
    assert not opens(working, office.anna)
    assert str(office.anna.client) not in text(working.get(address(office.anna), follow=True))


def test_who_manages_no_longer_is_refused_from_the_next_request_on(
    boss: Tab, cem: Person, office: Office
) -> None:
    other = signed_in_as(cem)
    assert other.get(PAGE).status_code == 403
    act(boss, "manage", cem)
    assert other.get(PAGE).status_code == 200
    act(boss, "stop", cem)
    assert other.get(PAGE).status_code == 403
    assert opens(other, office.anna)


@pytest.mark.parametrize("name", ["stop", "leave"])
def test_the_last_who_manages_stays(boss: Tab, cem: Person, office: Office, name: str) -> None:
    assert "U bent de enige die dit team beheert." in act(boss, name, office.carla)
    assert team_of(office.own) == {"Carla": True, "Cem": False}


@pytest.mark.parametrize("changed", [{"is_active": False}, {"role": Person.Role.MEDIATOR}])
def test_who_can_no_longer_come_in_as_manager_does_not_count(
    boss: Tab, cem: Person, office: Office, changed: dict[str, Any]
) -> None:
    manager_of(office.own, cem)
    Person.objects.filter(pk=cem.pk).update(**changed)
    assert "U bent de enige die dit team beheert." in act(boss, "stop", office.carla)


@pytest.mark.parametrize(
    ("name", "left"), [("stop", {"Carla": False, "Cem": True}), ("leave", {"Cem": True})]
)
def test_where_another_manages_too_one_can_stop_and_is_led_on(
    boss: Tab, cem: Person, office: Office, name: str, left: dict[str, bool]
) -> None:
    manager_of(office.own, cem)
    response = boss.post(PAGE, {"act": name, "person": office.carla.pk})
    assert response.headers["Location"] == "/vandaag/"
    assert team_of(office.own) == left


@pytest.mark.parametrize("name", ["manage", "leave"])
def test_sent_twice_it_is_done_once(boss: Tab, cem: Person, office: Office, name: str) -> None:
    act(boss, name, cem)
    versions = PersonVersion.objects.count()
    assert "Er is niets gewijzigd." in act(boss, name, cem)
    assert PersonVersion.objects.count() == versions


def test_of_two_who_end_each_others_managing_the_second_is_refused(cem: Person, office: Office) -> None:
    manager_of(office.own, office.carla)
    manager_of(office.own, cem)
    team.let_manage(cem.pk, office.own, manages=False, by=office.carla, origin=origin())
    with pytest.raises(NotInTeam) as refused:
        team.let_manage(office.carla.pk, office.own, manages=False, by=cem, origin=origin())
    assert refused.value.reason == "no_manager"
    assert team_of(office.own) == {"Carla": True, "Cem": False}


@pytest.mark.parametrize("name", ["manage", "stop", "leave"])
def test_somebody_of_another_unit_is_not_changed(boss: Tab, office: Office, name: str) -> None:
    manager_of(office.other, office.otto)
    assert "Deze persoon werkt niet meer voor uw organisatie." in act(boss, name, office.otto)
    assert (team_of(office.own), team_of(office.other)) == ({"Carla": True}, {"Otto": True})
    assert not PersonVersion.objects.filter(person=office.otto).exists()


def test_who_is_taken_in_already_is_not_made_less(boss: Tab, cem: Person, office: Office) -> None:
    manager_of(office.own, cem)
    with pytest.raises(NotChanged):
        team.take_in("Cem", office.own, by=office.carla, origin=origin())
    assert team_of(office.own)["Cem"] is True


@pytest.mark.parametrize(
    ("sent", "status"), [({"act": "other"}, 404), ({"act": "leave", "person": "x"}, 400)]
)
def test_what_no_page_sends_is_refused(boss: Tab, sent: dict[str, str], status: int) -> None:
    assert boss.post(PAGE, sent).status_code == status


def test_the_page_costs_as_many_queries_for_many_people_as_for_one(boss: Tab, office: Office) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            boss.get(PAGE)
        return len(captured)

    one = queries()
    for number in range(20):
        a_person(f"Iemand {number}", Person.Role.COUNSELLOR, office.own)
    assert queries() == one <= 12


def test_it_is_for_who_manages_the_unit_only(
    carla: Browser, mira: Browser, cem: Person, office: Office
) -> None:
    elsewhere = signed_in_as(manager_of(office.other, office.otto))
    for browser in (carla, mira):
        assert browser.get(PAGE).status_code == 403
        assert browser.post(PAGE, {"act": "leave", "person": cem.pk}).status_code == 403
    assert "Cem" not in text(elsewhere.get(PAGE))
    elsewhere.post(PAGE, {"act": "leave", "person": cem.pk})
    elsewhere.post(PAGE, {"act": "leave", "person": cem.pk, "for_unit": "OE1"})
    assert team_of(office.own) == {"Carla": False, "Cem": False}
    assert not PersonVersion.objects.exists()
