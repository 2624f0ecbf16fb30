"""Asking where there is something already: each search has its line, an own right is told of, another's never."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from inzage.access_log.models import ShownDossier
from inzage.consents.models import ConsentForm
from inzage.view_rights.ending import give_back
from inzage.view_rights.granting import grant_by_form
from inzage.view_rights.models import ViewRight
from tests.portal.office import TODAY, Office, a_dossier, a_form, a_right, an_activity, an_insz, origin
from tests.portal.reading import address, lines, text

PAGE = "/aanvragen/nieuw/"
OWN = "Uw organisatie heeft al een inzagerecht op dit dossier, "


def question(office: Office, **other: str) -> dict[str, str]:
    """What is asked about Anna."""
    known = {"number": office.anna.client.insz, "family_name": "verzinsel"}
    return {**known, "purpose": "training", "route": "form", **other}


def test_every_search_has_its_line_also_where_nothing_was_found_or_asked(
    otto: Browser, office: Office
) -> None:
    otto.post(PAGE, question(office))
    assert "al aangevraagd" in text(otto.post(PAGE, question(office)))
    otto.post(PAGE, question(office, family_name="Anders"))
    otto.post(PAGE, question(office, number=an_insz(330, births="000")))
    assert lines("search") == [{office.anna.pk}, {office.anna.pk}, set(), set()]


def test_number_and_name_of_two_clients_are_refused_with_what_to_do(otto: Browser, office: Office) -> None:
    twin = a_dossier("Anneke", "Verzinsel")
    twin.client.insz = office.anna.client.insz
    twin.client.save()
    assert "bij meer dan één klant. Vul het klantnummer in" in text(otto.post(PAGE, question(office)))
    assert not ConsentForm.objects.filter(asked_by=office.other).exists()
    assert lines("search") == [{office.anna.pk, twin.pk}]
    otto.post(PAGE, question(office, number=twin.client.client_number))
    assert ConsentForm.objects.get(asked_by=office.other).dossier == twin


def test_an_own_right_that_stands_is_told_of_and_nothing_is_asked_yet(carla: Browser, office: Office) -> None:
    response = carla.post(PAGE, question(office))
    assert f"{OWN}tot en met 2 september 2026." in text(response)
    assert 'name="again"' in response.content.decode()
    assert not ConsentForm.objects.filter(asked_by=office.own).exists()
    assert lines("search") == [{office.anna.pk}]
    assert ShownDossier.objects.get(line__kind="search").right == office.right.pk


def test_a_right_without_an_end_is_told_of_too(carla: Browser, office: Office) -> None:
    an_activity(office)
    assert f"{OWN}zonder einde in zicht." in text(carla.post(PAGE, question(office)))


def test_who_confirms_goes_on(carla: Browser, office: Office) -> None:
    carla.post(PAGE, question(office, again="on"))
    assert ConsentForm.objects.get(asked_by=office.own).unit == office.own


def test_before_anything_is_sent_nothing_is_to_be_confirmed(carla: Browser) -> None:
    assert 'name="again"' not in carla.get(PAGE).content.decode()


def test_the_right_of_another_organisation_is_never_told_of(
    carla: Browser, otto: Browser, office: Office
) -> None:
    for browser, other in ((otto, ""), (otto, "OE1")):
        assert OWN not in text(browser.post(PAGE, question(office, other=other), follow=True))
    a_right(office.anna, office.other)
    assert OWN not in text(carla.post(PAGE, question(office, other="OE2"), follow=True))


def test_an_own_right_that_has_ended_is_not_told_of(carla: Browser, office: Office) -> None:
    give_back(office.right.pk, origin=origin())
    assert OWN not in text(carla.post(PAGE, question(office), follow=True))


@pytest.mark.parametrize(("days", "told"), [(-1, False), (0, True), (1, True)])
def test_an_own_right_is_told_of_up_to_and_including_its_last_day(
    carla: Browser, office: Office, days: int, told: bool
) -> None:
    last_day = TODAY + timedelta(days=days)
    ViewRight.objects.filter(pk=office.right.pk).update(last_day=last_day)
    assert (OWN in text(carla.post(PAGE, question(office), follow=True))) is told


def test_what_was_granted_leads_to_the_dossier_while_the_right_stands(otto: Browser, office: Office) -> None:
    form = a_form(office.anna, office.other)
    link = f'href="{address(office.anna)}"'
    assert link not in otto.get("/aanvragen/").content.decode()
    right = grant_by_form(form.pk, origin=origin())
    assert link in otto.get("/aanvragen/").content.decode()
    give_back(right.pk, origin=origin())
    assert link not in otto.get("/aanvragen/").content.decode()


def test_what_was_granted_to_another_organisation_leads_nowhere(carla: Browser, office: Office) -> None:
    form = a_form(office.anna, office.other, by=office.own)
    grant_by_form(form.pk, origin=origin())
    assert address(office.anna) not in carla.get("/aanvragen/").content.decode()
