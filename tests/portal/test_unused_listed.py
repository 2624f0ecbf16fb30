"""The list of unused rights: read and taken along with its line in the log, by who manages the unit alone."""

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from inzage.access_log.models import AccessLine
from inzage.portal.paging import PAGE
from inzage.view_rights import ending
from inzage.view_rights.models import ViewRight
from tests.portal.clients import a_look
from tests.portal.managing import GIVE_BACK, LIST, SURE, ago, an_old_right, given_back, manager_of, number_of
from tests.portal.office import TODAY, Office, Tab, origin, signed_in_as
from tests.portal.reading import NEXT, address, lines, markup, saved, text

ALONG, RIGHTS_ALONG = "/organisatie/ongebruikt/meenemen/", "/organisatie/inzagerechten/meenemen/"
PAGES = [LIST, GIVE_BACK, ALONG, RIGHTS_ALONG]


def test_the_list_shows_number_and_days_and_no_name_and_stands_in_the_log(boss: Tab, office: Office) -> None:
    looked, never = an_old_right(office.own), an_old_right(office.own)
    a_look(looked.dossier, office.carla, office.own, ago=ago(70))
    page = text(boss.get(LIST))
    assert f"{number_of(looked)} 22 december 2025 22 december 2025" in page
    assert f"{number_of(never)} nog nooit 22 november 2025" in page
    assert number_of(office.right) not in page
    assert "Bob" not in page
    assert lines("list") == [{looked.dossier_id, never.dossier_id}]


def test_to_open_a_dossier_takes_it_off_the_list(boss: Tab, office: Office) -> None:
    right = an_old_right(office.own)
    assert boss.get(address(right.dossier)).status_code == 200
    assert "Er is niets om terug te geven" in text(boss.get(LIST))


def test_where_all_is_used_the_page_says_so(boss: Tab) -> None:
    assert "Elk recht dat 60 dagen of langer openstaat, wordt gebruikt." in text(boss.get(LIST))


def test_it_is_listed_a_page_at_a_time_and_no_right_twice(boss: Tab, office: Office) -> None:
    rights = {str(an_old_right(office.own).pk) for _ in range(PAGE + 2)}
    first = boss.get(LIST)
    after = NEXT.search(markup(first))
    assert after
    second = boss.get(f"{LIST}?{after[1]}")
    shown = [str(line.right.pk) for page in (first, second) for line in page.context["lines"]]
    assert len(shown) == PAGE + 2
    assert set(shown) == rights
    assert "Dit was de laatste bladzijde." in text(boss.get(f"{LIST}?na=2999-01-01_1"))


@pytest.mark.parametrize("page", [LIST, GIVE_BACK])
def test_a_page_costs_as_many_queries_for_many_rights_as_for_one(
    boss: Tab, office: Office, page: str
) -> None:
    rights = [an_old_right(office.own)]

    def queries() -> int:
        sent = {"right": [right.pk for right in rights]}
        with CaptureQueriesContext(connection) as captured:
            response = boss.get(page) if page == LIST else boss.post(page, sent)
        assert len(response.context["lines"]) == len(rights)
        return len([query for query in captured if "SAVEPOINT" not in query["sql"]])

    one = queries()
    rights += [an_old_right(office.own) for _ in range(20)]
    assert queries() == one <= 12


def test_the_list_is_taken_along_with_its_line_in_the_log(boss: Tab, office: Office) -> None:
    right = an_old_right(office.own)
    a_look(right.dossier, office.carla, office.own, ago=ago(70))
    assert "Regels in het bestand 1" in text(boss.get(ALONG))
    last_day = str(ViewRight.objects.get(pk=right.pk).last_day)
    _columns, row = saved(boss.post(ALONG))
    assert row[:3] == [number_of(right), "2025-11-22", last_day]
    assert row[-2:] == ["2025-12-22", "2025-12-22"]
    assert lines("export") == [{right.dossier_id}]


def test_all_rights_that_stand_are_taken_along_and_no_others(boss: Tab, office: Office) -> None:
    right, closed = an_old_right(office.own), an_old_right(office.own)
    an_old_right(office.other)
    ending.give_back(closed.pk, origin=origin(TODAY - ago(1)))
    assert {row[0] for row in saved(boss.post(RIGHTS_ALONG))[1:]} == {
        number_of(right),
        number_of(office.right),
    }
    assert lines("export") == [{right.dossier_id, office.anna.pk}]


@pytest.mark.parametrize("page", PAGES)
def test_who_does_not_manage_the_unit_reads_nothing_and_leaves_no_trace(
    carla: Browser, otto: Browser, mira: Browser, office: Office, page: str
) -> None:
    right = an_old_right(office.own)
    for browser in (carla, mira):
        assert browser.get(page).status_code == 403
        assert browser.post(page, {"right": [right.pk], **SURE}).status_code == 403
    assert not AccessLine.objects.exists()
    assert given_back() == set()


def test_who_manages_another_unit_sees_and_does_nothing_here(office: Office) -> None:
    right = an_old_right(office.own)
    elsewhere = signed_in_as(manager_of(office.other, office.otto))
    assert number_of(right) not in text(elsewhere.get(LIST))
    elsewhere.post(GIVE_BACK, {"right": [right.pk], **SURE})
    assert saved(elsewhere.post(RIGHTS_ALONG))[1:] == []
    assert given_back() == set()
    assert right.dossier_id not in set().union(*lines("list"), *lines("export"))


def test_who_manages_one_unit_and_works_for_another_manages_only_the_first(office: Office) -> None:
    manager_of(office.other, office.carla)
    both = signed_in_as(office.carla)
    for unit, status in ((office.own, 403), (office.other, 200)):
        both.opened_for = unit.oe_number
        both.post("/organisatie/", {"unit": unit.oe_number})
        assert both.get(LIST).status_code == status
        assert ("Ongebruikt" in text(both.get("/vandaag/"))) is (status == 200)


def test_who_no_longer_manages_it_is_refused_from_then_on(boss: Tab, office: Office) -> None:
    assert boss.get(LIST).status_code == 200
    office.carla.memberships.update(manages=False)
    assert boss.get(LIST).status_code == 403
