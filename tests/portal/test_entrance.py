"""Coming in: strangers, the demo's choice of a person, units, signing out."""

import uuid

import pytest
from django.apps import apps
from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from inzage.partners.models import Membership, Person
from inzage.portal.checks import demo_stays_at_home
from inzage.portal.coming_in.urls import OPEN
from inzage.portal.signing_in import PersonBackend
from inzage.portal.urls import urlpatterns
from tests.portal.office import Office, a_person, signed_in_as
from tests.portal.reading import goes_to, opens, text

ARGUMENTS = {
    "reference": uuid.UUID(int=7),
    "number": 1,
    "draft": uuid.UUID(int=7),
    "place": 1,
    "version": "2000-01-01",
}
STRANGERS_MAY = {"accessibility", "calendar-feed", "manual", "sign-in", "language", "healthy", *OPEN}
PAGES = [str(pattern.name) for pattern in urlpatterns if pattern.name not in STRANGERS_MAY]


def address_of(name: str) -> str:
    """Some address of the page."""
    pattern = next(pattern for pattern in urlpatterns if pattern.name == name)
    wanted = pattern.pattern.converters
    return reverse(name, kwargs={key: ARGUMENTS[key] for key in wanted})


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_sign_in_from_every_page(name: str, method: str, db: None) -> None:
    response = getattr(Browser(), method)(address_of(name))
    assert response.status_code == 302
    assert goes_to(response) == f"{reverse('sign-in')}?next={address_of(name)}"


@pytest.mark.parametrize("name", PAGES)
def test_somebody_who_was_made_inactive_is_a_stranger(name: str, office: Office) -> None:
    browser = signed_in_as(office.carla)
    Person.objects.filter(pk=office.carla.pk).update(is_active=False)
    assert goes_to(browser.get(address_of(name))).startswith(reverse("sign-in"))


def test_in_the_demo_one_signs_in_by_choosing_a_person(office: Office) -> None:
    browser = Browser()
    assert "Carla" in text(browser.get("/aanmelden/"))
    response = browser.post("/aanmelden/", {"person": "Carla"}, follow=True)
    assert response.redirect_chain[-1][0] == "/vandaag/"
    assert "Werkpad" in text(response)


def test_signing_in_gives_a_new_session_key(office: Office) -> None:
    browser = Browser()
    browser.session.save()
    before = browser.session.session_key
    browser.cookies["inzage"] = str(before)
    browser.post("/aanmelden/", {"person": "Carla"})
    assert browser.session.session_key != before


def test_somebody_unknown_can_not_be_chosen(office: Office) -> None:
    browser = Browser()
    assert browser.post("/aanmelden/", {"person": "Nobody"}).status_code == 404
    assert browser.get("/dossiers/").status_code == 302


def test_only_people_of_the_demo_can_be_chosen(office: Office) -> None:
    Person.objects.filter(pk=office.carla.pk).update(issuer="https://aanmelden.example")
    assert Browser().post("/aanmelden/", {"person": "Carla"}).status_code == 404


def test_outside_the_demo_nobody_can_be_chosen(office: Office, settings: Settings) -> None:
    settings.DEMO = False
    page = Browser().get("/aanmelden/")
    assert "Aanmelden kan nu niet" in text(page)
    assert "Carla" not in text(page)
    assert Browser().post("/aanmelden/", {"person": "Carla"}).status_code == 404


def test_from_another_machine_nobody_can_be_chosen(office: Office) -> None:
    from_elsewhere = Browser(REMOTE_ADDR="203.0.113.9", HTTP_HOST="localhost")
    assert from_elsewhere.post("/aanmelden/", {"person": "Carla"}).status_code == 404


def test_outside_the_demo_its_people_are_signed_in_no_longer(
    carla: Browser, office: Office, settings: Settings
) -> None:
    assert opens(carla, office.anna)
    settings.DEMO = False
    assert not opens(carla, office.anna)


