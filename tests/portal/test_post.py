"""The demo keeps its mails and shows them; nothing of that exists outside the demo."""

import pytest
from django.core.mail import EmailMessage, get_connection
from django.test import Client as Browser
from pytest_django import Settings

from inzage.notices import kept_mails as keeping
from inzage.notices.composing import compose
from inzage.notices.kept_mails import kept_mail, kept_mails
from inzage.notices.sending import send_mails, tell
from tests.portal.office import NOON, TODAY, Office
from tests.portal.reading import text

BACKEND = "inzage.notices.kept_mails.EmailBackend"


@pytest.fixture(autouse=True)
def _keeps_mails(settings: Settings) -> None:
    """Mails are kept, in a folder of the test."""
    settings.EMAIL_BACKEND = BACKEND


def send(*subjects: str) -> None:
    """Send a mail with each of these subjects."""
    for subject in subjects:
        compose(subject, [f"Over {subject}."], to="a@b.example", key=subject).send()


def test_without_a_mail_the_page_says_how_to_get_one(carla: Browser) -> None:
    assert "Er is nog geen mail." in text(carla.get("/post/"))


def test_a_mail_of_the_application_can_be_read_as_it_went_out(carla: Browser, office: Office) -> None:
    office.own.email = "werkpad@voorbeeld.example"
    office.own.save()
    tell("granted", unit=office.own, dossier=office.anna, on=TODAY, at=NOON)
    assert send_mails(NOON) == 1
    page = text(carla.get("/post/"))
    assert "Inzagerecht toegekend" in page
    assert "werkpad@voorbeeld.example" in page
    assert '<pre class="code" lang="nl">' in carla.get("/post/1/").content.decode()
    letter = text(carla.get("/post/1/"))
    assert "Er is 1 inzagerecht toegekend." in letter
    html = carla.get("/post/1/opgemaakt/")
    assert "<h1>Inzagerecht toegekend</h1>" in html.content.decode()
    assert "default-src 'none'" in html.headers["Content-Security-Policy"]


def test_the_newest_comes_first_and_each_keeps_its_accents(carla: Browser) -> None:
    send("Één", "Twee")
    assert [str(kept.mail["Subject"]) for kept in kept_mails()] == ["Twee", "Één"]
    page = text(carla.get("/post/"))
    assert page.index("Twee") < page.index("Één")


def test_no_more_than_the_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST", 3)
    send(*(f"Mail {number}" for number in range(5)))
    assert [str(kept.mail["Subject"]) for kept in kept_mails()] == ["Mail 4", "Mail 3", "Mail 2"]
    assert kept_mail(1) is None


def test_two_processes_that_take_the_same_number_both_keep_their_mail(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    send("Eerst")
    with monkeypatch.context() as beside:
        beside.setattr(keeping, "_numbers", list)  # as if nothing were there yet
        get_connection().send_messages([EmailMessage("Daarna", "x", None, ["a@b.example"])])
    assert [str(kept.mail["Subject"]) for kept in kept_mails()] == ["Daarna", "Eerst"]


@pytest.mark.parametrize("page", ["/post/7/", "/post/7/opgemaakt/", f"/post/{'9' * 400}/"])
def test_a_mail_that_is_not_there_is_not_found(carla: Browser, page: str) -> None:
    send("Eerst")
    assert carla.get(page).status_code == 404


@pytest.mark.parametrize("page", ["/post/", "/post/1/", "/post/1/opgemaakt/"])
def test_outside_the_demo_there_is_no_post(office: Office, settings: Settings, page: str) -> None:
    send("Eerst")
    settings.DEMO = False
    office.carla.issuer = "https://issuer.example"
    office.carla.save()
    browser = Browser()
    browser.force_login(office.carla)
    assert browser.get(page).status_code == 404
    assert "Post van de demo" not in browser.get("/dossiers/").content.decode()


def test_the_banner_leads_to_the_post(carla: Browser) -> None:
    assert '<a href="/post/">Post van de demo</a>' in carla.get("/dossiers/").content.decode()


def test_a_mail_is_dated_as_the_rest_of_the_pages_in_brussels(carla: Browser) -> None:
    """A mail says its moment in UTC."""
    mail = EmailMessage(
        "Wintertijd", "Tekst", to=["a@b.example"], headers={"Date": "Mon, 02 Mar 2026 11:00:00 -0000"}
    )
    mail.send()
    assert "2 maart 2026 12:00" in text(carla.get("/post/"))
