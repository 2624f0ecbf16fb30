"""The operator sees whether each evening's check, night, proof and canary was as it should be."""

from datetime import timedelta
from typing import Any

import pytest

from inzage.oversight.balancing import Balance, Fault
from inzage.oversight.checked import keep_balance, keep_proof
from inzage.oversight.differences import Difference
from inzage.oversight.proving import Proof
from inzage.portal import clock
from inzage.rules.days import midnight
from inzage.view_rights.held import UnusualDay
from inzage.view_rights.models import ViewRight
from tests.portal.office import NOON, TODAY, Office, Tab, a_canary, a_right
from tests.portal.operating import checked
from tests.portal.reading import text


@pytest.mark.parametrize(("days_ahead", "told"), [(-1, False), (0, True), (3, True)])
def test_a_coming_day_on_which_unusually_many_end_is_told(otis: Tab, days_ahead: int, told: bool) -> None:
    checked(1)
    UnusualDay.objects.create(day=TODAY + timedelta(days=days_ahead), above=[], at=NOON)
    page = text(otis.get("/beheer/"))
    assert ("Op 1 dag die komt zouden ongewoon veel rechten eindigen" in page) is told


@pytest.mark.parametrize(("days_ago", "late"), [(1, False), (2, True)])
def test_an_evening_without_its_check_is_wrong(otis: Tab, days_ago: int, late: bool) -> None:
    """At noon that of yesterday is owed."""
    checked(days_ago, held=3)
    page = text(otis.get("/beheer/"))
    assert "3 rechten aangehouden" in page
    assert ("De avond van 1 maart 2026 is niet gecontroleerd" in page) is late


def test_a_check_of_a_day_to_come_is_not_that_of_the_last_evening(otis: Tab) -> None:
    checked(1, held=3)
    checked(-9)
    assert "Laatst op 1 maart 2026 22:00: 3 rechten aangehouden." in text(otis.get("/beheer/"))


@pytest.mark.parametrize(("minutes", "late"), [(14, False), (15, True)])
def test_todays_check_is_owed_from_a_quarter_past_ten(
    otis: Tab, monkeypatch: pytest.MonkeyPatch, minutes: int, late: bool
) -> None:
    checked(1)
    monkeypatch.setattr(clock, "now", lambda: midnight(TODAY) + timedelta(hours=22, minutes=minutes))
    assert ("De avond van 2 maart 2026 is niet gecontroleerd" in text(otis.get("/beheer/"))) is late


@pytest.mark.parametrize(
    ("after_midnight", "is_late"),
    [(timedelta(minutes=30), False), (timedelta(minutes=64), False), (timedelta(minutes=65), True)],
)
def test_a_night_that_was_not_closed_is_late_an_hour_after_it_should_have_begun(
    otis: Tab, well: None, monkeypatch: pytest.MonkeyPatch, after_midnight: timedelta, is_late: bool
) -> None:
    monkeypatch.setattr(clock, "now", lambda: midnight(TODAY + timedelta(days=1)) + after_midnight)
    page = text(otis.get("/beheer/"))
    assert ("De nacht vóór 3 maart 2026 is nog niet afgesloten." in page) is is_late


def test_the_last_proof_and_balance_are_told_and_what_differs_is_marked(otis: Tab, well: None) -> None:
    keep_proof(Proof(4, [Difference(1, 1, 1, "a", "b")]), day=TODAY, at=NOON)
    for institution, faults in (("ibis", {}), ("vdab", {"x": Fault.LOST})):
        keep_balance(Balance(5, 5, 5, 0, faults), institution, day=TODAY, at=NOON)
    page = text(otis.get("/beheer/"))
    assert "4 rechten nagerekend. 1 klopt niet. Verwittig de ontwikkelaars." in page
    assert "Balans met IBIS in orde" in page
    assert "Balans met VDAB kijk na" in page


