"""The school's pages: its pupils, their record card, their enrolment (S10); and who does not reach them."""

import pytest
from django.test import Client as Browser

from inzage.dossiers.enrolments import Enrolment, EnrolmentVersion, RecordCard
from inzage.dossiers.models import Dossier
from inzage.partners.models import Person, Unit
from tests.portal.office import (
    Office,
    a_dossier,
    a_person,
    a_right,
    an_activity,
    an_enrolment,
    from_ibis,
    in_brussels,
    signed_in_as,
)
from tests.portal.reading import lines, text

CARD = {
    "act": "fill_in",
    "fill_in-centre": "CDO",
    "fill_in-school_year": "2025-2026",
    "fill_in-course": "Lassen",
    "fill_in-starts_on": "2025-09-01",
}
ENROLLED = {
    "act": "enrol",
    "enrol-status": "enrolled",
    "enrol-channel": "record_card",
    "enrol-checked_on": "2026-03-02",
}


def there(dossier: Dossier) -> str:
    """The pupil's page."""
    return f"/leerlingen/{dossier.reference}/"


@pytest.fixture
def piet(office: Office) -> Dossier:
    """A pupil with a right."""
    dossier = in_brussels(a_dossier("Piet"))
    a_right(dossier, office.school)
    return dossier


@pytest.fixture
def an(office: Office) -> Dossier:
    """A pupil known from IBIS alone."""
    dossier = in_brussels(a_dossier("An", "Verborgen"))
    from_ibis(dossier, office.school)
    return dossier


def test_the_list_names_who_may_be_named_and_says_what_to_do(
    sofie: Browser, office: Office, piet: Dossier, an: Dossier
) -> None:
    page = text(sofie.get("/leerlingen/"))
    assert "Piet Verzinsel nog niet ingevuld nog niet nagekeken Vul de fiche van Actiris in." in page
    assert f"Klantnummer {an.client.client_number} nog niet ingevuld" in page
    assert "Verborgen" not in page
    assert office.anna.client.client_number not in page
    assert lines("list") == [{piet.pk, an.pk}]


def test_the_school_fills_in_the_card_and_corrects_it(sofie: Browser, piet: Dossier) -> None:
    assert "De fiche is ingevuld en bewaard." in text(sofie.post(there(piet), CARD, follow=True))
    assert "ingevuld op 2 maart 2026" in text(sofie.get("/leerlingen/"))
    corrected = text(sofie.post(there(piet), {**CARD, "fill_in-course": "Bakken"}, follow=True))
    assert "De fiche is verbeterd; de vorige is bewaard." in corrected
    assert "2025-2026 CDO Bakken 1 september 2025 2 maart 2026 geldig" in corrected
    assert "2025-2026 CDO Lassen 1 september 2025 2 maart 2026 vervangen" in corrected
    assert RecordCard.objects.count() == 2


def test_before_the_right_the_card_can_be_filled_in_and_no_name_is_shown(sofie: Browser, an: Dossier) -> None:
    an_enrolment(an, "not_enrolled")
    page = text(sofie.get(there(an)))
    assert "Uw school heeft nog geen inzagerecht" in page
    assert "Verborgen" not in page
    assert "niet ingeschreven" not in page.replace("niet ingeschreven inschrijving beëindigd", "")
    assert "De fiche is ingevuld" in text(sofie.post(there(an), CARD, follow=True))
    assert lines("list")[-1] == {an.pk}
    assert sofie.get(f"/dossiers/{an.reference}/").status_code == 404


def test_a_pupil_before_the_right_is_found_by_number_and_name_together(
    sofie: Browser, office: Office, an: Dossier
) -> None:
    known = {"number": an.client.insz, "family_name": "verborgen"}
    response = sofie.post("/leerlingen/", known)
    assert response.headers["Location"] == there(an)
    stranger = in_brussels(a_dossier("Bob", "Anders"))
    answers = [
        text(sofie.post("/leerlingen/", {**known, **wrong}))
        for wrong in (
            {"family_name": "Anders"},
            {"number": stranger.client.insz, "family_name": "Anders"},
        )
    ]
    assert all("heeft uw school geen leerling" in answer for answer in answers)
    assert answers[0] == answers[1]


