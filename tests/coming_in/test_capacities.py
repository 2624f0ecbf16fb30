"""At work and as a citizen one is two: what is done in one capacity changes nothing about the other."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from inzage.dossiers.models import ClientAccount
from inzage.partners import people
from inzage.partners.capacities import Done, roles_when
from inzage.partners.identities import Identity, Organisation
from inzage.partners.models import Membership, Person, PersonVersion, SignIn
from inzage.partners.people import NewPerson, close_access, record, record_before
from inzage.partners.team import let_manage
from inzage.portal.coming_in.letting_in import NotLetIn, Turned, role_of
from tests.coming_in.pretending import CARLA, ISSUER, WERKPAD, Pretending
from tests.coming_in.travelling import in_by, is_in, provider
from tests.portal.office import NOON, Office, a_person, origin, signed_in_as
from tests.portal.reading import text

__all__ = ["provider"]
Role = Person.Role
LEERHUIS = Organisation("0428315871", "Leerhuis vzw")
HOUR = timedelta(hours=1)


@pytest.fixture
def as_citizen(provider: Pretending, office: Office) -> Identity:
    """Carla, who is Anna when she comes for herself."""
    return CARLA._replace(role=Role.CLIENT, organisation=None, insz=office.anna.client.insz)


@pytest.fixture
def carla(provider: Pretending, office: Office) -> Person:
    """Carla at work: she came once, and manages Werkpad's unit."""
    office.own.organisation_code = WERKPAD.code
    office.own.save()
    in_by(Browser(), who=CARLA)
    person = Person.objects.get(issuer=ISSUER, subject="s-1")
    return people.join(person.pk, office.own, manages=True, origin=origin())


def test_who_comes_as_a_citizen_stays_at_work_what_he_or_she_is(carla: Person, as_citizen: Identity) -> None:
    before = list(carla.versions.values())
    at_work, at_home = Browser(), Browser()
    in_by(at_work, who=CARLA)
    in_by(at_home, who=as_citizen)

    carla.refresh_from_db()
    citizen = ClientAccount.objects.get().person
    assert (carla.role, citizen.role) == (Role.COUNSELLOR, Role.CLIENT)
    assert citizen != carla
    assert list(carla.versions.values()) == before
    assert at_work.get("/dossiers/").status_code == at_home.get("/mijn-dossier/").status_code == 200
    assert at_work.get("/mijn-dossier/").status_code == at_home.get("/dossiers/").status_code == 403


def test_an_administrator_and_a_manager_see_who_came_as_a_citizen_as_before(
    carla: Person, as_citizen: Identity, office: Office
) -> None:
    ada = signed_in_as(people.add(NewPerson(ISSUER, "ada", "Ada", Role.ADMINISTRATOR), origin()))
    pages = (f"/beheer/mensen/{carla.pk}/", "/beheer/mensen/")
    before = [text(ada.get(page)) for page in pages]
    assert all("Carla Voorbeeld" in page for page in before)
    in_by(Browser(), who=as_citizen)

    assert [text(ada.get(page)) for page in pages] == before
    otto = Membership.objects.create(person=office.otto, unit=office.own).person
    let_manage(otto.pk, office.own, manages=True, by=carla, origin=origin())
    assert ada.get(f"/beheer/mensen/{ClientAccount.objects.get().person_id}/").status_code == 404


def test_in_one_browser_one_is_the_last_one_only(carla: Person, as_citizen: Identity) -> None:
    browser = Browser()
    in_by(browser, who=CARLA)
    in_by(browser, who=as_citizen)
    assert browser.get("/dossiers/").status_code == 403
    assert SignIn.objects.exclude(person=carla).count() == 1


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.OPERATOR])
def test_a_role_that_is_kept_here_is_no_bar_to_the_own_dossier_and_opens_nothing_there(
    as_citizen: Identity, role: Role
) -> None:
    kept = people.add(NewPerson(ISSUER, "s-1", "Carla", role), origin())
    browser = Browser()
    in_by(browser, who=as_citizen)
    assert browser.get("/mijn-dossier/").status_code == 200
    assert browser.get("/beheer/mensen/").status_code == browser.get("/beheer/").status_code == 403
    kept.refresh_from_db()
    assert (kept.role, kept.role_kept_here) == (role, True)