@pytest.mark.parametrize("going", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:1"])
def test_after_signing_in_one_is_never_sent_elsewhere(office: Office, going: str) -> None:
    assert goes_to(Browser().post("/aanmelden/", {"person": "Carla", "next": going})) == "/"


def test_after_signing_in_one_goes_on_to_the_page_one_wanted(office: Office) -> None:
    assert goes_to(Browser().post("/aanmelden/", {"person": "Carla", "next": "/berichten/"})) == "/berichten/"


def test_signing_out_ends_the_session(carla: Browser, office: Office) -> None:
    assert goes_to(carla.post("/afmelden/")) == "/aanmelden/"
    assert not opens(carla, office.anna)


def test_a_link_signs_nobody_out(carla: Browser, office: Office) -> None:
    carla.get("/afmelden/")
    assert opens(carla, office.anna)


@pytest.mark.parametrize(
    "hosts", [["localhost", "inzage.example"], ["*"], [".localhost.example"], ["10.0.0.5"]]
)
def test_the_demo_refuses_to_start_where_others_can_reach_it(settings: Settings, hosts: list[str]) -> None:
    settings.ALLOWED_HOSTS = hosts
    found = demo_stays_at_home()
    assert [(type(error), error.id) for error in found] == [(Error, "inzage.E001")]


def test_a_server_that_runs_no_checks_refuses_too(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["inzage.example"]
    with pytest.raises(ImproperlyConfigured, match=r"inzage\.example"):
        apps.get_app_config("portal").ready()


@pytest.mark.parametrize(
    ("demo", "hosts"), [(True, ["localhost", "127.0.0.1", "[::1]"]), (False, ["inzage.example"])]
)
def test_the_demo_at_home_starts_and_so_does_the_real_thing(
    settings: Settings, demo: bool, hosts: list[str]
) -> None:
    settings.DEMO, settings.ALLOWED_HOSTS = demo, hosts
    assert demo_stays_at_home() == []


def test_somebody_of_two_units_chooses_and_sees_the_dossiers_of_that_one_alone(office: Office) -> None:
    browser = signed_in_as(a_person("Cem", Person.Role.COUNSELLOR, office.own, office.other))
    assert goes_to(browser.get("/dossiers/")) == "/organisatie/?next=%2Fdossiers%2F"
    browser.post("/organisatie/", {"unit": "OE2"})
    assert not opens(browser, office.anna)
    browser.post("/organisatie/", {"unit": "OE1"})
    assert opens(browser, office.anna)


def test_a_unit_one_does_not_work_for_can_not_be_chosen(otto: Browser, office: Office) -> None:
    assert otto.post("/organisatie/", {"unit": "OE1"}).status_code == 404
    assert not opens(otto, office.anna)


def test_somebody_who_no_longer_works_for_the_unit_sees_nothing_from_then_on(office: Office) -> None:
    cem = a_person("Cem", Person.Role.COUNSELLOR, office.own, office.other)
    browser = signed_in_as(cem)
    browser.post("/organisatie/", {"unit": "OE1"})
    assert opens(browser, office.anna)
    Membership.objects.filter(person=cem, unit=office.own).delete()
    assert not opens(browser, office.anna)


@pytest.mark.parametrize("names", [[], ["Leerhuis"], ["Leerhuis", "Werkpad"]])
def test_where_somebody_works_is_read_with_the_person_by_name(office: Office, names: list[str]) -> None:
    units = [unit for unit in (office.own, office.other) if unit.name in names]
    cem = a_person("Cem", Person.Role.COUNSELLOR, *units)
    with CaptureQueriesContext(connection) as asked:
        found = PersonBackend().get_user(cem.pk)
        assert found == cem
        assert [membership.unit.name for membership in found.works_for] == names
    assert len(asked) == 1


def test_somebody_who_was_shut_out_is_nobody(office: Office) -> None:
    Person.objects.filter(pk=office.carla.pk).update(is_active=False)
    assert PersonBackend().get_user(office.carla.pk) is None


def test_somebody_without_a_unit_is_told_what_to_do(office: Office) -> None:
    browser = signed_in_as(a_person("Cas", Person.Role.COUNSELLOR))
    assert "aan geen organisatie gekoppeld" in text(browser.get("/dossiers/", follow=True))


@pytest.mark.parametrize(
    ("who", "page"), [("carla", "/vandaag/"), ("mira", "/formulieren/"), ("bas", "/formulieren/")]
)
def test_everyone_begins_at_the_own_work(who: str, page: str, request: pytest.FixtureRequest) -> None:
    assert goes_to(request.getfixturevalue(who).get("/")) == page
