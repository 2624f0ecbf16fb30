"""What a partner registers in Stappen naar werk: with its own right, each refusal a sentence, nothing twice (S12)."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client as Browser

from inzage.dossiers.models import Activity, Performance
from inzage.portal.refusing import sentence_of
from inzage.rules.lines import Hindrance
from inzage.view_rights.ending import give_back
from inzage.view_rights.registering import (
    NotRegistered,
)
from tests.portal.office import TODAY, Office, a_right, an_activity, origin
from tests.portal.reading import address, text

LINE = {"kind": "training", "title": "Lassen", "begun": "requested_on", "on": "2026-03-02"}


def send(browser: Browser, line: Activity, step: str, **entered: str) -> HttpResponse:
    """Send a step in."""
    fields = {f"{step}-{name}": value for name, value in entered.items()}
    page = f"{address(line.dossier)}acties/{line.pk}/"
    response: HttpResponse = browser.post(page, {"step": step, **fields})  # type: ignore[assignment]
    return response


def test_an_activity_is_registered_for_the_own_unit(carla: Browser, office: Office) -> None:
    response = carla.post(address(office.anna), LINE, follow=True)
    line = Activity.objects.get()
    assert (line.unit, line.kind, line.title, line.requested_on) == (office.own, "training", "Lassen", TODAY)
    assert "De actie is geregistreerd." in text(response)


def test_the_same_activity_sent_twice_is_registered_once(carla: Browser, office: Office) -> None:
    carla.post(address(office.anna), LINE)
    response = carla.post(address(office.anna), LINE)
    assert "Deze actie staat er al" in text(response)
    assert 'value="Lassen"' in response.content.decode()
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"on": "2026-02-29"}, "een dag in die bestaat"),
        ({"on": ""}, "Vul een dag in."),
        ({"title": ""}, "Vul de titel van de actie in."),
        ({"kind": "holiday"}, "geldige keuze"),
        ({"title": "x" * 201}, "200"),
    ],
)
def test_wrong_input_is_answered_at_the_field_and_what_was_entered_stays(
    carla: Browser, office: Office, wrong: dict[str, str], said: str
) -> None:
    response = carla.post(address(office.anna), {**LINE, "course_number": "12345", **wrong})
    page = response.content.decode()
    assert said in text(response)
    assert 'value="12345"' in page
    for described in re.findall(r'aria-describedby="([^"]+)"', page):
        assert all(f'id="{part}"' in page for part in described.split())
    assert not Activity.objects.exists()


def test_without_a_right_nothing_is_registered_nor_told(otto: Browser, office: Office) -> None:
    for entered in (LINE, {**LINE, "on": "never"}):
        assert otto.post(address(office.anna), entered).status_code == 404
    line = an_activity(office)
    assert send(otto, line, "close", on="2026-03-02").status_code == 404
    line.refresh_from_db()
    assert line.closed_on is None


def test_a_right_closed_while_the_page_was_open_registers_nothing(carla: Browser, office: Office) -> None:
    give_back(office.right.pk, origin=origin())
    assert carla.post(address(office.anna), LINE).status_code == 404
    assert not Activity.objects.exists()


def test_an_activity_is_started_closed_and_reopened(carla: Browser, office: Office) -> None:
    line = an_activity(office, started_on=None)
    assert send(carla, line, "start", on="2026-03-02").status_code == 302
    assert send(carla, line, "close", on="2026-03-02", work_ended_on="2026-03-01").status_code == 302
    line.refresh_from_db()
    assert (line.started_on, line.closed_on, str(line.work_ended_on)) == (TODAY, TODAY, "2026-03-01")
    assert send(carla, line, "reopen", on="2026-03-02").status_code == 302
    line.refresh_from_db()
    assert (line.closed_on, line.work_ended_on) == (None, None)


def test_an_activity_is_cancelled(carla: Browser, office: Office) -> None:
    line = an_activity(office, started_on=None)
    send(carla, line, "cancel", on="2026-03-02")
    line.refresh_from_db()
    assert line.cancelled_on == TODAY


def test_closing_twice_closes_once_and_says_so(carla: Browser, office: Office) -> None:
    line = an_activity(office)
    send(carla, line, "close", on="2026-03-02")
    again = send(carla, line, "close", on="2026-03-05")
    assert "Dat kan niet in de toestand waarin deze actie nu is" in text(again)
    assert 'value="2026-03-05"' in again.content.decode()
    line.refresh_from_db()
    assert line.closed_on == TODAY


def test_the_page_offers_what_the_state_allows(carla: Browser, office: Office) -> None:
    line = an_activity(office)
    page = text(carla.get(f"{address(office.anna)}acties/{line.pk}/"))
    assert "Actie afsluiten" in page
    assert "Actie annuleren" in page
    assert "Starten" not in page
    assert "Heropenen" not in page


def test_an_end_before_the_start_is_refused_with_a_sentence(carla: Browser, office: Office) -> None:
    line = an_activity(office)
    assert "Het einde ligt vóór het begin" in text(send(carla, line, "close", on="2026-03-01"))


def test_performances_are_registered_and_corrected_with_the_earlier_entry_kept(
    carla: Browser, office: Office
) -> None:
    line = an_activity(office)
    send(carla, line, "perform", on="2026-03-02", present="3.5", absent="0", absence_reason="")
    send(carla, line, "perform", on="2026-03-02", present="3", absence_reason="ziek", absent="0.5")
    first, second = Performance.objects.order_by("pk")
    assert second.replaces == first
    assert (second.hours_present, second.hours_absent) == (Decimal(3), Decimal("0.5"))
    page = text(carla.get(f"{address(office.anna)}acties/{line.pk}/"))
    assert "2 maart 2026 3 0,50 ziek 3,50 / 0" in page


def test_a_day_that_is_to_be_corrected_stands_in_the_form(carla: Browser, office: Office) -> None:
    yesterday = TODAY - timedelta(days=1)
    line = an_activity(office, started_on=yesterday)
    send(carla, line, "perform", on=str(yesterday), present="3.5", absent="2", absence_reason="ziek")
    page = carla.get(f"{address(office.anna)}acties/{line.pk}/?dag={yesterday}").content.decode()
    for value in (str(yesterday), "3,50", "2,00", "ziek"):
        assert f'value="{value}"' in page


@pytest.mark.parametrize("on", ["9999-12-31", "2200-01-01", "1899-12-31"])
def test_a_day_of_other_times_is_asked_again(carla: Browser, office: Office, on: str) -> None:
    line = an_activity(office)
    assert "Kijk het jaar na" in text(send(carla, line, "close", on=on))
    line.refresh_from_db()
    assert line.closed_on is None


def test_the_same_performances_sent_twice_are_kept_once(carla: Browser, office: Office) -> None:
    line = an_activity(office)
    entered = {"on": "2026-03-02", "present": "3.5", "absent": "", "absence_reason": ""}
    send(carla, line, "perform", **entered)
    assert "Deze dag stond al zo ingevuld" in text(send(carla, line, "perform", **entered))
    assert Performance.objects.count() == 1


@pytest.mark.parametrize(
    ("present", "absent", "reason", "said"),
    [
        ("20", "5", "ziek", "samen 0 tot 24 uur"),
        ("2", "5", "", "hoort een reden"),
        ("-1", "0", "", "minstens 0"),
        ("25", "0", "", "hoogstens 24"),
    ],
)
def test_hours_that_can_not_be_are_refused(
    carla: Browser, office: Office, present: str, absent: str, reason: str, said: str
) -> None:
    line = an_activity(office)
    response = send(
        carla, line, "perform", on="2026-03-02", present=present, absent=absent, absence_reason=reason
    )
    assert response.status_code == 200
    assert said in text(response)
    assert not Performance.objects.exists()


def test_another_units_activity_can_be_read_and_not_changed(otto: Browser, office: Office) -> None:
    line = an_activity(office)
    a_right(office.anna, office.other)
    page = text(otto.get(f"{address(office.anna)}acties/{line.pk}/"))
    assert "alleen zij kan ze wijzigen" in page
    assert "Actie afsluiten" not in page
    refused = send(otto, line, "close", on="2026-03-02")
    assert "door een andere organisatie uitgevoerd" in text(refused)
    line.refresh_from_db()
    assert line.closed_on is None


def test_a_step_that_does_not_exist_is_not_found(carla: Browser, office: Office) -> None:
    assert send(carla, an_activity(office), "delete").status_code == 404


@pytest.mark.parametrize("hindrance", list(Hindrance))
def test_every_refusal_of_the_use_case_has_a_dutch_sentence(hindrance: Hindrance) -> None:
    assert sentence_of(NotRegistered(hindrance, "in English")).endswith(".")
    assert "English" not in sentence_of(NotRegistered(hindrance, "in English"))
