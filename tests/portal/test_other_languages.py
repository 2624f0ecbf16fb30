"""What is worked out for a page is said in the page's language: reasons, dates, places, what was sent in."""

from datetime import date, timedelta

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.template.loader import get_template
from django.test import Client as Browser
from django.utils.translation import gettext_lazy, override

from inzage.dossiers.models import Activity, Performance
from inzage.partners.models import Person
from inzage.portal.exporting import csv_of
from inzage.portal.reasons import days_left
from inzage.rules.brussels import ways_to_enrol
from inzage.view_rights.ending import give_back
from tests.portal.office import TODAY, Office, an_activity, an_enrolment, in_brussels, origin, signed_in_as
from tests.portal.reading import address, markup, text


def speaking(office: Office, language: str) -> Browser:
    """Carla's browser, once she chose that language."""
    Person.objects.filter(pk=office.carla.pk).update(language=language)
    return signed_in_as(office.carla)


@pytest.fixture
def camille(office: Office) -> Browser:
    """Carla's browser, in French."""
    return speaking(office, "fr")


@pytest.fixture
def carol(office: Office) -> Browser:
    """Carla's browser, in English."""
    return speaking(office, "en")


def send(browser: Browser, line: Activity, step: str, **entered: str) -> str:
    """Send a step in, and read where that leads."""
    fields = {f"{step}-{name}": value for name, value in entered.items()}
    page = f"{address(line.dossier)}acties/{line.pk}/"
    return text(browser.post(page, {"step": step, **fields}, follow=True))


def test_the_dossier_explains_in_french(camille: Browser, office: Office) -> None:
    page = text(camille.get(address(office.anna)))
    assert "Werkpad (OE1) a un droit de consultation depuis le 2 mars 2026" in page
    assert "Le dernier jour est le 2 septembre 2026, compté depuis le dernier octroi le 2 mars 2026." in page
    assert "Jusqu'au 2 septembre 2026 inclus" in page


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("fr", "6 mois après le dernier octroi (2 mars 2026)."),
        ("en", "6 months after the last grant on 2 March 2026."),
    ],
)
def test_the_reason_in_a_list_is_said_in_the_language_of_the_page(
    office: Office, language: str, reason: str
) -> None:
    assert reason in text(speaking(office, language).get("/dossiers/"))


def test_a_notice_of_an_end_is_said_in_french(camille: Browser, office: Office) -> None:
    give_back(office.right.pk, origin=origin())
    page = text(camille.get("/berichten/"))
    assert "Dernier jour : 2 mars 2026." in page
    assert "Le partenaire a rendu le droit." in page


@pytest.mark.parametrize(
    ("days", "french", "english"),
    [
        (0, "dernier jour aujourd'hui", "today is the last day"),
        (1, "encore aujourd'hui et demain", "today and tomorrow left"),
        (2, "encore 2 jours", "2 days left"),
        (30, "encore 30 jours", "30 days left"),
        (31, "", ""),
    ],
)
def test_how_long_a_right_lasts_is_counted_in_each_language(days: int, french: str, english: str) -> None:
    for language, said in (("fr", french), ("en", english)):
        with override(language):
            assert days_left(TODAY + timedelta(days=days), TODAY) == said


@pytest.mark.parametrize("typed", ["02/03/2026", "2-3-2026", "2026-03-02"])
def test_on_an_english_page_too_the_day_comes_before_the_month(
    carol: Browser, office: Office, typed: str
) -> None:
    send(carol, an_activity(office), "perform", on=typed, present="1")
    assert Performance.objects.get().day == date(2026, 3, 2)


@pytest.mark.parametrize("typed", ["1,5", "1.5"])
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_an_hour_and_a_half_is_one_in_every_language(office: Office, language: str, typed: str) -> None:
    page = send(speaking(office, language), an_activity(office), "perform", on="2026-03-02", present=typed)
    assert Performance.objects.get().hours_present == 1.5
    assert ("1.5" if language == "en" else "1,5") in page


def test_what_was_done_and_what_is_wrong_are_said_in_french(camille: Browser, office: Office) -> None:
    line = an_activity(office)
    refused = send(camille, line, "perform", on="31/02/2026", present="")
    assert "Indiquez un jour qui existe, comme 28/02/2026." in refused
    assert "À remplir : heures de présence." in refused
    assert "Erreur :" in refused
    assert "L'action sera clôturée le 1er avril 2026." in send(camille, line, "close", on="2026-04-01")


def test_a_participant_lives_in_ixelles_in_french_and_in_elsene_in_dutch(office: Office) -> None:
    in_brussels(office.anna)
    an_enrolment(office.anna, "not_enrolled")
    assert "Woont in Elsene." in text(speaking(office, "nl").get(address(office.anna)))
    page = text(speaking(office, "fr").get(address(office.anna)))
    assert "Habite à Ixelles." in page
    assert [way for way in ways_to_enrol("fr").values() if way not in page] == []


def test_the_text_a_client_is_told_stands_first_in_the_pages_language(
    camille: Browser, office: Office
) -> None:
    in_brussels(office.anna)
    page = markup(camille.get(f"{address(office.anna)}inlichten/"))
    first, *others = [part[:2] for part in page.split('<p lang="')[1:]]
    assert (first, sorted(others)) == ("fr", ["en", "nl"])


def test_a_list_is_saved_in_the_language_in_which_it_was_asked() -> None:
    word = gettext_lazy("Klantnummer")
    with override("fr"):
        answer = csv_of("list", [word], ([each] for each in [word]))  # type: ignore[list-item]
    assert isinstance(answer, StreamingHttpResponse)
    saved = b"".join(answer.streaming_content).decode()  # type: ignore[arg-type]
    assert saved.split()[-4:] == ["client", "Numéro", "de", "client"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_defect_and_a_lock_are_told_in_the_language_of_the_page(language: str) -> None:
    with override(language):
        pages = [HttpResponse(get_template(name).render()) for name in ("500.html", "503.html")]
    assert all(f'<html lang="{language}">' in markup(page) for page in pages)
    assert not any("<form" in markup(page) for page in pages)
