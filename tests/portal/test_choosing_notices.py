"""How one is told is one's own choice: by kind, at once, in the digest or in the application only (S12)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inzage.notices.models import STAFF_KINDS, NoticeChoice
from inzage.partners.models import Person
from inzage.portal import clock
from tests.portal.office import NOON, Office, Tab, signed_in_as
from tests.portal.reading import goes_to, text

PAGE = "/berichten/instellen/"


@pytest.fixture
def tab(office: Office) -> Tab:
    """The browser of Carla, who has a mail address."""
    Person.objects.filter(pk=office.carla.pk).update(email="carla@werkpad.example")
    office.carla.refresh_from_db()
    return signed_in_as(office.carla)


def chosen(**other: str) -> dict[str, str]:
    """What the form sends when nothing was changed, but for this."""
    kinds = {str(kind): "digest" for kind in STAFF_KINDS}
    return {"email": "carla@werkpad.example", **kinds, **other}


def test_the_form_shows_the_address_and_the_digest_for_every_kind(tab: Tab) -> None:
    page = tab.get(PAGE).content.decode()
    assert 'value="carla@werkpad.example"' in page
    assert page.count('<option value="digest" selected>') == len(STAFF_KINDS)
    assert "Brussels formulier" not in page


def test_what_was_chosen_is_kept_and_shown(tab: Tab, office: Office) -> None:
    sent = chosen(email="c@werkpad.example", granted="at_once", closed="application")
    response = tab.post(PAGE, sent)
    assert goes_to(response) == PAGE
    office.carla.refresh_from_db()
    assert office.carla.email == "c@werkpad.example"
    kept = NoticeChoice.objects.filter(person=office.carla).values_list("kind", "way", "chosen_at")
    assert sorted(kept) == [("closed", "application", NOON), ("granted", "at_once", NOON)]
    page = tab.get(PAGE)
    assert "zo krijgt u voortaan uw berichten" in text(page)
    assert page.content.decode().count('<option value="at_once" selected>') == 1


def test_a_choice_that_stays_keeps_its_moment_and_another_gets_a_new_one(
    tab: Tab, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.post(PAGE, chosen(granted="at_once", closed="at_once"))
    later = NOON + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    tab.post(PAGE, chosen(granted="at_once", closed="digest"))
    kept = dict(NoticeChoice.objects.filter(person=office.carla).values_list("kind", "chosen_at"))
    assert kept == {"granted": NOON, "closed": later}


@pytest.mark.parametrize(
    "email", ["geen adres", "a@b.example\r\nBcc: c@d.example", "a@b", "x" * 200 + "@b.example"]
)
def test_an_address_that_is_none_is_refused_at_its_field(tab: Tab, office: Office, email: str) -> None:
    response = tab.post(PAGE, chosen(email=email, granted="at_once"))
    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Fout: " in page
    assert 'aria-describedby="id_email_helptext id_email_error"' in page
    office.carla.refresh_from_db()
    assert office.carla.email == "carla@werkpad.example"
    assert not NoticeChoice.objects.exists()


def test_the_address_may_be_taken_away(tab: Tab, office: Office) -> None:
    tab.post(PAGE, chosen(email=""))
    office.carla.refresh_from_db()
    assert office.carla.email == ""


@pytest.mark.parametrize(("kind", "way"), [("granted", "never"), ("granted", "")])
def test_a_way_that_is_none_is_refused(tab: Tab, kind: str, way: str) -> None:
    assert tab.post(PAGE, chosen(**{kind: way})).status_code == 200
    assert not NoticeChoice.objects.exists()


def test_what_is_for_desks_alone_can_not_be_chosen(tab: Tab) -> None:
    tab.post(PAGE, chosen(received="at_once"))
    assert not NoticeChoice.objects.exists()


def test_nobody_chooses_for_a_colleague(tab: Tab, office: Office) -> None:
    tab.post(PAGE, chosen(granted="at_once", person=str(office.otto.pk)))
    assert list(NoticeChoice.objects.values_list("person", flat=True)) == [office.carla.pk]


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "dans l'e-mail quotidien"), ("en", "in the daily mail")]
)
def test_the_page_speaks_the_readers_language(tab: Tab, office: Office, language: str, words: str) -> None:
    Person.objects.filter(pk=office.carla.pk).update(language=language)
    page = text(tab.get(PAGE))
    assert words in page
    assert "Bewaren" not in page


def test_the_page_asks_few_questions(tab: Tab) -> None:
    tab.post(PAGE, chosen(**{str(kind): "at_once" for kind in STAFF_KINDS}))
    with CaptureQueriesContext(connection) as asked:
        tab.get(PAGE)
    assert len(asked) <= 12
