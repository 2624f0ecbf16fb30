"""A client reads every look at the own dossier and every yes that others were given: who, when, what, and why."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from inzage.access_log.models import AccessLine, ShownDossier
from inzage.partners.people import record, record_before
from inzage.portal.client import log
from inzage.portal.client.staff import sign_of
from inzage.rules.days import midnight
from inzage.view_rights.ending import give_back
from tests.portal.clients import a_look, a_yes
from tests.portal.office import NOON, TODAY, Office, a_dossier, a_form, origin
from tests.portal.reading import NEXT, address, markup, text

PAGE = "/mijn-dossier/wie-keek/"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_a_counsellors_look_is_there_with_organisation_hour_part_and_ground_and_without_a_name(
    anna: Browser, carla: Browser, office: Office
) -> None:
    carla.get(address(office.anna))
    page = text(anna.get(PAGE))
    assert "2 maart 2026 12:00 Werkpad , begeleider" in page
    assert "Opende uw dossier: de algemene gegevens en uw stappen naar werk." in page
    assert "Mocht dat? Ja, de organisatie had een inzagerecht. U gaf op 2 maart 2026 toestemming" in page
    assert "Carla" not in page


def test_somebody_is_known_again_in_one_dossier_and_not_from_one_to_the_next(
    anna: Browser, office: Office
) -> None:
    bert = a_dossier("Bert")
    for person, ago in ((office.carla, HOUR), (office.carla, DAY), (office.otto, DAY)):
        a_look(office.anna, person, office.own, ago=ago)
    signs = {
        sign_of(person.signature, of) for person in (office.carla, office.otto) for of in (office.anna, bert)
    }
    assert len(signs) == 4
    page = text(anna.get(PAGE))
    assert page.count(sign_of(office.carla.signature, office.anna)) == 2
    assert page.count(sign_of(office.otto.signature, office.anna)) == 1
    assert sign_of(office.carla.signature, bert) not in page


def test_who_became_a_mediator_since_looked_as_the_counsellor_he_or_she_was(
    anna: Browser, office: Office
) -> None:
    a_look(office.anna, office.carla, office.own, ago=DAY)
    record_before(office.carla, origin())
    office.carla.role = "mediator"
    office.carla.save()
    record(office.carla, origin())
    a_look(office.anna, office.carla, None)
    page, sign = text(anna.get(PAGE)), sign_of(office.carla.signature, office.anna)
    assert f"Werkpad , begeleider {sign}" in page
    assert f"VDAB , bemiddelaar {sign}" in page


def test_a_look_of_vdab_says_so_with_the_reason_that_was_stated(anna: Browser, office: Office) -> None:
    a_look(office.anna, office.mira, None, reason="klacht 12 nakijken")
    page = text(anna.get(PAGE))
    assert "VDAB , bemiddelaar" in page
    assert "Ja, VDAB beheert uw dossier en heeft er geen inzagerecht voor nodig." in page
    assert "Opgegeven reden: klacht 12 nakijken" in page


def test_what_showed_no_dossier_is_said_to_have_shown_none(
    anna: Browser, carla: Browser, otto: Browser, office: Office
) -> None:
    a_look(office.anna, office.otto, office.other, kind=AccessLine.Kind.LIST)
    give_back(office.right.pk, origin=origin())
    carla.get("/dossiers/afgesloten/")
    page = text(anna.get(PAGE))
    assert "Ja, maar zonder inzagerecht. Te zien was alleen dat u er bekend bent" in page
    assert "Ja, maar het recht was voorbij. Te zien was alleen dat u er klant was" in page


def test_the_ground_is_the_one_of_the_day_of_the_look(anna: Browser, office: Office) -> None:
    """Withdrawn since, the consent was the ground then."""
    a_look(office.anna, office.carla, office.own)
    grant = office.right.grants.get()
    grant.withdrawn_on = TODAY + DAY
    grant.save()
    assert "U gaf op 2 maart 2026 toestemming" in text(anna.get(PAGE))
    grant.withdrawn_on = TODAY
    grant.save()
    assert "U gaf op 2 maart 2026 toestemming" not in text(anna.get(PAGE))


def test_a_yes_to_another_system_is_there_and_a_no_and_the_clients_own_asking_are_not(
    anna: Browser, office: Office
) -> None:
    a_yes(office.anna, office.carla, office.own, ago=HOUR)
    a_yes(office.anna, office.otto, office.other, ago=2 * HOUR, allowed=False, reason="no_right")
    a_yes(office.anna, office.otto, office.other, ago=3 * HOUR, reason="own_dossier")
    page = anna.get(PAGE)
    assert "Een ander systeem (leerplatform) vroeg of deze persoon mag kijken." in text(page)
    assert "11:00 Werkpad , begeleider" in text(page)
    assert markup(page).count('class="hour"') == 1


def test_looks_and_yeses_stand_together_newest_first_each_day_once(anna: Browser, office: Office) -> None:
    for ago in (DAY, 3 * HOUR):
        a_look(office.anna, office.carla, office.own, ago=ago)
    for ago in (DAY + HOUR, 2 * HOUR):
        a_yes(office.anna, office.carla, office.own, ago=ago)
    page = text(anna.get(PAGE))
    places = [
        page.index(said) for said in ("2 maart 2026", "10:00", "09:00", "1 maart 2026", "12:00", "11:00")
    ]
    assert places == sorted(places)
    assert markup(anna.get(PAGE)).count("<h2") == 2


def test_what_says_the_same_again_on_a_day_is_counted_and_not_repeated(anna: Browser, office: Office) -> None:
    for hours in (27, 5, 4, 3):
        a_look(office.anna, office.carla, office.own, ago=hours * HOUR, kind=AccessLine.Kind.LIST)
    a_look(office.anna, office.otto, office.own, ago=2 * HOUR, kind=AccessLine.Kind.LIST)
    a_look(office.anna, office.carla, office.own, ago=HOUR, kind=AccessLine.Kind.LIST)
    for _twice in range(2):
        a_look(office.anna, office.carla, office.own)
    page = anna.get(PAGE)
    assert markup(page).count('class="hour"') == 6
    assert "07:00 – 09:00 Werkpad" in text(page)
    assert text(page).count("3 keer.") == 1


def test_paging_shows_each_line_once_and_ends(
    anna: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "PAGE", 3)
    for number in range(7, 0, -1):
        a_look(office.anna, office.carla, office.own, ago=number * timedelta(minutes=7))
        person = office.otto if number % 2 else office.carla
        a_yes(office.anna, person, office.own, ago=number * timedelta(minutes=11))
    hours, address = [], PAGE
    while address:
        page = markup(anna.get(address))
        hours += [line.split("<")[0] for line in page.split('class="hour">')[1:]]
        following = NEXT.findall(page)
        address = f"{PAGE}?{following[-1]}" if following else ""
    assert len(hours) == 14
    assert hours == sorted(hours, reverse=True)


@pytest.mark.parametrize("place", ["x", "1_2", "1_zz_3", "-1__0", "1__x"])
def test_a_place_that_is_none_is_a_bad_request(anna: Browser, place: str) -> None:
    assert anna.get(PAGE, {"na": place}).status_code == 400


def test_another_clients_looks_are_not_there_even_from_their_place(anna: Browser, office: Office) -> None:
    bert = a_dossier("Bert")
    theirs = a_look(bert, office.otto, office.other)
    a_yes(bert, office.otto, office.other)
    for place in ("", f"{theirs.pk + 1}__0"):
        page = text(anna.get(PAGE, {"na": place}))
        assert "Leerhuis" not in page


@pytest.mark.parametrize(
    ("chosen", "hours"),
    [
        ({"organisatie": "OE1"}, ["12:00", "09:00"]),
        ({"organisatie": "OE2"}, ["11:00", "08:00"]),
        ({"organisatie": "vdab"}, ["10:00"]),
        ({"van": "2026-03-02"}, ["12:00", "11:00", "10:00", "09:00"]),
        ({"tot": "2026-03-01"}, ["08:00"]),
        ({"van": "2026-03-01", "tot": "2026-03-01", "organisatie": "OE1"}, []),
    ],
)
def test_the_filter_leaves_what_was_asked_for(
    anna: Browser, office: Office, chosen: dict[str, str], hours: list[str]
) -> None:
    a_form(office.anna, office.other)
    a_look(office.anna, office.carla, office.own)
    a_look(office.anna, office.mira, None, ago=2 * HOUR)
    a_yes(office.anna, office.otto, office.other, ago=HOUR)
    a_yes(office.anna, office.carla, office.own, ago=3 * HOUR)
    a_yes(office.anna, office.otto, office.other, ago=DAY + 4 * HOUR)
    page = markup(anna.get(PAGE, chosen))
    assert [line.split("<")[0] for line in page.split('class="hour">')[1:]] == hours
    assert ("In deze selectie keek niemand" in page) is (not hours)


def test_a_days_first_and_last_moment_are_of_that_day_in_brussels(anna: Browser, office: Office) -> None:
    for moment in (midnight(TODAY), midnight(TODAY) - timedelta(seconds=1)):
        a_look(office.anna, office.carla, office.own, ago=NOON - moment)
    assert "00:00" in text(anna.get(PAGE, {"van": "2026-03-02"}))
    assert "23:59" not in text(anna.get(PAGE, {"van": "2026-03-02"}))
    assert "23:59" in text(anna.get(PAGE, {"tot": "2026-03-01"}))


def test_an_end_before_the_beginning_is_said_at_its_field_and_all_is_shown(
    anna: Browser, office: Office
) -> None:
    a_look(office.anna, office.carla, office.own)
    page = text(anna.get(PAGE, {"van": "2026-03-02", "tot": "2026-03-01"}))
    assert page.count("Deze dag ligt vóór de eerste dag.") == 2
    assert "12:00" in page


def test_nobody_looked_yet_is_said_so(anna: Browser) -> None:
    assert "Nog niemand keek in uw dossier." in text(anna.get(PAGE))


@pytest.mark.parametrize(
    ("language", "says"),
    [("fr", "Oui, l'organisme avait un droit"), ("en", "Yes, the organisation had a view right")],
)
def test_the_page_speaks_the_language_that_the_client_chose(
    anna: Browser, office: Office, language: str, says: str
) -> None:
    a_look(office.anna, office.carla, office.own)
    anna.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = text(anna.get(PAGE))
    assert says in page
    assert f"dossier{' ' if language == 'fr' else ''}:" in page
    assert "inzagerecht" not in page


def test_a_page_costs_as_many_queries_for_many_looks_as_for_one(anna: Browser, office: Office) -> None:
    a_look(office.anna, office.carla, office.own)
    a_yes(office.anna, office.carla, office.own)
    with CaptureQueriesContext(connection) as one:
        anna.get(PAGE, {"organisatie": "OE1"})
    for number in range(20):
        a_look(office.anna, office.otto, office.own, ago=number * HOUR)
        a_look(office.anna, office.mira, None, ago=number * HOUR)
        a_yes(office.anna, office.otto, office.own, ago=(number + 1) * HOUR)
    with CaptureQueriesContext(connection) as many:
        anna.get(PAGE, {"organisatie": "OE1"})
    assert len(many) == len(one) <= 12


def test_the_looks_at_a_dossier_are_read_from_their_index_and_not_sorted(office: Office) -> None:
    """However long the log: neither all of it is read, nor all of the dossier's lines sorted."""
    plan = ShownDossier.objects.filter(dossier=office.anna).order_by("-pk")[:51].explain()
    if connection.vendor == "sqlite":
        assert "shown_of_dossier" in plan
        assert "TEMP B-TREE" not in plan
    with connection.cursor() as cursor:
        indexes = connection.introspection.get_constraints(cursor, ShownDossier._meta.db_table)
    assert indexes["shown_of_dossier"]["columns"] == ["dossier_id", "id"]
