"""A link from elsewhere opens the page where a right is asked filled in; it tells nothing of the dossier (S01, S03)."""

import re
import uuid
from itertools import product
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Dossier
from inzage.partners.models import Membership, Person, Unit
from inzage.rules.names import Route, UnitKind
from inzage.rules.next_steps import route_of
from inzage.view_rights.consenting import refuse
from inzage.view_rights.next_steps import ways_of
from tests.portal.links import a_link
from tests.portal.office import (
    TODAY,
    Office,
    Tab,
    a_dossier,
    a_person,
    from_ibis,
    in_brussels,
    origin,
    signed_in_as,
)
from tests.portal.reading import goes_to, lines, markup, text

NOWHERE = uuid.UUID(int=7)
NOT_THAT_ONE = "horen niet bij het dossier waarvan u komt"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
CHECKED = re.compile(r'name="(route)" value="([^"]*)"[^>]* checked')
CAME_FROM = "Het dossier waarvan u komt"


def sent(browser: Browser, link: str, about: Dossier, /, **other: str) -> Any:
    """The page that the link opens, sent with what it filled in and with number and name of a client, to the end."""
    route = {"route": other.pop("route")} if "route" in other else {}
    second = first_step(browser, link, about, **other)
    page = markup(second)
    chosen = dict(CHECKED.findall(page))
    return (
        browser.post("/aanvragen/nieuw/", {**dict(HIDDEN.findall(page)), **chosen, **route}, follow=True)
        if chosen
        else second
    )


def first_step(browser: Browser, link: str, about: Dossier, /, **other: str) -> Any:
    """Where the first step leads: to the second, or to what is wrong with the first."""
    page = markup(browser.get(link))
    named = dict(re.findall(r'name="(other)" value="([^"]*)"', page))
    client = about.client
    known = {"number": client.client_number, "family_name": client.family_name, "purpose": "training"}
    return browser.post(link, {**dict(HIDDEN.findall(page)), **named, **known, **other}, follow=True)


def asked() -> list[ConsentForm]:
    """What was asked in the portal and is still to come in."""
    return list(ConsentForm.objects.filter(asked_by__isnull=False, state="asked"))


def test_the_page_is_the_same_whether_the_dossier_exists_or_not(otto: Browser, office: Office) -> None:
    pages = [
        markup(otto.get(a_link(reference))).replace(str(reference), "")
        for reference in (office.anna.reference, NOWHERE)
    ]
    assert pages[0] == pages[1]
    assert CAME_FROM in pages[0]
    client = office.anna.client
    for told in (client.client_number, client.insz, client.family_name, client.given_name):
        assert told not in pages[0]
    assert lines("search") == lines("look") == lines("list") == []


def test_without_a_link_no_dossier_is_spoken_of(otto: Browser, office: Office) -> None:
    for page in ("/aanvragen/nieuw/", "/aanvragen/nieuw/?dossier=K0000001", "/aanvragen/nieuw/?dossier="):
        assert CAME_FROM not in text(otto.get(page))
        assert "K0000001" not in markup(otto.get(page))


def test_number_and_name_of_that_very_client_ask_the_right(otto: Browser, office: Office) -> None:
    response = sent(otto, a_link(office.anna), office.anna)
    assert "Het inzagerecht is aangevraagd." in text(response)
    (form,) = asked()
    assert (form.dossier, form.unit, form.asked_by) == (office.anna, office.other, office.other)
    assert lines("search") == [{office.anna.pk}, {office.anna.pk}]


@pytest.mark.parametrize("exists", [True, False])
def test_of_another_client_nothing_is_asked_and_the_page_says_so_and_keeps_the_reference(
    otto: Browser, office: Office, exists: bool
) -> None:
    reference = office.anna.reference if exists else NOWHERE
    bob = a_dossier("Bob", "Anders")
    response = sent(otto, a_link(reference), bob)
    assert NOT_THAT_ONE in text(response)
    assert f'name="dossier" value="{reference}"' in markup(response)
    assert asked() == []
    assert lines("search") == [{bob.pk}]


def test_of_nobody_at_all_it_says_what_it_says_without_a_link(otto: Browser, office: Office) -> None:
    for link in (a_link(office.anna), a_link(NOWHERE), "/aanvragen/nieuw/"):
        page = text(sent(otto, link, office.anna, family_name="Niemand"))
        assert "vinden wij geen klant" in page
        assert NOT_THAT_ONE not in page
    assert asked() == []


def test_corrected_after_a_mistake_it_is_asked_of_that_dossier(otto: Browser, office: Office) -> None:
    bob = a_dossier("Bob", "Anders")
    page = markup(sent(otto, a_link(office.anna), bob))
    kept = re.search(r'name="dossier" value="([^"]*)"', page)
    assert kept is not None
    known = {"number": office.anna.client.insz, "family_name": "Verzinsel", "dossier": kept[1]}
    otto.post("/aanvragen/nieuw/", {**known, "purpose": "training", "route": "form"})
    assert [form.dossier for form in asked()] == [office.anna]


def test_a_reference_that_was_tampered_with_is_no_dossier(otto: Browser, office: Office) -> None:
    for changed in ("x", "\0", str(office.anna.reference).replace("-", "")):
        assert NOT_THAT_ONE in text(sent(otto, a_link(office.anna), office.anna, dossier=changed))
    assert asked() == []


def test_of_two_clients_with_one_number_and_name_it_is_the_one_one_came_from(
    otto: Browser, office: Office
) -> None:
    twin = a_dossier("Anneke", "Verzinsel")
    twin.client.insz = office.anna.client.insz
    twin.client.save()
    sent(otto, a_link(twin), office.anna, number=twin.client.insz)
    assert [form.dossier for form in asked()] == [twin]


