"""The form as a file on the pages: given out, delivered, looked at, each only by whom it concerns (S01, S05, S06)."""

import os
import subprocess
import sys
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
from inzage.consents.form_files.inspecting_pdf import fields_of
from inzage.consents.form_files.unfit import Why
from inzage.consents.form_pdf import making
from inzage.consents.models import ConsentForm, FormFile, FormSheet
from inzage.portal.paper.uploading import NOT_TAKEN, UNFIT
from inzage.rules.names import Purpose, Route
from inzage.view_rights.consenting import Asked, ask_right
from inzage.view_rights.ending import give_back
from tests.forms import hostile
from tests.forms.papers import filled, ticked, words_of
from tests.forms.test_inspecting import an_image
from tests.portal.office import TODAY, Office, a_right, in_brussels, origin, signed_in_as
from tests.portal.reading import goes_to, lines, text

pytestmark = pytest.mark.pango
FORMATS = [("nl", "Toestemming voor inzage"), ("fr", "Consentement à la consultation"), ("en", "Consent to")]


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where the files of this test lie."""
    settings.FORM_FILES = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def form(office: Office) -> ConsentForm:
    """Leerhuis, which has no right, asked one on Anna's dossier."""
    return a_request(office)


def a_request(office: Office, route: Route = Route.FORM) -> ConsentForm:
    """What Leerhuis asks, for a training, on Anna's dossier."""
    asked = Asked(office.other, route, Purpose.TRAINING, by=office.other)
    return ask_right(office.anna.pk, asked, origin=origin())


def page_of(form: ConsentForm) -> str:
    """Where the form's page is, for who asked it."""
    return f"/aanvragen/{form.pk}/formulier/"


def pdf_of(browser: Browser, form: ConsentForm, language: str = "nl") -> bytes:
    """The form, as the browser saves it."""
    return browser.get(f"/aanvragen/{form.pk}/formulier.pdf?taal={language}").content


def upload(browser: Browser, at: str, data: bytes, name: str = "formulier.pdf") -> str:
    """What the page says once the file was sent."""
    return text(browser.post(at, {"upload-file": SimpleUploadedFile(name, data)}, follow=True))


def a_file(browser: Browser, form: ConsentForm) -> str:
    """Where a file that was delivered is, for who asked the form."""
    upload(browser, page_of(form), an_image("PNG"))
    return f"/aanvragen/{form.pk}/bestanden/{FormFile.objects.get().pk}/"


@pytest.mark.parametrize(("language", "title"), FORMATS)
def test_the_form_is_given_out_in_three_languages_to_be_saved(
    otto: Browser, form: ConsentForm, language: str, title: str
) -> None:
    response = otto.get(f"/aanvragen/{form.pk}/formulier.pdf?taal={language}")
    assert title in words_of(response.content)
    assert FormSheet.objects.get().code in words_of(response.content)
    assert (
        response.headers["Content-Disposition"]
        == f'attachment; filename="formulier-{form.pk}-{language}.pdf"'
    )
    assert otto.get(f"/aanvragen/{form.pk}/formulier.pdf?taal=de").status_code == 404


def test_where_none_is_asked_for_it_is_in_the_language_that_the_client_chose(
    otto: Browser, form: ConsentForm
) -> None:
    assert FORMATS[0][1] in words_of(otto.get(f"/aanvragen/{form.pk}/formulier.pdf").content)
    ConsentForm.objects.filter(pk=form.pk).update(language="en")
    assert FORMATS[2][1] in words_of(otto.get(f"/aanvragen/{form.pk}/formulier.pdf").content)
    assert FORMATS[1][1] in words_of(pdf_of(otto, form, "fr"))


def test_the_clients_name_stands_on_it_for_who_may_see_the_dossier_alone(
    otto: Browser, mira: Browser, office: Office, form: ConsentForm
) -> None:
    assert "Verzinsel" not in _fields(pdf_of(otto, form))
    assert "Anna Verzinsel" in _fields(mira.get(f"/formulieren/{form.pk}/formulier.pdf").content)
    right = a_right(office.anna, office.other, on=TODAY - timedelta(days=1))
    assert "Anna Verzinsel" in _fields(pdf_of(otto, form))
    give_back(right.pk, origin=origin())
    assert "Verzinsel" not in _fields(pdf_of(otto, form))


