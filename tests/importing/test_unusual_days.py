"""What an import makes end in unusual numbers on coming days is said at once; its evening holds it (S22)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from inzage.notices.models import OfficialMail
from inzage.notices.officials import send_to_officials
from inzage.partners.models import Person
from inzage.project.management.commands.import_register import in_words
from inzage.view_rights.held import UnusualDay
from inzage.view_rights.models import ViewRight
from inzage.view_rights.unusual_days import AHEAD, look_ahead, unusual_days
from tests.importing.conftest import TODAY, Region, at
from tests.register_files.conftest import client

CLIENTS = ("K1", "K2", "K3")
PART = {"part": "all", "of": "", "number": 3}
TUESDAY, GRANTED = date(2025, 10, 7), "2025-04-07"


@pytest.fixture
def register(region: Region, settings: Settings) -> Region:
    """Three clients; more than two endings are too many. Three officials have an address."""
    settings.EVENING_LIMITS = {"times": 3, "least": 1, "nights": 20, "floor": 2, "percent": 50}
    region.write("clients.csv", *(client(number, day) for day, number in enumerate(CLIENTS, start=1)))
    for role in (Person.Role.RULE_MANAGER, Person.Role.OPERATOR, Person.Role.MEDIATOR):
        Person.objects.create(issuer="t", subject=role, role=role, email=f"{role}@a.example")
    return region


def consents(region: Region, granted: str, numbers: Sequence[str] = CLIENTS) -> None:
    """A consent of that day for each of these clients."""
    region.write(
        "consents.csv", *(f"C{number},{number},OE1,training,form,{granted},,," for number in numbers)
    )


def test_the_import_says_which_parts_on_which_day(register: Region) -> None:
    consents(register, GRANTED)
    report = register.imported()
    assert [(each.day, each.above) for each in report.unusual] == [(TUESDAY, [PART])]
    said = "On 2025-10-07 unusually many would end: 3 in all. Will be held that evening."
    assert said in in_words(report, register.rejected)
    assert not ViewRight.objects.exclude(held="").exists()


def test_what_is_usual_is_not_mentioned(register: Region) -> None:
    consents(register, GRANTED, CLIENTS[:2])
    report = register.imported()
    assert (list(report.unusual), UnusualDay.objects.count()) == ([], 0)
    assert "unusually" not in in_words(report, register.rejected)


@pytest.mark.parametrize(("ahead", "said"), [(-1, False), (0, True), (AHEAD - 1, True), (AHEAD, False)])
def test_it_looks_from_today_on_thirty_days_ahead(register: Region, ahead: int, said: bool) -> None:
    consents(register, GRANTED)
    register.imported()
    parts = unusual_days(TUESDAY - timedelta(days=ahead))
    assert bool(parts.get(TUESDAY)) == said


def test_the_rule_manager_and_the_operator_get_one_mail(register: Region, mailoutbox: list[Any]) -> None:
    """And none again while nothing is new."""
    consents(register, GRANTED)
    register.imported()
    register.imported()
    assert send_to_officials(at(TODAY)) == 2
    assert {mail.to[0] for mail in mailoutbox} == {"rule_manager@a.example", "operator@a.example"}
    assert all("1 van de komende dertig dagen" in mail.body for mail in mailoutbox)


def test_a_day_that_became_usual_again_is_taken_back_and_is_new_the_next_time(register: Region) -> None:
    consents(register, GRANTED)
    register.imported()
    consents(register, "2025-06-07")
    register.imported()
    assert not UnusualDay.objects.exists()
    consents(register, GRANTED)
    register.imported()
    assert list(OfficialMail.objects.values_list("about", "count")) == [(TUESDAY, 1)] * 4


def test_the_number_of_days_asks_nothing_more_of_the_database(register: Region) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            look_ahead(clock=lambda: at(TODAY))
        return len(captured)

    consents(register, GRANTED)
    register.imported()
    one_day = queries()
    lines = [f"D{n}{k},{k},OE{n},training,form,2025-04-1{n},,," for n in (1, 2) for k in CLIENTS]
    register.write("consents.csv", *lines)
    register.imported()
    assert UnusualDay.objects.count() > 1
    assert queries() == one_day
