"""Days within bounds and said as they are; hours with a comma or a point (S12)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client as Browser

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Activity, Performance
from tests.portal.office import TODAY, Office, a_form, an_activity
from tests.portal.reading import address, text

FAR = "meer dan een jaar vooruit"
TO_COME = "Die dag moet nog komen"


def send(browser: Browser, line: Activity, step: str, **entered: str) -> HttpResponse:
    """Send a step in, and go where that leads."""
    fields = {f"{step}-{name}": value for name, value in entered.items()}
    page = f"{address(line.dossier)}acties/{line.pk}/"
    response: HttpResponse = browser.post(page, {"step": step, **fields}, follow=True)  # type: ignore[assignment]
    return response


@pytest.mark.parametrize("typed", ["1,5", "1.5", "1,50", " 1,5 ", "01.5"])
def test_an_hour_and_a_half_is_one_whether_with_comma_or_point(
    carla: Browser, office: Office, typed: str
) -> None:
    send(carla, an_activity(office), "perform", on="2026-03-02", present=typed)
    assert Performance.objects.get().hours_present == Decimal("1.5")


@pytest.mark.parametrize(
    "typed", ["1,5,2", "1.5,2", "anderhalf", "1e1", "1_0", "1 5", "1:30", "NaN", "\u0661", ",", "1,"]
)
def test_hours_that_are_no_number_are_refused_in_dutch(carla: Browser, office: Office, typed: str) -> None:
    page = send(carla, an_activity(office), "perform", on="2026-03-02", present=typed)
    assert "Vul een aantal uren in, zoals 7 of 1,5." in text(page)
    assert not Performance.objects.exists()


def test_hours_are_typed_with_the_keys_for_numbers(carla: Browser, office: Office) -> None:
    line = an_activity(office)
    page = carla.get(f"{address(office.anna)}acties/{line.pk}/").content.decode()
    assert 'type="number"' not in page
    assert page.count('inputmode="decimal"') == 2


@pytest.mark.parametrize(
    ("on", "refused"), [("2027-03-01", False), ("2027-03-02", False), ("2027-03-03", True)]
)
def test_a_day_lies_at_most_one_year_ahead(carla: Browser, office: Office, on: str, refused: bool) -> None:
    line = an_activity(office)
    assert (FAR in text(send(carla, line, "close", on=on))) is refused
    line.refresh_from_db()
    assert (line.closed_on is None) is refused


def test_a_day_long_ago_is_taken(carla: Browser, office: Office) -> None:
    line = {"kind": "training", "title": "Lassen", "begun": "started_on", "on": "1900-01-01"}
    carla.post(address(office.anna), line)
    assert Activity.objects.get().started_on == date(1900, 1, 1)


@pytest.mark.parametrize(
    ("ended", "closed", "said"),
    [
        (-1, 0, ""),
        (0, 0, ""),
        (0, -1, "na de dag waarop de actie afgesloten wordt"),
        (1, 1, TO_COME),
        (0, 1, ""),
    ],
)
def test_the_work_ends_on_the_day_of_the_closing_or_before_and_not_in_the_future(
    carla: Browser, office: Office, ended: int, closed: int, said: str
) -> None:
    line = an_activity(office, started_on=TODAY - timedelta(days=5))
    days = {
        "on": str(TODAY + timedelta(days=closed)),
        "work_ended_on": str(TODAY + timedelta(days=ended)),
    }
    assert said in text(send(carla, line, "close", **days))
    line.refresh_from_db()
    assert (line.closed_on is None) is bool(said)


@pytest.mark.parametrize(("days", "taken"), [(0, True), (1, False)])
def test_a_form_was_not_filled_in_on_a_day_still_to_come(
    mira: Browser, office: Office, days: int, taken: bool
) -> None:
    form = a_form(office.anna, office.other, completed_on=None)
    fields = {"act": "take_in", "take_in-completed_on": str(TODAY + timedelta(days=days))}
    page = text(mira.post(f"/formulieren/{form.pk}/", fields, follow=True))
    assert (TO_COME in page) is not taken
    assert (ConsentForm.objects.get(pk=form.pk).completed_on is not None) is taken


@pytest.mark.parametrize(
    ("step", "on", "said"),
    [
        ("close", "2026-03-02", "De actie is afgesloten."),
        ("close", "2026-03-03", "De actie wordt afgesloten op 3 maart 2026."),
        ("cancel", "2026-03-02", "De actie is geannuleerd."),
        ("cancel", "2026-03-03", "De actie wordt geannuleerd op 3 maart 2026."),
        ("start", "2026-03-02", "De actie is gestart."),
        ("start", "2026-03-03", "De actie start op 3 maart 2026."),
    ],
)
def test_what_was_done_is_said_by_its_day(
    carla: Browser, office: Office, step: str, on: str, said: str
) -> None:
    line = an_activity(office, started_on=None if step == "start" else TODAY)
    assert said in text(send(carla, line, step, on=on))
