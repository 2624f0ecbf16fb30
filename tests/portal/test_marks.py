"""Wherever a right's end or reason is shown, it says which rule, how sure it is, and where the page has none (S19)."""

from datetime import date, timedelta

import pytest
from django.test import Client as Browser

from inzage.dossiers.models import Dossier
from inzage.portal.reasons import days_left
from inzage.rules.names import Kind
from inzage.view_rights.assigning import assign, end_assignment
from inzage.view_rights.ending import give_back
from inzage.view_rights.explaining import explain
from inzage.view_rights.models import ViewRight
from inzage.view_rights.registering import Actor, NewActivity, close, register
from inzage.view_rights.running import run
from tests.portal.office import NOON, TODAY, Office, a_dossier, a_right, origin
from tests.portal.reading import address, text

UNSURE, GAP = "aanname, niet nagekeken", "geen gepubliceerde regel"
BEGUN, ENDED = date(2025, 8, 20), date(2025, 8, 29)
"""The end of a term of six months from ENDED: 28 February 2026, the day before yesterday."""


def formerly_owned(office: Office, begun: date = BEGUN, ended: date = ENDED) -> Dossier:
    """A dossier that Werkpad owned, under a service whose rule is an assumption."""
    dossier = a_dossier("Bob")
    assignment = assign(dossier.pk, office.own, office.service, on=begun, origin=origin(begun))
    end_assignment(assignment.pk, on=ended, reason="afgerond", origin=origin(ended))
    return dossier


def trajectory_only(office: Office, begun: date = BEGUN, ended: date | None = ENDED) -> Dossier:
    """A dossier in which Werkpad executed a trajectory activity only, without owning it."""
    dossier = a_dossier("Ben")
    a_right(dossier, office.own, on=begun)
    actor = Actor(origin(begun), office.own)
    line = register(dossier.pk, NewActivity(office.own, Kind.TRAJECTORY, started_on=begun), actor=actor)
    if ended:
        close(line.pk, on=ended, actor=Actor(origin(ended), office.own))
    return dossier


def test_a_closed_right_shows_its_rule_and_that_it_was_not_verified(carla: Browser, office: Office) -> None:
    formerly_owned(office)
    page = text(carla.get("/dossiers/afgesloten/"))
    term = "De termijn liep af: 6 maanden na het einde van het eigenaarschap op 29 augustus 2025."
    assert f"{term} {UNSURE}" in page


def test_a_closed_right_for_which_the_page_has_no_rule_says_so(carla: Browser, office: Office) -> None:
    trajectory_only(office)
    page = text(carla.get("/dossiers/afgesloten/"))
    assert f"6 maanden na het afsluiten van de laatste actie op 29 augustus 2025. {GAP}" in page


def test_a_closed_right_by_a_verified_rule_or_by_hand_is_not_marked(carla: Browser, office: Office) -> None:
    a_right(a_dossier(), office.own, on=ENDED)
    give_back(office.right.pk, origin=origin())
    page = text(carla.get("/dossiers/afgesloten/"))
    assert "De termijn liep af: 6 maanden na de laatste toekenning op 29 augustus 2025." in page
    assert "De partner gaf het recht terug." in page
    assert UNSURE not in page
    assert GAP not in page


@pytest.mark.parametrize(("made", "mark"), [(formerly_owned, UNSURE), (trajectory_only, GAP)])
def test_the_notice_of_a_closing_says_the_last_day_and_is_marked(
    carla: Browser, office: Office, made: object, mark: str
) -> None:
    assert callable(made)
    dossier = made(office)
    run(TODAY, clock=lambda: NOON)
    page = text(carla.get("/berichten/"))
    closed = page.split("Inzagerecht afgesloten")[1].split("Inzagerecht toegekend")[0]
    assert closed.startswith(f" {dossier.client.client_number} 1 maart 2026 Laatste dag: 28 februari 2026.")
    assert f"{mark} Naar de afgesloten inzagerechten" in closed


def test_the_notice_of_another_closing_is_not_marked(carla: Browser, office: Office) -> None:
    a_right(a_dossier(), office.own, on=ENDED)
    run(TODAY, clock=lambda: NOON)
    page = text(carla.get("/berichten/"))
    assert "Laatste dag: 28 februari 2026. De termijn liep af: 6 maanden na de laatste toekenning" in page
    assert UNSURE not in page
    assert GAP not in page


@pytest.mark.parametrize("ended", [TODAY - timedelta(days=1), None])
def test_a_rule_gap_is_marked_in_the_list_and_on_the_dossiers_page(
    carla: Browser, office: Office, ended: date | None
) -> None:
    dossier = trajectory_only(office, TODAY - timedelta(days=9), ended)
    assert text(carla.get("/dossiers/")).count(GAP) == 1
    assert GAP in text(carla.get(address(dossier))).split("Eigenaar en contact")[0]
    assert GAP not in text(carla.get(address(office.anna)))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "vandaag de laatste dag"),
        (1, "nog vandaag en morgen"),
        (2, "nog 2 dagen"),
        (30, "nog 30 dagen"),
        (31, ""),
    ],
)
def test_the_days_left_are_counted_as_the_list_of_what_ends_within_30_days(days: int, words: str) -> None:
    assert days_left(TODAY + timedelta(days=days), TODAY) == words


def said(right: ViewRight, language: str) -> str:
    """The explanation of a right, today."""
    right.refresh_from_db()
    return " ".join(explain(right, today=TODAY, language=language))


def test_each_ground_is_named_once(office: Office) -> None:
    for _ in range(2):
        a_right(office.anna, office.own)
    assert "op grond van: toestemming bij de bemiddelaar." in said(office.right, "nl")


@pytest.mark.parametrize(
    ("language", "version", "mover"),
    [
        ("nl", "versie van 1 januari 2000", "dan blijft het recht open zolang ze loopt."),
        ("fr", "version du 1er janvier 2000", "le droit reste ouvert tant qu'elle est en cours."),
        ("en", "version of 1 January 2000", "the right stays open while it runs."),
    ],
)
def test_version_and_what_would_keep_the_right_open_are_said_in_words(
    office: Office, language: str, version: str, mover: str
) -> None:
    assert version in said(office.right, language)
    assert mover in said(office.right, language)