def test_access_that_is_closed_at_work_leaves_the_own_dossier_open(
    carla: Person, as_citizen: Identity
) -> None:
    ada = a_person("Ada", Role.ADMINISTRATOR)
    at_home = Browser()
    in_by(at_home, who=as_citizen)
    close_access(carla.pk, by=ada, origin=origin())
    assert at_home.get("/mijn-dossier/").status_code == 200
    assert in_by(Browser(), who=CARLA).status_code == 403
    assert in_by(Browser(), who=as_citizen).status_code == 302


def test_whoever_came_as_a_citizen_is_added_as_anybody_else(as_citizen: Identity) -> None:
    in_by(Browser(), who=as_citizen)
    people.add(NewPerson(ISSUER, "s-1", "Carla", Role.MEDIATOR), origin())
    assert sorted(Person.objects.filter(issuer=ISSUER).values_list("role", flat=True)) == [
        "client",
        "mediator",
    ]
    with pytest.raises(people.NotChanged):
        people.add(NewPerson(ISSUER, "s-1", "Carla", Role.OPERATOR), origin())


def test_the_first_administrator_is_made_beside_the_citizen(as_citizen: Identity) -> None:
    in_by(Browser(), who=as_citizen)
    ada = people.make_first_administrator(ISSUER, "s-1", "Ada", origin())
    assert (ada.role, ClientAccount.objects.get().person.role) == (Role.ADMINISTRATOR, Role.CLIENT)


@pytest.mark.parametrize(("role", "other"), [("client", "counsellor"), ("mediator", "client")])
def test_the_database_refuses_that_one_becomes_the_other(office: Office, role: str, other: str) -> None:
    person = a_person("Iemand", role)
    with pytest.raises(DatabaseError, match="two persons"), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(role=other)
    Person.objects.filter(pk=person.pk).update(name="Anders")
    assert Person.objects.get(pk=person.pk).name == "Anders"


@pytest.mark.parametrize("second", ["client", "mediator"])
def test_the_database_keeps_one_of_each_for_a_subject(office: Office, second: str) -> None:
    for role in ("client", "counsellor"):
        Person.objects.create(issuer=ISSUER, subject="twice", name="T", role=role)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(issuer=ISSUER, subject="twice", name="T", role=second)
    Person.objects.create(issuer="https://other.example", subject="twice", name="T", role=second)


@pytest.mark.parametrize(("language", "is_kept"), [("fr", True), ("", True), ("de", False), ("FR", False)])
def test_the_database_keeps_no_language_that_the_pages_do_not_speak(
    office: Office, language: str, is_kept: bool
) -> None:
    of_carla = Person.objects.filter(pk=office.carla.pk)
    if is_kept:
        assert of_carla.update(language=language) == 1
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        of_carla.update(language=language)


@pytest.mark.parametrize(
    ("role", "organisation", "at_home", "lets_in"),
    [
        (Role.MEDIATOR, WERKPAD, True, True),
        (Role.MEDIATOR, WERKPAD, False, False),
        (Role.MEDIATOR, None, False, False),
        (Role.COUNSELLOR, WERKPAD, False, True),
        (Role.COUNSELLOR, WERKPAD, True, True),
        (Role.COUNSELLOR, None, False, False),
    ],
)
def test_a_role_that_is_kept_here_counts_for_an_organisation_to_which_it_belongs(
    role: Role, organisation: Organisation | None, at_home: bool, lets_in: bool
) -> None:
    person = Person(role=role, role_kept_here=True)
    identity = CARLA._replace(role=None, organisation=organisation, at_home=at_home)
    if lets_in:
        assert role_of(person, identity) == role
        return
    with pytest.raises(NotLetIn) as refusal:
        role_of(person, identity)
    assert refusal.value.turned is Turned.OTHER_ORGANISATION


def test_a_role_that_the_provider_withdrew_ends_the_sessions_for_that_organisation_and_no_others(
    carla: Person, as_citizen: Identity
) -> None:
    at_leerhuis = CARLA._replace(organisation=LEERHUIS)
    otto = CARLA._replace(subject="s-2")
    browsers = {who: Browser() for who in (CARLA, at_leerhuis, otto, as_citizen)}
    for who, browser in browsers.items():
        in_by(browser, who=who)

    assert in_by(Browser(), who=CARLA._replace(role=None)).status_code == 403
    assert {who: is_in(browser) for who, browser in browsers.items()} == {
        CARLA: False,
        at_leerhuis: True,
        otto: True,
        as_citizen: True,
    }
    in_by(Browser(), who=CARLA._replace(role=None, organisation=None))
    assert is_in(browsers[at_leerhuis])


