"""What was sent to a session that had ended is sent again by whoever sent it, as it was, and by nobody else."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client as Browser

from inzage.dossiers.models import Activity
from inzage.partners import people
from inzage.partners.identities import Identity
from inzage.partners.models import Person
from inzage.portal.coming_in.kept_form import KEPT, TOKEN
from tests.coming_in.conftest import Clock
from tests.coming_in.kept_forms.sending import AGAIN, hidden_in, sends, too_late
from tests.coming_in.pretending import CARLA
from tests.coming_in.travelling import in_by
from tests.portal.office import Office, origin
from tests.portal.reading import address, goes_to, markup, text

NADIA = CARLA._replace(subject="s-2", name="Nadia Nieuw")


def test_what_was_sent_too_late_is_sent_after_signing_in_again_as_it_was(
    browser: Browser, office: Office, new: dict[str, str], time: Clock
) -> None:
    assert goes_to(too_late(browser, office, new, time)).startswith("/aanmelden/?next=/dossiers/")
    assert not Activity.objects.exists()
    assert "Wat u verstuurde, is een uur lang bewaard" in text(browser.get("/aanmelden/"))
    assert goes_to(in_by(browser, address(office.anna))) == AGAIN

    page = markup(browser.get(AGAIN))
    assert f'action="{address(office.anna)}"' in page
    fields = hidden_in(page)
    assert {name: value for name, value in fields.items() if name != TOKEN} == new
    assert sends(browser, office, fields).status_code == 302
    assert Activity.objects.get().title == new["title"]
    assert goes_to(browser.get(AGAIN)) == "/"
    assert goes_to(in_by(browser, "/berichten/")) == "/berichten/"


def test_it_is_sent_with_a_new_token_and_not_without(
    carla: Person, office: Office, new: dict[str, str], time: Clock
) -> None:
    browser = Browser(enforce_csrf_checks=True)
    in_by(browser)
    before = re.search(f'name="{TOKEN}" value="([^"]+)"', browser.get(address(office.anna)).content.decode())
    assert before is not None
    too_late(browser, office, {**new, TOKEN: before[1]}, time)
    in_by(browser)
    fields = hidden_in(browser.get(AGAIN).content.decode())
    assert sends(browser, office, {**fields, TOKEN: before[1]}).status_code == 403
    assert sends(browser, office, fields).status_code == 302
    assert Activity.objects.count() == 1


@pytest.mark.parametrize("who", ["somebody else", "the same as a citizen"])
def test_another_who_signs_in_gets_nothing_and_then_it_is_gone(
    browser: Browser, office: Office, new: dict[str, str], time: Clock, who: str
) -> None:
    citizen = CARLA._replace(role=Person.Role.CLIENT, organisation=None, insz=office.anna.client.insz)
    other: Identity = NADIA if who == "somebody else" else citizen
    too_late(browser, office, new, time)
    assert goes_to(in_by(browser, who=other)) == "/"
    assert goes_to(browser.get(AGAIN)) == "/"
    assert KEPT not in browser.session
    assert goes_to(in_by(browser, who=CARLA)) == "/"
    assert not Session.objects.filter(session_data__contains=KEPT).exists()


def test_who_is_refused_at_the_sign_in_takes_it_along(
    browser: Browser, office: Office, new: dict[str, str], time: Clock
) -> None:
    too_late(browser, office, new, time)
    in_by(browser, who=CARLA._replace(role=None))
    assert goes_to(in_by(browser, who=CARLA)) == "/"


def test_in_another_browser_there_is_nothing(
    browser: Browser, office: Office, new: dict[str, str], time: Clock
) -> None:
    too_late(browser, office, new, time)
    assert goes_to(in_by(Browser())) == "/"


def test_of_two_forms_the_last_is_kept(
    browser: Browser, office: Office, new: dict[str, str], time: Clock
) -> None:
    too_late(browser, office, new, time)
    sends(browser, office, {**new, "title": "De tweede"})
    in_by(browser)
    assert hidden_in(markup(browser.get(AGAIN)))["title"] == "De tweede"


def test_thrown_away_is_gone_and_nothing_changed(
    browser: Browser, office: Office, new: dict[str, str], time: Clock
) -> None:
    too_late(browser, office, new, time)
    in_by(browser)
    assert goes_to(browser.post(AGAIN)) == "/"
    assert goes_to(browser.get(AGAIN)) == "/"
    assert not Activity.objects.exists()


def test_whoever_works_for_several_units_sends_it_for_the_one_it_was_opened_for(
    browser: Browser, carla: Person, office: Office, new: dict[str, str], time: Clock
) -> None:
    people.join(carla.pk, office.other, manages=False, origin=origin())
    browser.post("/organisatie/", {"unit": "OE1"})
    too_late(browser, office, new, time)
    in_by(browser)
    assert sends(browser, office, hidden_in(markup(browser.get(AGAIN)))).status_code == 302
    assert Activity.objects.get().unit == office.own
    assert browser.get("/dossiers/").status_code == 200


def test_a_form_for_a_unit_of_somebody_else_chooses_nothing_and_stays_kept(
    browser: Browser, carla: Person, office: Office, new: dict[str, str], time: Clock
) -> None:
    people.join(carla.pk, office.other, manages=False, origin=origin())
    too_late(browser, office, {**new, "for_unit": "OE3"}, time)
    in_by(browser)
    fields = hidden_in(markup(browser.get(AGAIN)))
    assert goes_to(sends(browser, office, fields)) == "/organisatie/"
    browser.post("/organisatie/", {"unit": "OE1"})
    assert sends(browser, office, fields).status_code == 409
    assert browser.get(AGAIN).status_code == 200
    assert not Activity.objects.exists()
