"""The rule manager answers for rights that wait; nobody is named, and an answer is given once (S19, S22)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from inzage.partners.models import Person
from inzage.rules.days import midnight
from inzage.view_rights.held import HeldAnswer
from inzage.view_rights.holding import check_evening
from inzage.view_rights.models import ViewRight
from tests.portal.office import TODAY, Office, Tab, a_dossier, a_person, a_right, signed_in_as
from tests.portal.operating import checked
from tests.portal.pages.held import NOTHING_IS_USUAL, granted_to_end
from tests.portal.reading import text

LIST, ANSWER = "/regels/vastgehouden/", "/regels/vastgehouden/antwoord/"


@pytest.fixture
def everything_is_unusual(settings: Settings) -> None:
    """So that whatever ends is held."""
    settings.EVENING_LIMITS = NOTHING_IS_USUAL


def held(office: Office, number: int, *, days_ago: int = 0) -> list[ViewRight]:
    """So many rights of Leerhuis, held that many days ago."""
    since = TODAY - timedelta(days=days_ago)
    granted_on = granted_to_end(since)
    rights = [a_right(a_dossier("Bob", "Bedacht"), office.other, on=granted_on) for _ in range(number)]
    check_evening(since, clock=lambda: midnight(since) + timedelta(hours=22))
    return rights


def shown(rudi: Tab, about: str) -> str:
    """What stands for the rights that the page shows."""
    return str(rudi.get(f"{ANSWER}?{about}").context["entered"]["seen"].value())


def answered(rudi: Tab, about: str, answer: str, seen: str = "") -> str:
    """What the list says after this answer, about what it shows now or what was shown."""
    sent = {"answer": answer, "reason": "Nagekeken.", "seen": seen or shown(rudi, about)}
    return str(rudi.post(f"{ANSWER}?{about}", sent, follow=True).content.decode())


@pytest.mark.usefixtures("everything_is_unusual")
def test_the_list_counts_by_rule_and_organisation_and_names_no_client(office: Office, rudi: Tab) -> None:
    right, _other = held(office, 2)
    page = rudi.get(LIST).content.decode()
    assert "2 inzagerechten wachten op uw antwoord" in page
    assert str(right.dossier.reference) in page
    assert "Leerhuis (OE2)" in page
    assert "Bedacht" not in page
    assert right.dossier.client.client_number not in page


def test_where_nothing_waits_the_list_says_that_and_nothing_of_what_waits(rudi: Tab) -> None:
    page = rudi.get(LIST).content.decode()
    assert "Geen enkel recht wacht op een antwoord." in page
    assert "eindigen vanzelf" not in page


@pytest.mark.usefixtures("everything_is_unusual")
def test_one_right_is_confirmed_and_the_other_waits_on(office: Office, rudi: Tab) -> None:
    one, other = held(office, 2)
    assert "1 einde is bevestigd" in answered(rudi, f"recht={one.pk}", "confirmed")
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.held, str(one.last_day), other.held) == ("", str(TODAY), "threshold")


@pytest.mark.usefixtures("everything_is_unusual")
@pytest.mark.parametrize("about", ["organisatie=OE2", "regel=closing.no-activity"])
def test_all_of_an_organisation_or_of_a_rule_are_kept_at_once(office: Office, rudi: Tab, about: str) -> None:
    held(office, 3)
    assert "3 rechten zijn behouden" in answered(rudi, about, "kept")
    assert HeldAnswer.objects.filter(answer="kept", reason="Nagekeken.").count() == 3
    assert not ViewRight.objects.exclude(held="").exists()


@pytest.mark.usefixtures("everything_is_unusual")
@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("organisatie=OE2", "geldt voor 2 rechten: Leerhuis (OE2)."),
        ("regel=closing.no-activity", "geldt voor 2 rechten: regel "),
    ],
)
def test_an_answer_says_whether_it_is_about_a_rule_or_an_organisation(
    office: Office, rudi: Tab, about: str, said: str
) -> None:
    held(office, 2)
    assert said in text(rudi.get(f"{ANSWER}?{about}"))
    assert "Antwoord voor alle van regel " in text(rudi.get(LIST))


@pytest.mark.usefixtures("everything_is_unusual")
def test_what_changed_since_the_page_was_shown_is_told_and_nothing_is_done(office: Office, rudi: Tab) -> None:
    held(office, 1, days_ago=1)
    seen = shown(rudi, "organisatie=OE2")
    held(office, 1)
    assert "er wachten nu 2 rechten" in answered(rudi, "organisatie=OE2", "kept", seen)
    assert not HeldAnswer.objects.exists()


@pytest.mark.usefixtures("everything_is_unusual")
def test_as_many_others_are_not_what_was_shown(office: Office, rudi: Tab) -> None:
    (one,) = held(office, 1, days_ago=2)
    seen = shown(rudi, "organisatie=OE2")
    answered(rudi, f"recht={one.pk}", "kept")
    (other,) = held(office, 1, days_ago=1)
    assert "er wacht nu 1 recht" in answered(rudi, "organisatie=OE2", "confirmed", seen)
    other.refresh_from_db()
    assert (other.closed_on, other.held) == (None, "threshold")


@pytest.mark.usefixtures("everything_is_unusual")
def test_sent_twice_it_is_done_once(office: Office, rudi: Tab) -> None:
    held(office, 1)
    seen = shown(rudi, "organisatie=OE2")
    answered(rudi, "organisatie=OE2", "confirmed", seen)
    assert "wacht niets meer op een antwoord" in answered(rudi, "organisatie=OE2", "kept", seen)
    assert HeldAnswer.objects.get().answer == "confirmed"


@pytest.mark.usefixtures("everything_is_unusual")
def test_without_a_reason_nothing_is_done(office: Office, rudi: Tab) -> None:
    held(office, 1)
    sent = {"answer": "kept", "reason": " ", "seen": shown(rudi, "organisatie=OE2")}
    page = rudi.post(f"{ANSWER}?organisatie=OE2", sent)
    assert "Schrijf waarom." in page.content.decode()
    assert not HeldAnswer.objects.exists()


@pytest.mark.usefixtures("everything_is_unusual")
@pytest.mark.parametrize(("days_ago", "shown"), [(19, False), (20, True), (21, True)])
def test_the_data_protection_officer_sees_what_waits_twenty_days(
    office: Office, days_ago: int, shown: bool
) -> None:
    (right,) = held(office, 1, days_ago=days_ago)
    dina = signed_in_as(a_person("Dina", Person.Role.DATA_PROTECTION_OFFICER))
    page = dina.get("/toezicht/vastgehouden/").content.decode()
    assert (str(right.dossier.reference) in page) is shown


def test_where_nothing_waits_long_the_officer_reads_that_and_nothing_else(office: Office) -> None:
    dina = signed_in_as(a_person("Dina", Person.Role.DATA_PROTECTION_OFFICER))
    page = text(dina.get("/toezicht/vastgehouden/"))
    assert "Geen enkel inzagerecht wacht al 20 dagen of langer" in page
    assert "Deze inzagerechten" not in page


@pytest.mark.usefixtures("everything_is_unusual")
def test_the_list_tells_of_the_last_evening_and_not_of_one_to_come(office: Office, rudi: Tab) -> None:
    held(office, 2)
    checked(-9)
    assert (
        "Op 2 maart 2026, het laatst om 22:00. Rechten die zouden eindigen: 2. Daarvan aangehouden: 2."
        in text(rudi.get(LIST))
    )


@pytest.mark.usefixtures("everything_is_unusual")
def test_the_list_asks_as_much_for_many_as_for_one(office: Office, rudi: Tab) -> None:
    held(office, 1)
    with CaptureQueriesContext(connection) as one:
        rudi.get(LIST)
    held(office, 5)
    with CaptureQueriesContext(connection) as many:
        rudi.get(LIST)
    assert len(many) <= len(one) <= 12