def test_of_a_role_that_is_kept_here_the_provider_withdraws_nothing(provider: Pretending) -> None:
    people.add(NewPerson(ISSUER, "s-1", "Carla", Role.COUNSELLOR), origin())
    browser = Browser()
    in_by(browser, who=CARLA)
    assert in_by(Browser(), who=CARLA._replace(role=None)).status_code == 302
    assert is_in(browser)


@pytest.mark.parametrize("turned", [{"role": None}, {"role": Role.CLIENT, "organisation": None}])
def test_who_is_turned_away_leaves_nobody_signed_in_in_that_browser(
    carla: Person, turned: dict[str, Any]
) -> None:
    browser, beside = Browser(), Browser()
    for each in (browser, beside):
        in_by(each, who=CARLA)
    assert in_by(browser, who=CARLA._replace(subject="s-9", **turned)).status_code == 403
    assert (is_in(browser), is_in(beside)) == (False, True)


def test_what_was_done_keeps_the_role_of_that_moment(office: Office) -> None:
    mira, noon = office.mira, datetime(2026, 3, 2, 11, tzinfo=UTC)
    for hours, role in ((2, Role.COUNSELLOR), (4, Role.MEDIATOR)):
        changed = origin()._replace(at=noon + hours * HOUR)
        record_before(mira, changed)
        mira.role = role
        mira.save()
        record(mira, changed)

    done = [Done(mira.pk, noon + hours * HOUR) for hours in (1, 2, 3, 4, 5)]
    with CaptureQueriesContext(connection) as queries:
        assert list(roles_when(done).values()) == [
            "mediator",
            "counsellor",
            "counsellor",
            "mediator",
            "mediator",
        ]
    assert len(queries) == 2
    otto, nobody = Done(office.otto.pk, noon), Done(0, noon)
    assert roles_when([otto, nobody]) == {otto: "counsellor", nobody: ""}
    assert roles_when([]) == {}


def test_one_row_of_before_becomes_two_and_what_was_at_work_is_so_again(office: Office) -> None:
    def mixed(subject: str, role: str) -> Person:
        person = Person.objects.create(issuer=ISSUER, subject=subject, name=subject, role=role, language="fr")
        ClientAccount.objects.create(person=person, client=office.anna.client)
        return person

    at_home, at_work, member, citizen = (
        mixed(*each) for each in (("a", "client"), ("b", "operator"), ("c", "client"), ("d", "client"))
    )
    for role in ("mediator", "client"):
        PersonVersion.objects.create(
            person=at_home,
            recorded_at=NOON,
            holds_from=NOON.date(),
            recorded_by="",
            source="oidc",
            role=role,
            role_kept_here=False,
            is_active=True,
        )
    Membership.objects.create(person=member, unit=office.own)
    browser, client = signed_in_as(at_home), signed_in_as(citizen)
    for each, person in ((browser, at_home), (client, citizen)):
        session = Session.objects.get(pk=each.session.session_key)
        SignIn.objects.create(session=session, person=person, begun_at=NOON)
    _without_the_guard()
    import_module("inzage.dossiers.migrations.0008_citizens_apart").set_apart(apps, None)

    roles = Person.objects.filter(issuer=ISSUER).order_by("subject", "pk").values_list("subject", "role")
    assert list(roles) == [
        *(("a", "mediator"), ("a", "client")),
        *(("b", "operator"), ("b", "client")),
        *(("c", "counsellor"), ("c", "client")),
        ("d", "client"),
    ]
    owners = ClientAccount.objects.order_by("person__subject").values_list("person__role", "person__language")
    assert list(owners) == [("client", ""), ("client", ""), ("client", ""), ("client", "fr")]
    assert not ClientAccount.objects.filter(person__in=[at_home, at_work, member]).exists()
    assert (is_in(browser), is_in(client)) == (False, True)


def _without_the_guard() -> None:
    """As it was before the migration; undone with the test."""
    where = " ON partners_person" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER partners_person_no_update{where}")
