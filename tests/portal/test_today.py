"""The page that opens a counsellor's day: what ends soon and what would keep it, and what waits to be done."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from inzage.dossiers.models import Activity, Dossier
from inzage.partners.models import Membership
from inzage.portal.partner.day import at_hand
from inzage.rules.names import Kind, Route
from inzage.view_rights.consenting import send_back
from inzage.view_rights.ending import give_back
from inzage.view_rights.models import ViewRight
from inzage.view_rights.registering import Actor, NewActivity, register
from tests.portal.office import (
    TODAY,
    Office,
    a_dossier,
    a_form,
    a_right,
    an_activity,
    an_enrolment,
    from_ibis,
    in_brussels,
    origin,
)
from tests.portal.reading import address, goes_to, lines, markup, text

PAGE = "/vandaag/"
MOST_QUERIES = 12


def ending_in(office: Office, days: int, given: str = "Ria") -> Dossier:
    """A dossier of Werkpad's whose right ends so many days from now."""
    dossier = a_dossier(given, "Binnenkort")
    right = a_right(dossier, office.own)
    ViewRight.objects.filter(pk=right.pk).update(last_day=TODAY + timedelta(days=days))
    return dossier


def block(browser: Browser, name: str) -> str:
    """The words of one block of the page."""
    found = re.search(
        rf'<section aria-labelledby="{name}">(.*?)</section>', markup(browser.get(PAGE)), re.DOTALL
    )
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def asked_for(office: Office, dossier: Dossier, *, on: date = TODAY, title: str = "Lassen") -> Activity:
    """A line of Werkpad that is asked for."""
    new = NewActivity(office.own, Kind.TRAINING, title, requested_on=on)
    return register(dossier.pk, new, actor=Actor(origin(), office.own))


def statements(browser: Browser) -> int:
    """How many statements the page costs, but for the marks of the test's own transaction."""
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(PAGE).status_code == 200
    return sum("SAVEPOINT" not in one["sql"] for one in captured)


def test_it_is_the_first_page_and_the_first_in_the_menu(carla: Browser) -> None:
    assert goes_to(carla.get("/")) == PAGE
    menu = re.search(r"<nav.*?</nav>", markup(carla.get(PAGE)), re.DOTALL)
    assert menu is not None
    assert re.findall(r'href="([^"]+)"', menu[0])[0] == PAGE


@pytest.mark.parametrize(
    ("days", "where"),
    [(-1, ""), (0, "eindigt"), (6, "eindigt"), (7, "eindigt"), (8, "later"), (30, "later"), (31, "")],
)
def test_a_right_stands_under_7_or_30_days_up_to_and_including_that_day(
    carla: Browser, office: Office, days: int, where: str
) -> None:
    ending_in(office, days)
    assert {name for name in ("eindigt", "later") if "Ria Binnenkort" in block(carla, name)} == {where} - {""}


def test_it_says_what_would_keep_the_right_by_judging_the_changed_facts(
    carla: Browser, office: Office
) -> None:
    ending_in(office, 5)
    said = block(carla, "eindigt")
    assert "Begint er vandaag een actie, dan blijft het recht open zolang ze loopt." in said
    assert "Wordt het recht vandaag opnieuw toegekend, dan wordt de laatste dag: 2 september 2026." in said


def test_where_nothing_keeps_a_right_it_says_so(carla: Browser, office: Office) -> None:
    dossier = ending_in(office, 5)
    dossier.client.deceased_on = dossier.client.death_recorded_on = TODAY + timedelta(days=6)
    dossier.client.save()
    assert "Niets van wat u vandaag kunt registreren, houdt dit recht langer open." in block(carla, "eindigt")


def test_another_units_rights_and_an_own_one_that_was_given_back_are_not_there(
    carla: Browser, otto: Browser, office: Office
) -> None:
    ending_in(office, 3)
    assert "Ria" not in text(otto.get(PAGE))
    give_back(ViewRight.objects.get(last_day=TODAY + timedelta(days=3)).pk, origin=origin())
    assert "Ria" not in text(carla.get(PAGE))


def test_forms_sent_back_say_what_is_missing_and_no_name(
    carla: Browser, otto: Browser, office: Office
) -> None:
    bob = a_dossier("Bob")
    form = a_form(bob, office.own, completed_on=None)
    assert "Er wacht geen enkel teruggestuurd formulier op u." in block(carla, "teruggestuurd")
    send_back(form.pk, remark="Graag nog eens.", origin=origin())
    said = block(carla, "teruggestuurd")
    assert bob.client.client_number in said
    assert "de dag waarop het formulier werd ingevuld Graag nog eens." in said
    assert "Bob" not in text(carla.get(PAGE))
    assert str(bob.reference) not in markup(carla.get(PAGE))
    assert bob.client.client_number not in text(otto.get(PAGE))


