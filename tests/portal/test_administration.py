"""Who lets people in: roles, units and access, each change on record; and no dossier, whatever one does."""

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from inzage.dossiers.models import ClientAccount
from inzage.partners import people
from inzage.partners.models import Membership, OrganisationCodeVersion, Person, PersonVersion, SignIn
from inzage.partners.people import NotChanged
from tests.portal.office import Office, a_person, origin, signed_in_as
from tests.portal.reading import address, goes_to, markup, text

Role = Person.Role
LIST, NEW, CODES = "/beheer/mensen/", "/beheer/mensen/nieuw/", "/beheer/organisaties/"
NADIA = {"name": "Nadia Nieuw", "subject": "s-1", "issuer": "https://issuer.example", "role": "mediator"}


@pytest.fixture
def ada(office: Office) -> Person:
    """An administrator."""
    return a_person("Ada", Role.ADMINISTRATOR)


@pytest.fixture
def tab(ada: Person) -> Browser:
    """Her browser."""
    return signed_in_as(ada)


def page_of(person: Person) -> str:
    """Where somebody is changed."""
    return f"/beheer/mensen/{person.pk}/"


def a_client(office: Office) -> Person:
    """Anna, who signs in herself."""
    person = a_person("Anna Verzinsel", Role.CLIENT)
    ClientAccount.objects.create(person=person, client=office.anna.client)
    return person


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_manages_people(office: Office, role: Role) -> None:
    browser = signed_in_as(a_person("Iemand", role, office.own))
    before = PersonVersion.objects.count()
    for page in (LIST, NEW, page_of(office.otto), CODES):
        assert browser.get(page).status_code == 403
        assert browser.post(page, {"act": "close", **NADIA}).status_code == 403
    assert PersonVersion.objects.count() == before


def test_an_administrator_begins_at_the_list_and_opens_no_dossier(tab: Browser, office: Office) -> None:
    assert goes_to(tab.get("/")) == LIST
    for page in (address(office.anna), "/dossiers/", "/dossiers/zoeken/", "/formulieren/"):
        assert tab.get(page).status_code == 403


def test_no_page_of_an_administrator_names_a_client_and_an_unknown_person_is_the_same(
    tab: Browser, office: Office
) -> None:
    anna = a_client(office)
    for response in (
        tab.get(LIST),
        tab.post(LIST, {"name": "a"}),
        tab.get(page_of(office.carla)),
        tab.get(CODES),
    ):
        for told in ("Verzinsel", office.anna.client.insz, office.anna.client.client_number):
            assert told not in text(response)
    answers = [tab.get(page) for page in (page_of(anna), f"{LIST}999999/")]
    assert {answer.status_code for answer in answers} == {404}
    assert tab.post(page_of(anna), {"act": "close"}).status_code == 404


def test_somebody_is_added_once_with_a_role_that_is_kept_here(tab: Browser, ada: Person) -> None:
    assert "Deze persoon mag nu binnen." in text(tab.post(NEW, NADIA, follow=True))
    person = Person.objects.get(subject="s-1")
    assert (person.role, person.role_kept_here, person.is_active) == (Role.MEDIATOR, True, True)
    version = PersonVersion.objects.get(person=person)
    assert (version.recorded_by, version.source, version.role) == (ada.signature, "portal", Role.MEDIATOR)

    assert "Deze persoon is al bekend." in text(tab.post(NEW, NADIA))
    assert tab.post(NEW, {**NADIA, "issuer": "https://other.example"}).status_code == 302


@pytest.mark.parametrize(
    "wrong", [{"role": "client"}, {"subject": ""}, {"name": "x" * 201}, {"issuer": "a\x07b"}]
)
def test_what_is_wrong_with_an_addition_is_said_at_its_field(tab: Browser, wrong: dict[str, str]) -> None:
    page = markup(tab.post(NEW, NADIA | wrong))
    (field,) = wrong
    assert f'id="id_{field}_error"' in page
    assert not Person.objects.filter(subject="s-1").exists()


