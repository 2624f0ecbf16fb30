"""A form is delivered as a file: read or looked at, kept apart by who added it, refused with the reason (S05, S06)."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from inzage.access_log.models import AccessLine
from inzage.consents.form_files.unfit import Why
from inzage.consents.models import ConsentForm, FormFile
from inzage.portal.paper.uploading import NOT_TAKEN, UNFIT
from inzage.rules.names import Route
from inzage.view_rights.ending import give_back
from tests.forms import hostile
from tests.forms.papers import filled, ticked
from tests.forms.test_inspecting import an_image
from tests.portal.office import TODAY, Office, a_right, in_brussels, origin
from tests.portal.paper.papers import a_file, a_request, page_of, pdf_of, upload
from tests.portal.reading import goes_to, text

pytestmark = pytest.mark.pango


def test_filled_in_on_screen_and_delivered_it_is_complete_and_can_be_granted(
    otto: Browser, mira: Browser, form: ConsentForm
) -> None:
    back = filled(pdf_of(otto, form), completed_on="02/03/2026", name="Anna Verzinsel")
    page = upload(otto, page_of(form), back)
    assert "Het formulier is gelezen: het is volledig." in page
    assert "Het formulier is volledig en ligt bij VDAB." in page
    desk = text(mira.get(f"/formulieren/{form.pk}/"))
    assert "Het formulier is volledig. Leerhuis krijgt het inzagerecht vanaf vandaag." in desk
    assert "Ingevulde PDF" in desk
    assert "andere naam ingevuld" not in desk


def test_what_is_missing_is_said_in_words_to_both_sides(otto: Browser, bas: Browser, office: Office) -> None:
    in_brussels(office.anna)
    form = a_request(office, Route.BRUSSELS_FORM)
    page = upload(otto, page_of(form), filled(pdf_of(otto, form, "fr"), completed_on="1/3/2026"))
    missing = "de vermelding dat de klant weet dat VDAB en Actiris gegevens uitwisselen"
    assert f"Dit ontbreekt nog: {missing}." in page
    assert f"Ontbreekt: {missing}" in text(bas.get(f"/formulieren/{form.pk}/"))
    again = upload(otto, page_of(form), ticked(pdf_of(otto, form, "fr"), completed_on="1/3/2026"))
    assert "het is volledig" in again


def test_a_scan_is_for_the_desk_to_look_at(otto: Browser, mira: Browser, form: ConsentForm) -> None:
    page = upload(otto, page_of(form), an_image("JPEG"), "foto.jpg")
    assert "Het bestand is toegevoegd. VDAB kijkt na wat erop staat." in page
    assert "nog na te kijken" in text(mira.get(f"/formulieren/{form.pk}/"))
    assert form.pk in [each.pk for each in ConsentForm.objects.filter(state="received")]


def test_another_name_is_told_to_the_desk_and_not_to_the_partner(
    otto: Browser, mira: Browser, form: ConsentForm
) -> None:
    page = upload(otto, page_of(form), filled(pdf_of(otto, form), name="Berta Verzinsel"))
    assert "andere naam ingevuld" not in page
    assert "andere naam ingevuld" in text(mira.get(f"/formulieren/{form.pk}/"))


def test_the_desk_adds_the_paper_that_a_client_brings(
    mira: Browser, otto: Browser, form: ConsentForm
) -> None:
    at = f"/formulieren/{form.pk}/bestanden/"
    response = mira.post(at, {"upload-file": SimpleUploadedFile("x.jpg", an_image("JPEG"))})
    assert goes_to(response) == f"/formulieren/{form.pk}/"
    assert FormFile.objects.get().uploaded_for is None


@pytest.mark.parametrize("right", ["none", "yesterday", "stands"])
def test_what_the_desk_added_is_for_the_desk_and_what_the_unit_delivered_for_both(
    otto: Browser, mira: Browser, office: Office, form: ConsentForm, right: str
) -> None:
    if right != "none":
        given = a_right(office.anna, office.other, on=TODAY - timedelta(days=3))
        if right == "yesterday":
            give_back(given.pk, origin=origin(TODAY - timedelta(days=1)))
    at_desk = f"/formulieren/{form.pk}/bestanden/"
    own = a_file(otto, form)
    mira.post(at_desk, {"upload-file": SimpleUploadedFile("x.jpg", an_image("JPEG"))})
    added = own.replace(f"/{FormFile.objects.earliest('pk').pk}/", f"/{FormFile.objects.latest('pk').pk}/")
    shown = otto.get(page_of(form)).content.decode()
    assert own in shown
    assert added not in shown
    assert "VDAB</td>" not in shown
    count = AccessLine.objects.count()
    assert otto.get(added).status_code == 404
    assert AccessLine.objects.count() == count
    assert otto.get(own).status_code == 200
    for file in (own, added):
        assert mira.get(file.replace("aanvragen", "formulieren")).status_code == 200
        assert file.replace("aanvragen", "formulieren") in mira.get(at_desk).content.decode()


def test_where_the_desk_alone_added_files_the_unit_sees_none_and_what_came_of_it(
    otto: Browser, mira: Browser, form: ConsentForm
) -> None:
    back = filled(pdf_of(otto, form), completed_on="02/03/2026", name="Anna Verzinsel")
    mira.post(f"/formulieren/{form.pk}/bestanden/", {"upload-file": SimpleUploadedFile("x.pdf", back)})
    page = text(otto.get(page_of(form)))
    assert "Bestanden bij dit formulier" not in page
    assert "Het formulier is volledig en ligt bij VDAB." in page


def test_a_file_is_saved_and_never_shown_inside_the_portal(
    otto: Browser, mira: Browser, form: ConsentForm
) -> None:
    file = a_file(otto, form)
    for browser, page in ((otto, file), (mira, file.replace("aanvragen", "formulieren"))):
        response = browser.get(page)
        assert isinstance(response, HttpResponse)
        assert response.content == an_image("PNG")
        assert response.headers["Content-Type"] == "image/png"
        assert response.headers["Content-Disposition"].startswith('attachment; filename="formulier-')
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (hostile.with_javascript(), UNFIT[Why.ACTIVE]),
        (hostile.with_an_attachment(), UNFIT[Why.ACTIVE]),
        (hostile.encrypted(), UNFIT[Why.ENCRYPTED]),
        (b"%PDF-1.7 niets", UNFIT[Why.DAMAGED]),
        (b"<html></html>", UNFIT[Why.OTHER_TYPE]),
        (b"\xff\xd8\xff" * 400_000, UNFIT[Why.TOO_BIG]),
        (b"", UNFIT[Why.EMPTY]),
    ],
)
def test_why_a_file_is_refused_stands_at_the_field(
    otto: Browser, mira: Browser, form: ConsentForm, settings: Settings, folder: Path, data: bytes, said: str
) -> None:
    settings.MOST_FILE_BYTES = 1024 * 1024
    for browser, at in ((otto, page_of(form)), (mira, f"/formulieren/{form.pk}/bestanden/")):
        response = browser.post(at, {"upload-file": SimpleUploadedFile("x.pdf", data)})
        assert f'<p class="error" id="id_upload-file_error">{said}</p>' in response.content.decode()
        assert "<title>Fout: " in response.content.decode()
    form.refresh_from_db()
    assert (form.state, folder.exists()) == ("asked", False)


def test_why_a_form_is_refused_stands_there_too(otto: Browser, office: Office, form: ConsentForm) -> None:
    others = pdf_of(otto, a_request(office))
    assert str(NOT_TAKEN["other_form"]) in upload(otto, page_of(form), others)
    own = pdf_of(otto, form)
    assert str(NOT_TAKEN["to_come"]) in upload(otto, page_of(form), filled(own, completed_on="03/03/2026"))
    assert str(NOT_TAKEN["no_day"]) in upload(otto, page_of(form), filled(own, completed_on="straks"))
    assert "het is volledig" in upload(otto, page_of(form), filled(own, completed_on="02/03/2026"))
    again = filled(own, completed_on="02/03/2026")
    assert str(NOT_TAKEN["again"]) in upload(otto, page_of(form), again)
    assert "Kies een bestand." in text(otto.post(page_of(form), {}))


def test_where_a_file_is_gone_the_page_says_so(otto: Browser, form: ConsentForm, folder: Path) -> None:
    file = a_file(otto, form)
    next(folder.iterdir()).unlink()
    response = otto.get(file)
    assert response.status_code == 503
    assert "een back-up van de bestanden helpt" in text(response)


def test_the_pages_ask_the_database_no_more_for_many_files(
    otto: Browser, mira: Browser, form: ConsentForm
) -> None:
    for page, browser in ((page_of(form), otto), (f"/formulieren/{form.pk}/bestanden/", mira)):
        upload(otto, page_of(form), an_image("PNG", 41 + FormFile.objects.count()))
        with CaptureQueriesContext(connection) as few:
            browser.get(page)
        for _more in range(5):
            upload(otto, page_of(form), an_image("PNG", 41 + FormFile.objects.count()))
        with CaptureQueriesContext(connection) as many:
            assert browser.get(page).content.decode().count("<tr>") >= 6
        assert len(many) == len(few) <= 12
