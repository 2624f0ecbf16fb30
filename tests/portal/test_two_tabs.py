"""Two tabs, two organisations: a form acts for the unit it was opened for, or not at all (S03)."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from pytest_django import Settings

from inzage.consents.models import ConsentForm, FormFile
from inzage.dossiers.models import Activity
from inzage.partners.models import Membership, Person
from tests.forms.test_inspecting import an_image
from tests.portal.deciding import asked_of_client
from tests.portal.office import Office, Tab, a_person, a_right, an_activity, signed_in_as
from tests.portal.reading import address, goes_to, text

FORM = re.compile(r'<form method="post"[^>]*>.*?</form>', re.DOTALL)
SAID = "Dit formulier was voor Werkpad; intussen werkt u voor Leerhuis. Er is niets gewijzigd."


@pytest.fixture
def cem(office: Office) -> Tab:
    """Somebody of two units, whose first tab stands open for Werkpad; in a second one Leerhuis was chosen."""
    a_right(office.anna, office.other)
    tab = signed_in_as(a_person("Cem", Person.Role.COUNSELLOR, office.own, office.other))
    for unit in ("OE1", "OE2"):
        tab.post("/organisatie/", {"unit": unit})
    return tab


def entered(office: Office) -> dict[str, tuple[str, dict[str, str]]]:
    """What a counsellor can send: for each page the address and the fields."""
    line, anna = an_activity(office), office.anna.client
    known = {"number": anna.insz, "family_name": "Verzinsel"}
    new = {"kind": "training", "title": "Nieuw", "begun": "requested_on", "on": "2026-03-02"}
    return {
        "ask": ("/aanvragen/nieuw/", {**known, "purpose": "training", "route": "form"}),
        "find-client": ("/dossiers/zoeken/", {"number": anna.insz}),
        "dossier": (address(office.anna), new),
        "activity": (f"{address(office.anna)}acties/{line.pk}/", {"step": "close", "close-on": "2026-03-02"}),
    }


@pytest.mark.parametrize("name", ["ask", "find-client", "dossier", "activity"])
def test_a_form_opened_for_another_organisation_changes_nothing_and_says_so(
    cem: Tab, office: Office, name: str
) -> None:
    page, fields = entered(office)[name]
    before = [list(model.objects.order_by("pk").values()) for model in (ConsentForm, Activity)]
    response = cem.post(page, fields)
    assert response.status_code == 409
    assert SAID in text(response)
    assert [list(model.objects.order_by("pk").values()) for model in (ConsentForm, Activity)] == before


def test_what_was_entered_stays_and_is_sent_after_turning_back(cem: Tab, office: Office) -> None:
    page, fields = entered(office)["ask"]
    markup = cem.post(page, {**fields, "activity_title": "Lassen & meer", "again": "on"}).content.decode()
    assert 'name="activity_title" value="Lassen &amp; meer"' in markup
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', markup))
    back = re.search(r'name="back_to" value="([^"]+)"', markup)
    assert back is not None
    cem.post(page, {**kept, "back_to": back[1]})
    form = ConsentForm.objects.get(asked_by__isnull=False)
    assert (form.asked_by, form.unit) == (office.own, office.own)
    assert "Wat Werkpad aanvroeg" in text(cem.get("/aanvragen/"))


def test_a_file_that_was_sent_along_is_named_to_be_chosen_again_and_then_arrives(
    cem: Tab, office: Office, settings: Settings, tmp_path: Path
) -> None:
    settings.FORM_FILES = tmp_path
    form = asked_of_client(office.anna, office.own)
    page = f"/aanvragen/{form.pk}/formulier/"
    sent = SimpleUploadedFile("scan <1>.png", an_image("PNG"), "image/png")
    response = cem.post(page, {"upload-file": sent})
    markup = response.content.decode()
    assert response.status_code == 409
    assert 'enctype="multipart/form-data"' in markup
    assert "Kies opnieuw: scan &lt;1&gt;.png" in markup
    field = re.search(r'<input type="file" name="([^"]+)"[^>]* required>', markup)
    assert field is not None
    again = SimpleUploadedFile("scan <1>.png", an_image("PNG"), "image/png")
    cem.post(page, {"back_to": "OE1", field[1]: again})
    assert FormFile.objects.get().form == form


def test_where_no_file_was_sent_along_none_is_asked_for(cem: Tab, office: Office) -> None:
    page, fields = entered(office)["ask"]
    assert 'type="file"' not in cem.post(page, fields).content.decode()


def test_the_same_form_opened_for_the_chosen_organisation_is_carried_out(cem: Tab, office: Office) -> None:
    cem.opened_for = "OE2"
    page, fields = entered(office)["dossier"]
    assert goes_to(cem.post(page, fields)) == address(office.anna)
    assert Activity.objects.filter(unit=office.other).count() == 1


def test_a_form_that_says_no_organisation_is_refused_too(carla: Browser, office: Office) -> None:
    page, fields = entered(office)["ask"]
    response = carla.post(page, {**fields, "for_unit": ""})
    assert response.status_code == 409
    assert "Er is niets gewijzigd" in text(response)


def test_nobody_turns_back_to_an_organisation_one_no_longer_works_for(cem: Tab, office: Office) -> None:
    Membership.objects.filter(person__name="Cem", unit=office.own).delete()
    page, fields = entered(office)["ask"]
    response = cem.post(page, {**fields, "back_to": "OE1"})
    assert response.status_code == 409
    assert "back_to" not in response.content.decode()
    assert not ConsentForm.objects.filter(asked_by=office.own).exists()


def test_every_form_on_a_counsellors_page_says_for_which_organisation(carla: Browser, office: Office) -> None:
    for page, _fields in entered(office).values():
        forms = FORM.findall(carla.get(page).content.decode())
        own = [form for form in forms if "/afmelden/" not in form and "/taal/" not in form]
        assert own
        assert all('name="for_unit" value="OE1"' in form for form in own), page


def test_one_sees_for_which_organisation_one_asks(carla: Browser) -> None:
    assert "U vraagt dit als Werkpad (OE-nummer OE1)." in text(carla.get("/aanvragen/nieuw/"))


def test_notices_seen_for_one_organisation_stay_new_for_the_other(cem: Tab, office: Office) -> None:
    cem.get("/berichten/")
    assert "nieuw" not in text(cem.get("/dossiers/"))
    cem.post("/organisatie/", {"unit": "OE1"})
    assert "Berichten 1 nieuw" in text(cem.get("/dossiers/"))