def test_s03_a_link_for_an_organisation_one_does_not_work_for_asks_for_that_one(
    carla: Browser, office: Office
) -> None:
    page = text(carla.get(a_link(office.anna)))
    assert "Deze link is voor Leerhuis (OE-nummer OE2), waarvoor u niet werkt." in page
    assert "Werk voor Leerhuis" not in page
    sent(carla, a_link(office.anna), office.anna)
    assert [(form.unit, form.asked_by) for form in asked()] == [(office.other, office.own)]


@pytest.fixture
def cem(office: Office) -> Tab:
    """Somebody who works for Leerhuis and Werkpad, now for Werkpad."""
    tab = signed_in_as(a_person("Cem", Person.Role.COUNSELLOR, office.own, office.other))
    tab.post("/organisatie/", {"unit": "OE1"})
    return tab


def test_s03_a_link_for_another_own_organisation_offers_to_work_for_that_one(
    cem: Tab, office: Office
) -> None:
    link = a_link(office.anna)
    page = markup(cem.get(link))
    assert "en u werkt nu voor Werkpad" in page
    going = re.search(r'name="next" value="([^"]*)"', page)
    assert going is not None
    switched = cem.post("/organisatie/", {"unit": "OE2", "next": going[1].replace("&amp;", "&")})
    assert goes_to(switched) == link
    assert "U vraagt dit als Leerhuis (OE-nummer OE2)." in text(cem.get(link))
    assert "Deze link is voor" not in text(cem.get(link))
    sent(cem, link, office.anna)
    assert [(form.unit, form.asked_by) for form in asked()] == [(office.other, office.other)]


def test_s03_or_asks_for_it_from_the_one_one_works_for_now(cem: Tab, office: Office) -> None:
    sent(cem, a_link(office.anna), office.anna)
    assert [(form.unit, form.asked_by) for form in asked()] == [(office.other, office.own)]


def test_s03_a_form_opened_for_another_organisation_keeps_the_dossier_it_came_from(
    cem: Tab, office: Office
) -> None:
    refused = cem.post(a_link(office.anna), {"for_unit": "OE2", "dossier": str(office.anna.reference)})
    assert refused.status_code == 409
    assert f'name="dossier" value="{office.anna.reference}"' in markup(refused)


def test_a_link_for_an_organisation_nobody_knows_says_so_and_asks_nothing(
    otto: Browser, office: Office
) -> None:
    link = a_link(office.anna, "OE99")
    assert "een organisatie die wij niet kennen (OE-nummer OE99)" in text(otto.get(link))
    assert "Deze organisatie kennen wij niet" in text(sent(otto, link, office.anna))
    assert asked() == []


def test_what_a_link_says_is_shown_as_text_and_never_as_markup(otto: Browser, office: Office) -> None:
    page = markup(otto.get(a_link(office.anna, "<b>OE")))
    assert "&lt;b&gt;OE" in page
    assert "<b>" not in page
    assert "x" * 41 not in markup(otto.get(a_link(office.anna, "x" * 41)))


@pytest.mark.parametrize(
    ("way", "chosen"),
    [
        ("form", "form"),
        ("brussels_form", "form"),
        ("brussels_ibis", "form"),
        ("mediator", "mediator"),
        ("ibis", "form"),
        ("assignment", "form"),
        ("", "form"),
        ("nergens", "form"),
    ],
)
def test_the_way_in_the_link_is_chosen_and_any_other_word_leaves_the_page_as_it_is(
    otto: Browser, office: Office, way: str, chosen: str
) -> None:
    page = markup(first_step(otto, f"/aanvragen/nieuw/?weg={way}", office.anna))
    assert CHECKED.findall(page) == [("route", chosen)]


@pytest.mark.parametrize("who", ["mira", "bas"])
def test_a_link_is_for_partners_people_only(request: pytest.FixtureRequest, office: Office, who: str) -> None:
    browser: Browser = request.getfixturevalue(who)
    assert browser.get(a_link(office.anna)).status_code == 403


def test_who_lost_the_organisation_of_the_link_is_not_offered_to_work_for_it(
    cem: Tab, office: Office
) -> None:
    Membership.objects.filter(person__name="Cem", unit=office.other).delete()
    assert "waarvoor u niet werkt" in text(cem.get(a_link(office.anna)))


@pytest.mark.parametrize(("kind", "brussels", "ibis"), list(product(UnitKind, (False, True), (False, True))))
def test_the_page_asks_on_each_lawful_way_what_that_way_is_and_refuses_every_other(
    otto: Browser, office: Office, kind: UnitKind, brussels: bool, ibis: bool
) -> None:
    """What is said to be lawful and what the page makes of it can't disagree."""
    Unit.objects.filter(pk=office.other.pk).update(kind=kind)
    if brussels:
        in_brussels(office.anna)
    if ibis:
        from_ibis(office.anna, office.other)
    pair = (office.anna.reference, office.other.oe_number)
    ways = ways_of([pair], TODAY)[pair]
    lawful = [route for way in ways if (route := route_of(way))]
    for way in ways:
        if route_of(way):
            sent(otto, a_link(office.anna, "OE2", way), office.anna)
            (form,) = asked()
            assert form.route == route_of(way)
            refuse(form.pk, reason="Nog eens", origin=origin())
    for choice in (Route.FORM, Route.MEDIATOR):
        sent(otto, "/aanvragen/nieuw/", office.anna, route=choice)
        made = {Route(form.route) for form in asked()}
        assert made <= set(lawful)
        assert bool(made) is (choice is Route.FORM or choice in lawful)
        for form in asked():
            refuse(form.pk, reason="Nog eens", origin=origin())


def test_the_link_leads_to_the_page_itself(office: Office) -> None:
    assert a_link(office.anna).startswith(reverse("ask"))
