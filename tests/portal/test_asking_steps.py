"""Asking in two steps: the second says which ways the facts leave open and why, and what is there already."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Dossier
from inzage.partners.models import Person, Unit
from inzage.view_rights.assigning import assign
from tests.portal.office import (
    TODAY,
    Office,
    Tab,
    a_dossier,
    a_form,
    a_person,
    a_right,
    from_ibis,
    in_brussels,
    origin,
    signed_in_as,
)
from tests.portal.reading import goes_to, lines, markup, text

PAGE = "/aanvragen/nieuw/"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
OFFERED = re.compile(r'<input type="radio" name="route" value="([^"]*)"')


def entered(dossier: Dossier, **other: str) -> dict[str, str]:
    """What the first step takes."""
    known = {"number": dossier.client.client_number, "family_name": dossier.client.family_name}
    return {**known, "purpose": "training", "activity_title": "Lassen", **other}


def second(browser: Browser, dossier: Dossier, **other: str) -> Any:
    """The page of the second step."""
    return browser.post(PAGE, entered(dossier, **other), follow=True)


def sent(browser: Browser, page: Any, **chosen: str) -> Any:
    """The second step sent in as it stands there, with what is chosen on it."""
    return browser.post(PAGE, {**dict(HIDDEN.findall(markup(page))), **chosen}, follow=True)


def forms_of(unit: Unit) -> list[ConsentForm]:
    """What this unit asked."""
    return list(ConsentForm.objects.filter(asked_by=unit))


def test_the_first_step_asks_nothing_yet_and_leads_to_an_address_that_names_nobody(
    otto: Browser, office: Office
) -> None:
    response = otto.post(PAGE, entered(office.anna))
    assert re.fullmatch(rf"{PAGE}[0-9a-f-]{{36}}/", goes_to(response))
    assert str(office.anna.reference) not in goes_to(response)
    assert forms_of(office.other) == []


def test_outside_brussels_the_form_and_the_mediator_are_open_and_it_says_why(
    otto: Browser, office: Office
) -> None:
    page = second(otto, office.anna)
    assert OFFERED.findall(markup(page)) == ["form", "mediator"]
    assert "De klant woont niet in Brussel. U vult het formulier samen met de klant volledig in" in text(page)
    assert "Wijst VDAB deze klant onder een getenderde service aan uw organisatie toe" in text(page)
    assert "Anna" not in text(page)


def test_s11_in_brussels_only_the_brussels_form_is_open(otto: Browser, office: Office) -> None:
    page = second(otto, in_brussels(office.anna))
    assert OFFERED.findall(markup(page)) == ["form"]
    assert "met het Brusselse formulier De klant woont in Brussel." in text(page)
    sent(otto, page, route="form")
    assert [form.route for form in forms_of(office.other)] == ["brussels_form"]


def test_s17_beside_a_line_from_ibis_it_is_that_form_and_before_it_ibis_is_pointed_to(
    otto: Browser, office: Office
) -> None:
    Unit.objects.filter(pk=office.other.pk).update(kind="promoter")
    in_brussels(office.anna)
    assert "Werkt uw organisatie met IBIS, registreer dan eerst daar" in text(second(otto, office.anna))
    from_ibis(office.anna, office.other)
    page = second(otto, office.anna)
    assert "registreer dan eerst daar" not in text(page)
    assert "bij de lijn uit IBIS" in text(page)
    sent(otto, page, route="form")
    assert [form.route for form in forms_of(office.other)] == ["brussels_ibis"]


def test_s03_for_another_organisation_it_is_named_and_nothing_of_it_is_told(
    carla: Browser, office: Office
) -> None:
    from_ibis(in_brussels(office.anna), office.other)
    a_right(office.anna, office.other)
    page = second(carla, office.anna, other="OE2")
    assert "Voor Leerhuis (OE2)" in text(page)
    assert "Wat er al is" not in text(page)
    assert "IBIS" not in text(page)
    sent(carla, page, route="form")
    assert [(form.unit, form.route) for form in forms_of(office.own)] == [(office.other, "brussels_form")]


def test_s02_an_assignment_gives_the_right_by_itself_and_the_page_says_so(
    carla: Browser, office: Office
) -> None:
    bob, ben = a_dossier("Bob"), a_dossier("Ben")
    assign(bob.pk, office.own, office.service, on=TODAY, origin=origin())
    assign(ben.pk, office.own, office.service, on=TODAY + timedelta(days=3), origin=origin())
    assert "het recht kwam vanzelf, en u hoeft niets aan te vragen" in text(second(carla, bob))
    assert "het recht komt vanzelf, op 5 maart 2026" in text(second(carla, ben))
    assert "vanzelf," not in text(second(carla, office.anna)).split("buiten deze aanvraag")[0]


def test_s02_an_assignment_of_another_is_never_told_of(otto: Browser, office: Office) -> None:
    assign(office.anna.pk, office.own, office.service, on=TODAY, origin=origin())
    assert "Wat er al is" not in text(second(otto, office.anna))


@pytest.mark.parametrize(("purpose", "said"), [("guidance", True), ("training", False)])
def test_s04_no_form_is_asked_of_who_consented_to_the_same_at_the_mediator(
    carla: Browser, office: Office, purpose: str, said: bool
) -> None:
    page = second(carla, office.anna, purpose=purpose)
    assert ("De klant gaf deze toestemming al bij de bemiddelaar" in text(page)) is said
    answer = sent(carla, page, route="form", again="on")
    assert bool(forms_of(office.own)) is not said
    assert ("er is geen formulier meer nodig" in text(answer)) is said


def test_s04_in_brussels_such_a_consent_leaves_nothing_to_ask(carla: Browser, office: Office) -> None:
    page = markup(second(carla, in_brussels(office.anna), purpose="guidance"))
    assert "De klant gaf deze toestemming al bij de bemiddelaar" in page
    assert OFFERED.findall(page) == []


def test_what_is_under_way_is_not_asked_again(otto: Browser, office: Office) -> None:
    page = second(otto, office.anna)
    sent(otto, page, route="form")
    assert "die aanvraag loopt nog" in text(sent(otto, page, route="form"))
    assert len(forms_of(office.other)) == 1
    again = second(otto, office.anna)
    assert "die aanvraag loopt nog (aangevraagd, sinds 2 maart 2026)" in text(again)
    assert OFFERED.findall(markup(again)) == []
    assert OFFERED.findall(markup(second(otto, office.anna, purpose="guidance"))) != []


def test_what_another_asked_for_itself_is_not_told(carla: Browser, office: Office) -> None:
    a_form(office.anna, office.other)
    assert "loopt nog" not in text(second(carla, office.anna, other="OE2"))


def test_going_back_finds_the_first_step_filled_in(otto: Browser, office: Office) -> None:
    page = markup(second(otto, office.anna, other="OE1"))
    back = re.search(r'<p class="back"><a href="([^"]+)"', page)
    assert back is not None
    first = markup(otto.get(back[1]))
    for value in (office.anna.client.client_number, "Verzinsel", "Lassen", "OE1"):
        assert f'value="{value}"' in first
        assert value not in back[1]
    assert re.search(r'value="training"[^>]* checked', first)


def test_loading_the_second_step_again_shows_it_again_and_asks_nothing(otto: Browser, office: Office) -> None:
    where = goes_to(otto.post(PAGE, entered(office.anna)))
    assert markup(otto.get(where)) == markup(otto.get(where))
    assert forms_of(office.other) == []
    assert lines("search") == [{office.anna.pk}] * 2


def test_two_tabs_ask_each_of_their_own_client(otto: Browser, office: Office) -> None:
    bob = a_dossier("Bob", "Anders")
    first, other = second(otto, office.anna), second(otto, bob)
    sent(otto, first, route="form")
    assert [form.dossier for form in forms_of(office.other)] == [office.anna]
    sent(otto, other, route="form")
    assert [form.dossier for form in forms_of(office.other)] == [office.anna, bob]


def test_what_was_asked_is_kept_no_longer_nor_more_than_a_few_at_once(otto: Browser, office: Office) -> None:
    page = second(otto, office.anna)
    for _ in range(6):
        otto.post(PAGE, entered(a_dossier("Bob", "Anders")))
    assert len(otto.session["asking"]) == 5
    page = second(otto, office.anna)
    sent(otto, page, route="form")
    assert office.anna.client.client_number not in str(otto.session["asking"])


def test_a_draft_is_of_one_browser_and_one_organisation(
    otto: Browser, carla: Browser, office: Office
) -> None:
    where = goes_to(otto.post(PAGE, entered(office.anna)))
    assert goes_to(carla.get(where)) == PAGE
    cem: Tab = signed_in_as(a_person("Cem", Person.Role.COUNSELLOR, office.own, office.other))
    cem.post("/organisatie/", {"unit": "OE1"})
    own = goes_to(cem.post(PAGE, entered(office.anna)))
    cem.post("/organisatie/", {"unit": "OE2"})
    assert goes_to(cem.get(own)) == PAGE


def test_a_draft_that_nobody_made_leads_to_the_first_step(otto: Browser, office: Office) -> None:
    assert goes_to(otto.get(reverse("ask-way", args=[office.anna.reference]))) == PAGE
    for draft in ("x", str(office.anna.reference)):
        assert 'value="K' not in markup(otto.get(f"{PAGE}?weer={draft}"))


def test_the_second_step_tells_a_stranger_to_the_client_nothing(otto: Browser, office: Office) -> None:
    in_brussels(office.anna)
    unknown = second(otto, office.anna, family_name="Anders")
    assert "vinden wij geen klant" in text(unknown)
    assert "Brussel" not in text(unknown)


def test_the_second_step_costs_a_bounded_number_of_queries(otto: Browser, office: Office) -> None:
    where = goes_to(otto.post(PAGE, entered(in_brussels(office.anna))))
    with CaptureQueriesContext(connection) as captured:
        otto.get(where)
    assert sum("SAVEPOINT" not in one["sql"] for one in captured) <= 12