def test_a_role_changes_at_once_and_sessions_begin_anew(tab: Browser, office: Office) -> None:
    carla = Browser()
    carla.post("/aanmelden/", {"person": "Carla"})
    assert "De rol is gewijzigd." in text(
        tab.post(page_of(office.carla), {"act": "role", "role-role": "mediator"}, follow=True)
    )
    assert carla.get("/dossiers/").status_code == 302
    carla.post("/aanmelden/", {"person": "Carla"})
    assert carla.get("/formulieren/").status_code == 200
    assert carla.get(address(office.anna)).status_code == 403
    assert "Rol: VDAB-bemiddelaar, hier bepaald." in text(tab.get(page_of(office.carla)))


def test_a_role_left_to_the_provider_stays_until_the_next_sign_in(tab: Browser, office: Office) -> None:
    Person.objects.filter(pk=office.mira.pk).update(role_kept_here=True)
    tab.post(page_of(office.mira), {"act": "role", "role-role": "provider"})
    office.mira.refresh_from_db()
    assert (office.mira.role, office.mira.role_kept_here) == (Role.MEDIATOR, False)


def test_closing_access_ends_sessions_that_stay_ended(tab: Browser, office: Office) -> None:
    carla = Browser()
    carla.post("/aanmelden/", {"person": "Carla"})
    assert carla.get("/dossiers/").status_code == 200
    key = SignIn.objects.get(person=office.carla).session_id

    tab.post(page_of(office.carla), {"act": "close"})
    assert carla.get("/dossiers/").status_code == 302
    assert not Session.objects.filter(pk=key).exists()
    tab.post(page_of(office.carla), {"act": "open"})
    assert carla.get("/dossiers/").status_code == 302
    page = text(tab.get(page_of(office.carla)))
    assert "Toegang geopend." in page
    assert "Toegang afgesloten." in page


@pytest.mark.parametrize(
    "sent",
    [{"act": "close"}, {"act": "role", "role-role": "mediator"}, {"act": "role", "role-role": "provider"}],
)
def test_nobody_changes_the_own_role_or_access(tab: Browser, ada: Person, sent: dict[str, str]) -> None:
    assert "Uw eigen rol en toegang kunt u niet wijzigen." in text(tab.post(page_of(ada), sent))
    ada.refresh_from_db()
    assert (ada.role, ada.is_active) == (Role.ADMINISTRATOR, True)
    assert not PersonVersion.objects.exists()


def test_of_two_who_close_each_others_access_the_second_is_refused(ada: Person, office: Office) -> None:
    bea = a_person("Bea", Role.ADMINISTRATOR)
    people.close_access(ada.pk, by=bea, origin=origin())
    with pytest.raises(NotChanged, match="whose access is open"):
        people.close_access(bea.pk, by=ada, origin=origin())
    with pytest.raises(NotChanged, match="Nobody changes the own"):
        people.close_access(bea.pk, by=bea, origin=origin())
    assert Person.objects.get(pk=bea.pk).is_active


def test_somebody_works_for_a_unit_manages_it_and_leaves_it_each_on_record(
    tab: Browser, ada: Person, office: Office
) -> None:
    otto = signed_in_as(office.otto)
    page = page_of(office.otto)
    tab.post(page, {"act": "join", "join-unit": "oe1"})
    assert otto.post("/organisatie/", {"unit": "OE1"}).status_code == 302
    assert otto.get(address(office.anna)).status_code == 200
    tab.post(page, {"act": "join", "join-unit": "OE1", "join-manages": "on"})
    assert Membership.objects.get(person=office.otto, unit=office.own).manages
    tab.post(page, {"act": "leave", "leave-unit": "OE1"})
    assert otto.get(address(office.anna)).status_code == 404

    shown = text(tab.get(page))
    assert "Ontkoppeld van Werkpad (OE1). Ada" in shown
    assert "Beheert Werkpad (OE1). Ada" in shown
    assert "Voordien: medewerker van een partner." in shown
    assert PersonVersion.objects.filter(person=office.otto, recorded_by=ada.signature).count() == 3


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"act": "join", "join-unit": "OE2"}, "werkt al zo voor die eenheid"),
        ({"act": "join", "join-unit": "OE99"}, "Deze organisatie kennen wij niet"),
        ({"act": "leave", "leave-unit": "OE1"}, "werkt niet meer voor die eenheid"),
        ({"act": "open"}, "Het was al zo."),
    ],
)
def test_what_changes_nothing_is_said(tab: Browser, office: Office, sent: dict[str, str], said: str) -> None:
    response = tab.post(page_of(office.otto), sent)
    assert said in text(response)
    assert not PersonVersion.objects.exists()
    assert tab.post(page_of(office.otto), {"act": "unheard"}).status_code == 404


