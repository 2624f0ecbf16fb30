"""The form as a file on the pages is given out, and shown with its files, only to whom it concerns (S01, S05, S06)."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from inzage.access_log.models import AccessLine
from inzage.consents.form_files.inspecting_pdf import fields_of
from inzage.consents.form_pdf import making
from inzage.consents.models import ConsentForm, FormFile, FormSheet
from inzage.rules.names import Route
from inzage.view_rights.ending import give_back
from tests.forms.papers import words_of
from tests.forms.test_inspecting import an_image
from tests.portal.office import TODAY, Office, a_right, origin, signed_in_as
from tests.portal.paper.papers import a_file, a_request, page_of, pdf_of
from tests.portal.reading import lines, text

pytestmark = pytest.mark.pango

FORMATS = [("nl", "Toestemming voor inzage"), ("fr", "Consentement à la consultation"), ("en", "Consent to")]


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
