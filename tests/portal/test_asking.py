"""Asking a right: for the own organisation or for another (S03), by whoever knows both number and name (S04)."""

import pytest
from django.test import Client as Browser

from inzage.access_log.models import ShownDossier
from inzage.consents.models import ConsentForm
from inzage.view_rights.consenting import refuse, send_back
from inzage.view_rights.ending import record_death
from inzage.view_rights.models import ViewRight
from tests.portal.office import TODAY, Office, a_dossier, a_form, an_insz, origin
from tests.portal.reading import lines, opens, text


def question(office: Office, **other: str) -> dict[str, str]:
    """What Leerhuis asks about Anna."""
    client = office.anna.client
    known = {"number": client.insz, "family_name": "verzinsel", "purpose": "training", "route": "form"}
    return {**known, "activity_title": "Lassen", **other}


def test_a_right_is_asked_for_the_own_organisation_and_opens_nothing_yet(
    otto: Browser, office: Office
) -> None:
    response = otto.post("/aanvragen/nieuw/", question(office), follow=True)
    form = ConsentForm.objects.get(asked_by=office.other)
    assert (form.unit, form.state, form.purpose, form.route) == (office.other, "asked", "training", "form")
    assert "opleiding: Lassen formulier aangevraagd" in text(response)
    assert not opens(otto, office.anna)


def test_a_right_asked_for_another_organisation_names_it_and_is_that_ones_alone(
    carla: Browser, office: Office
) -> None:
    carla.post("/aanvragen/nieuw/", question(office, other="OE2"))
    form = ConsentForm.objects.get(asked_by=office.own)
    assert (form.unit, form.asked_by) == (office.other, office.own)


def test_an_organisation_that_is_not_known_is_said_at_the_field_and_what_was_entered_stays(
    otto: Browser, office: Office
) -> None:
    response = otto.post("/aanvragen/nieuw/", question(office, other="OE99"))
    assert "Deze organisatie kennen wij niet" in text(response)
    assert 'value="verzinsel"' in response.content.decode()
    assert not ConsentForm.objects.filter(asked_by=office.other).exists()


def test_a_number_alone_does_not_tell_who_is_a_client(otto: Browser, office: Office) -> None:
    answers = [
        text(otto.post("/aanvragen/nieuw/", question(office, **wrong)))
        for wrong in ({"number": an_insz(330, births="000")}, {"family_name": "Anders"})
    ]
    assert answers[0] == answers[1]
    assert "vinden wij geen klant" in answers[0]


def test_the_same_asked_twice_is_asked_once(otto: Browser, office: Office) -> None:
    otto.post("/aanvragen/nieuw/", question(office))
    assert "al aangevraagd" in text(otto.post("/aanvragen/nieuw/", question(office)))
    assert ConsentForm.objects.filter(asked_by=office.other).count() == 1


def test_what_was_refused_can_be_asked_again(otto: Browser, office: Office) -> None:
    otto.post("/aanvragen/nieuw/", question(office))
    refuse(ConsentForm.objects.get(asked_by=office.other).pk, reason="Onleesbaar", origin=origin())
    otto.post("/aanvragen/nieuw/", question(office))
    assert ConsentForm.objects.filter(asked_by=office.other).count() == 2


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("number", "Vul het INSZ- of klantnummer in."),
        ("family_name", "Vul de familienaam van de klant in."),
        ("purpose", "Kies waarvoor."),
        ("route", "Kies hoe de klant toestemt."),
    ],
)
def test_a_question_that_lacks_something_says_what(
    otto: Browser, office: Office, field: str, said: str
) -> None:
    response = otto.post("/aanvragen/nieuw/", question(office, **{field: ""}))
    assert said in text(response)
    assert not ConsentForm.objects.filter(asked_by=office.other).exists()


def test_the_list_says_what_is_missing_and_no_name(otto: Browser, office: Office) -> None:
    form = a_form(office.anna, office.other, completed_on=None)
    send_back(form.pk, remark="Graag nog eens.", origin=origin())
    page = text(otto.get("/aanvragen/"))
    assert "teruggestuurd" in page
    assert "de dag waarop het formulier werd ingevuld Graag nog eens." in page
    assert "Anna" not in page
    assert str(office.anna.reference) not in otto.get("/aanvragen/").content.decode()


def test_another_organisation_does_not_see_what_was_asked(carla: Browser, office: Office) -> None:
    dossier = a_dossier("Bob")
    a_form(dossier, office.other)
    assert dossier.client.client_number not in text(carla.get("/aanvragen/"))


def test_the_list_writes_a_line_that_names_its_dossiers(otto: Browser, office: Office) -> None:
    a_form(office.anna, office.other)
    otto.get("/aanvragen/")
    assert lines("list") == [{office.anna.pk}]
    assert ShownDossier.objects.get().verdict == "no_right"


def test_the_notices_say_what_happened_without_a_name_and_lead_to_what_may_be_seen(
    carla: Browser, otto: Browser, office: Office
) -> None:
    form = a_form(office.anna, office.other, completed_on=None)
    send_back(form.pk, remark="Graag nog eens.", origin=origin())
    page = text(otto.get("/berichten/"))
    assert "Formulier teruggestuurd: er ontbreekt iets" in page
    assert "de dag waarop het formulier werd ingevuld; Graag nog eens." in page
    assert "Anna" not in page
    assert str(office.anna.reference) not in otto.get("/berichten/").content.decode()
    assert "Inzagerecht toegekend" in text(carla.get("/berichten/"))
    assert str(office.anna.reference) in carla.get("/berichten/").content.decode()


def test_new_notices_are_counted_until_they_are_opened(carla: Browser, office: Office) -> None:
    assert "Berichten 1 nieuw" in text(carla.get("/dossiers/"))
    carla.get("/berichten/")
    assert "nieuw" not in text(carla.get("/dossiers/"))


def test_asking_gives_nobody_a_right(otto: Browser, office: Office) -> None:
    before = ViewRight.objects.count()
    otto.post("/aanvragen/nieuw/", question(office))
    assert ViewRight.objects.count() == before


def test_nothing_is_asked_for_a_client_who_died_and_the_page_says_why(
    otto: Browser, carla: Browser, office: Office
) -> None:
    record_death(office.anna.pk, deceased_on=TODAY, origin=origin())
    for browser, other in ((otto, ""), (carla, "OE2")):
        page = text(browser.post("/aanvragen/nieuw/", question(office, other=other)))
        assert "De klant is overleden: er kan niets meer toegekend worden." in page
    assert not ConsentForm.objects.filter(state="asked").exists()