def _fields(data: bytes) -> str:
    assert "insz" not in str(fields_of(data)).lower()
    return str(fields_of(data))


def test_each_way_to_the_form_and_its_files_writes_its_line(
    otto: Browser, mira: Browser, office: Office, form: ConsentForm
) -> None:
    file = a_file(otto, form)
    for kind, browser, page in (
        ("list", otto, page_of(form)),
        ("list", otto, f"/aanvragen/{form.pk}/formulier.pdf"),
        ("list", otto, file),
        ("look", mira, f"/formulieren/{form.pk}/bestanden/"),
        ("look", mira, f"/formulieren/{form.pk}/formulier.pdf"),
        ("look", mira, file.replace("aanvragen", "formulieren")),
    ):
        before = len(lines(kind))
        assert browser.get(page).status_code == 200
        assert lines(kind)[before:] == [{office.anna.pk}]
    a_right(office.anna, office.other)
    before = len(lines("look"))
    otto.get(f"/aanvragen/{form.pk}/formulier.pdf")
    assert lines("look")[before:] == [{office.anna.pk}]
    assert AccessLine.objects.filter(kind="look").latest("pk").shown.get().verdict == "right_stands"


def test_to_anybody_else_neither_form_nor_file_exists(
    otto: Browser, carla: Browser, mira: Browser, bas: Browser, office: Office, form: ConsentForm
) -> None:
    file = a_file(otto, form)
    other = a_request(office)
    at_desk = file.replace("aanvragen", "formulieren")
    nobody = f"/aanvragen/{form.pk}/bestanden/9999/"
    theirs = [page_of(form), f"/aanvragen/{form.pk}/formulier.pdf", file]
    desks = [f"/formulieren/{form.pk}/bestanden/", f"/formulieren/{form.pk}/formulier.pdf", at_desk]
    count = AccessLine.objects.count()
    assert {carla.get(page).status_code for page in theirs} == {404}  # the right, and another unit's request
    assert {bas.get(page).status_code for page in desks} == {404}  # the other desk
    assert {otto.get(page).status_code for page in desks} == {403}
    assert {mira.get(page).status_code for page in theirs} == {403}
    assert {
        otto.get(page).status_code for page in (file.replace(str(form.pk), str(other.pk), 1), nobody)
    } == {404}
    assert {Browser().get(page).status_code for page in theirs + desks} == {302}
    assert AccessLine.objects.count() == count
    assert (
        carla.post(page_of(form), {"upload-file": SimpleUploadedFile("x.png", an_image("PNG"))}).status_code
        == 404
    )
    assert FormFile.objects.count() == 1


def test_a_consent_at_the_mediator_has_no_form(otto: Browser, mira: Browser, office: Office) -> None:
    asked = a_request(office, Route.MEDIATOR)
    assert otto.get(page_of(asked)).status_code == 404
    assert mira.get(f"/formulieren/{asked.pk}/bestanden/").status_code == 404
    assert "Bestanden" not in text(mira.get(f"/formulieren/{asked.pk}/"))


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


def test_without_pango_the_page_says_what_the_operator_installs(
    otto: Browser, form: ConsentForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_name: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(making, "import_module", missing)
    making._weasyprint.cache_clear()
    response = otto.get(f"/aanvragen/{form.pk}/formulier.pdf")
    assert response.status_code == 503
    assert f"apt-get install {making.PACKAGES}" in text(response)


def test_the_portal_starts_without_what_draws() -> None:
    started = (
        "import django, sys; django.setup(); import inzage.project.urls; print('weasyprint' in sys.modules)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "inzage.project.settings"}
    done = subprocess.run([sys.executable, "-c", started], capture_output=True, text=True, env=environment)
    assert done.stdout.strip() == "False"


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


@pytest.mark.parametrize(("language", "said"), [("fr", "À compléter"), ("en", "To be filled in")])
def test_the_pages_speak_the_readers_language(
    office: Office, form: ConsentForm, language: str, said: str
) -> None:
    for person, page in ((office.otto, page_of(form)), (office.mira, f"/formulieren/{form.pk}/bestanden/")):
        person.language = language
        person.save()
        shown = text(signed_in_as(person).get(page))
        assert said in shown
        assert "Bestand" not in shown