def test_the_school_records_the_enrolment_with_its_source(sofie: Browser, piet: Dossier) -> None:
    an_enrolment(piet, "not_enrolled")
    page = text(sofie.get(there(piet)))
    assert "Let op:" in page
    assert "De inschrijving is genoteerd." in text(sofie.post(there(piet), ENROLLED, follow=True))
    assert Enrolment.objects.get().channel == "record_card"
    assert EnrolmentVersion.objects.latest("pk").source == "school"


def test_not_enrolled_takes_no_channel_with_it(sofie: Browser, piet: Dossier) -> None:
    sofie.post(there(piet), {**ENROLLED, "enrol-status": "not_enrolled"})
    assert (Enrolment.objects.get().status, Enrolment.objects.get().channel) == ("not_enrolled", "")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"fill_in-centre": ""}, "Kies CDO of CDV."),
        ({"fill_in-school_year": "2025"}, "Schrijf het schooljaar als 2025-2026."),
        ({"fill_in-course": ""}, "Vul de opleiding in die de leerling volgt."),
        ({"fill_in-starts_on": "2026-09-01"}, "Die dag ligt niet in het schooljaar"),
    ],
)
def test_a_card_that_lacks_something_says_what_and_keeps_what_was_entered(
    sofie: Browser, piet: Dossier, sent: dict[str, str], said: str
) -> None:
    response = sofie.post(there(piet), {**CARD, **sent})
    assert said in text(response)
    assert 'value="2025-09-01"' in response.content.decode() or "starts_on" in str(sent)
    assert not RecordCard.objects.exists()


def test_who_does_not_live_in_brussels_needs_no_card(sofie: Browser, office: Office) -> None:
    dossier = in_brussels(a_dossier("Piet"), "44021")
    a_right(dossier, office.school)
    assert "Niets: deze leerling woont vandaag niet in Brussel." in text(sofie.get("/leerlingen/"))
    assert "de fiche van Actiris is niet nodig" in text(sofie.get(there(dossier)))
    assert "De fiche is voor leerlingen die in Brussel wonen" in text(sofie.post(there(dossier), CARD))
    assert not RecordCard.objects.exists()


@pytest.mark.parametrize("who", ["carla", "mira", "bas"])
def test_only_people_of_a_school_reach_its_pages(
    request: pytest.FixtureRequest, office: Office, piet: Dossier, who: str
) -> None:
    browser: Browser = request.getfixturevalue(who)
    for page in ("/leerlingen/", there(piet)):
        assert browser.get(page).status_code == 403
    assert browser.post(there(piet), CARD).status_code == 403
    assert browser.post(there(piet), ENROLLED).status_code == 403
    assert not RecordCard.objects.exists()


def test_near_misses_of_a_school(sofie: Browser, office: Office, piet: Dossier) -> None:
    in_brussels(office.anna)
    an_activity(office)
    elsewhere = Unit.objects.create(oe_number="OE4", name="CDV Anders", kind="school")
    other = signed_in_as(a_person("Stijn", Person.Role.COUNSELLOR, elsewhere))
    for browser, dossier in ((sofie, office.anna), (other, piet)):
        assert browser.get(there(dossier)).status_code == 404
        assert browser.post(there(dossier), CARD).status_code == 404
        assert browser.post(there(dossier), ENROLLED).status_code == 404
    assert not RecordCard.objects.exists()
    assert not Enrolment.objects.exists()


def test_an_act_that_does_not_exist_is_not_found(sofie: Browser, piet: Dossier) -> None:
    assert sofie.post(there(piet), {"act": "delete"}).status_code == 404