def test_the_rights_that_differ_are_listed_by_dossier_and_unit_and_nobody_is_named(
    otis: Tab, well: None, office: Office
) -> None:
    differs = Difference(office.right.pk, office.anna.pk, office.own.pk, "stored thus", "proven so")
    keep_proof(Proof(4, [differs] * 25), day=TODAY, at=NOON)
    page = text(otis.get("/beheer/"))
    assert "25 verschillen, hier de eerste 20." in page
    assert page.count(f"{office.anna.reference} Werkpad OE1 Recht stored thus proven so") == 20
    assert "Verzinsel" not in page
    assert office.anna.client.client_number not in page


def test_a_ground_without_a_right_and_a_fact_that_was_changed_are_listed_too(
    otis: Tab, well: None, office: Office
) -> None:
    ground = Difference(None, office.anna.pk, office.own.pk, "form", "a right", "ground")
    death = Difference(None, office.anna.pk, None, "deceased_on 2026-09-01", "no version", "fact")
    keep_proof(Proof(4, [ground, death]), day=TODAY, at=NOON)
    page = text(otis.get("/beheer/"))
    assert f"{office.anna.reference} Werkpad OE1 Grond zonder recht form a right" in page
    assert (
        f"{office.anna.reference} – Feit, anders dan zijn geschiedenis deceased_on 2026-09-01 no version"
        in page
    )


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        ({}, "middernacht? in orde Gevraagd rond het einde van 1 maart 2026: 60 keer."),
        ({"overrun": 500_001}, "Het antwoord was nog ja 0,501 s na middernacht."),
        ({"early": 1}, "Het antwoord was al nee 0,001 s vóór middernacht."),
        ({"last_yes_at": None}, "Vóór middernacht werd niets gehoord."),
        ({"first_no_at": None}, "Na middernacht werd niets gehoord."),
        ({"days_ago": 2}, "Rond de laatste middernacht werd niets gevraagd"),
    ],
)
def test_what_was_heard_of_the_canary_is_told(
    otis: Tab, well: None, heard: dict[str, Any], said: str
) -> None:
    a_canary(**heard)
    page = text(otis.get("/beheer/"))
    assert said in page
    worst = "0,501" if "overrun" in heard else "0"
    assert f"Langste overschrijding ooit: {worst} s." in page


def test_the_worst_overrun_ever_stays_though_the_last_night_went_well(otis: Tab, well: None) -> None:
    a_canary(overrun=2_000_000)
    a_canary()
    page = text(otis.get("/beheer/"))
    assert "middernacht? in orde" in page
    assert "Langste overschrijding ooit: 2,000 s." in page


def test_rights_that_are_late_or_held_are_counted_beside_the_last_run(
    otis: Tab, well: None, office: Office
) -> None:
    late = a_right(office.anna, office.other)
    ViewRight.objects.filter(pk=late.pk).update(last_day=TODAY - timedelta(days=1))
    ViewRight.objects.filter(pk=office.right.pk).update(held="threshold", proposed_last_day=TODAY)
    page = text(otis.get("/beheer/"))
    assert "Nachtelijke afsluiting kijk na" in page
    assert "Avondcontrole kijk na Laatst op 1 maart 2026 22:00: 0 rechten aangehouden. 1 recht wacht" in page
    assert "de regelbeheerder antwoordt op de bladzijde Aangehouden rechten" in page
    assert "1 recht is nog niet afgesloten na zijn laatste dag." in page


def test_a_proof_that_was_not_done_last_night_is_missed(
    otis: Tab, well: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = midnight(TODAY + timedelta(days=1))
    for after, missed in ((timedelta(minutes=64), False), (timedelta(minutes=65), True)):
        monkeypatch.setattr(clock, "now", lambda after=after: tomorrow + after)
        page = text(otis.get("/beheer/"))
        assert ("Na de nacht vóór 3 maart 2026 is nog niet nagerekend." in page) is missed