def test_a_brussels_form_that_came_back_leads_to_its_own_page(carla: Browser, office: Office) -> None:
    form = a_form(in_brussels(a_dossier()), office.own, route=Route.BRUSSELS_FORM, completed_on=None)
    send_back(form.pk, origin=origin())
    assert f'href="/aanvragen/{form.pk}/"' in markup(carla.get(PAGE))


@pytest.mark.parametrize(("registered", "may_start"), [(-1, True), (0, False), (1, False)])
def test_s16_a_line_from_ibis_may_start_from_the_day_after_its_registration(
    carla: Browser, office: Office, registered: int, may_start: bool
) -> None:
    line = from_ibis(office.anna, office.own, title="Uit IBIS")
    Activity.objects.filter(pk=line.pk).update(ibis_registered_on=TODAY + timedelta(days=registered))
    assert ("Uit IBIS" in block(carla, "starten")) is may_start


def test_another_line_that_is_asked_for_may_start_today(carla: Browser, office: Office) -> None:
    line = asked_for(office, office.anna)
    assert "Lassen Anna Verzinsel" in block(carla, "starten")
    assert f'href="{address(office.anna)}acties/{line.pk}/"' in markup(carla.get(PAGE))


def test_what_runs_is_announced_has_ended_or_is_anothers_does_not_wait_to_start(
    carla: Browser, office: Office
) -> None:
    an_activity(office)
    for field in ("started_on", "closed_on", "cancelled_on"):
        line = asked_for(office, office.anna, title=field)
        Activity.objects.filter(pk=line.pk).update(**{field: TODAY + timedelta(days=1)})
    asked_for(office, office.anna, on=TODAY + timedelta(days=1), title="morgen")
    a_right(office.anna, office.other)
    new = NewActivity(office.other, Kind.TRAINING, "Van Leerhuis", requested_on=TODAY)
    register(office.anna.pk, new, actor=Actor(origin(), office.other))
    assert "Geen enkele aangevraagde actie kan vandaag starten." in block(carla, "starten")


def test_a_line_in_a_dossier_whose_right_was_closed_does_not_wait_to_start(
    carla: Browser, office: Office
) -> None:
    asked_for(office, office.anna)
    give_back(office.right.pk, origin=origin())
    assert "Lassen" not in text(carla.get(PAGE))


def test_who_must_enrol_with_actiris_is_listed_for_the_unit_concerned(
    carla: Browser, otto: Browser, office: Office
) -> None:
    assert "Geen enkele deelnemer moet zich nog inschrijven" in block(carla, "inschrijven")
    in_brussels(office.anna)
    an_enrolment(office.anna, "not_enrolled")
    assert "Anna Verzinsel" in block(carla, "inschrijven")
    assert "Anna" not in text(otto.get(PAGE))
    an_enrolment(office.anna, "enrolled")
    assert "Anna" not in block(carla, "inschrijven")


def test_each_block_shows_the_first_twenty_and_says_how_many_there_are(
    carla: Browser, office: Office
) -> None:
    for _ in range(at_hand.MOST + 1):
        ending_in(office, 3)
        ending_in(office, 20)
    page = markup(carla.get(PAGE))
    assert page.count("Ria Binnenkort") == 2 * at_hand.MOST
    assert f"Alle {at_hand.MOST + 1} die binnen 7 dagen eindigen" in page
    assert f"Alles wat binnen 30 dagen eindigt ({2 * at_hand.MOST + 2})" in page


def test_it_costs_no_more_queries_whatever_there_is(carla: Browser, office: Office) -> None:
    Membership.objects.update(manages=True)
    an_enrolment(in_brussels(office.anna), "not_enrolled")
    for number in range(2):
        asked_for(office, ending_in(office, 3 + 10 * number))
    one = statements(carla)
    for number in range(at_hand.MOST):
        dossier = ending_in(office, number + 3)
        asked_for(office, dossier)
        send_back(a_form(a_dossier(), office.own, completed_on=None).pk, origin=origin())
    assert statements(carla) == one
    assert one <= MOST_QUERIES


def test_it_writes_one_line_that_names_every_dossier_on_it_and_no_other(
    carla: Browser, office: Office
) -> None:
    soon, late, form = ending_in(office, 3), ending_in(office, 31), a_dossier()
    send_back(a_form(form, office.own, completed_on=None).pk, origin=origin())
    asked_for(office, office.anna)
    carla.get(PAGE)
    assert lines("list") == [{soon.pk, form.pk, office.anna.pk}]
    assert late.pk not in lines("list")[0]


@pytest.mark.parametrize("who", ["mira", "bas"])
def test_it_is_for_partners_people_only(request: pytest.FixtureRequest, office: Office, who: str) -> None:
    browser: Browser = request.getfixturevalue(who)
    assert browser.get(PAGE).status_code == 403