def test_a_mediator_works_for_no_unit(tab: Browser, office: Office) -> None:
    assert "Alleen medewerkers van een partner" in text(
        tab.post(page_of(office.mira), {"act": "join", "join-unit": "OE1"})
    )
    assert not Membership.objects.filter(person=office.mira).exists()


def test_a_record_of_a_change_stays_as_it_is(tab: Browser, office: Office) -> None:
    tab.post(page_of(office.carla), {"act": "close"})
    tab.post(CODES, {"unit": "OE3", "code": "034.561"})
    for kept, rows in ((PersonVersion.objects.all(), 2), (OrganisationCodeVersion.objects.all(), 1)):
        assert kept.count() == rows
        for act in (lambda kept=kept: kept.update(source="x"), kept.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()


def test_people_are_found_by_a_part_of_their_name_without_it_standing_in_an_address(
    tab: Browser, office: Office
) -> None:
    zoe = a_person("Zoë Ångström", Role.OPERATOR)
    for typed, found in (("ZOE", True), ("angstr", True), ("zoen", False)):
        page = markup(tab.post(LIST, {"name": typed}))
        assert (page_of(zoe) in page) is found
        assert "Carla" not in page
    assert tab.post(LIST, {"name": ""}).status_code == 200


def test_the_lists_are_a_page_at_a_time_and_say_who_waits_for_a_unit(tab: Browser, office: Office) -> None:
    waiting = [a_person(f"Wacht {number}", Role.COUNSELLOR) for number in range(55)]
    closed = a_person("Weg", Role.OPERATOR)
    Person.objects.filter(pk=closed.pk).update(is_active=False)

    first = markup(tab.get(f"{LIST}?lijst=wachten"))
    assert page_of(waiting[-1]) in first
    assert page_of(office.carla) not in first
    assert page_of(waiting[0]) not in first
    last = waiting[5]
    assert page_of(waiting[0]) in markup(tab.get(f"{LIST}?lijst=wachten&na={last.pk}"))
    assert page_of(closed) in markup(tab.get(f"{LIST}?lijst=afgesloten"))
    assert page_of(office.carla) not in markup(tab.get(f"{LIST}?lijst=afgesloten"))
    assert tab.get(f"{LIST}?na=x").status_code == 400


def test_the_pages_cost_as_many_queries_for_many_as_for_one(
    tab: Browser, office: Office, ada: Person
) -> None:
    def costs() -> list[int]:
        found = []
        for page in (LIST, page_of(office.carla), CODES):
            with CaptureQueriesContext(connection) as queries:
                tab.get(page)
            found.append(len(queries))
        return found

    people.leave(office.carla.pk, office.own, origin=origin())
    people.join(office.carla.pk, office.own, manages=False, origin=origin())
    before = costs()
    for unit in (office.other, office.school):
        people.join(office.carla.pk, unit, manages=True, origin=origin())
        people.name_organisation(unit, f"0{unit.pk}", origin())
    for number in range(10):
        a_person(f"Nog {number}", Role.COUNSELLOR, office.own, office.other)

    assert costs() == before
    assert max(before) <= 12


def test_a_school_gets_its_code_and_whoever_else_none(tab: Browser, office: Office) -> None:
    assert "De code van CDO Verzonnen is bewaard." in text(
        tab.post(CODES, {"unit": "OE3", "code": "034.561"}, follow=True)
    )
    office.school.refresh_from_db()
    assert office.school.organisation_code == "034561"
    assert "Het was al zo." in text(tab.post(CODES, {"unit": "OE3", "code": "034561"}))
    assert "Een code bestaat uit" in text(tab.post(CODES, {"unit": "OE3", "code": "é"}))
    tab.post(CODES, {"unit": "OE3", "code": ""})
    office.school.refresh_from_db()
    assert office.school.organisation_code == ""
    assert OrganisationCodeVersion.objects.count() == 2
