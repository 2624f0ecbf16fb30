"""The rule manager reads the rule book in words, how many rights stand under each rule, and what the nights did."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils.translation import override

from inzage.oversight.counting import count_due
from inzage.partners.models import Service
from inzage.portal.rule_manager import book
from inzage.portal.rule_manager.words import named
from inzage.rule_books.in_force import books
from inzage.rules.reading_books import read_book
from inzage.rules.rulebook import RuleBooks
from inzage.view_rights.assigning import assign, end_assignment
from inzage.view_rights.explaining import LANGUAGES
from inzage.view_rights.models import Closing, ClosingRun, ViewRight
from inzage.view_rights.rules_in_words import rule_in_words, term_in_words
from inzage.view_rights.running import rehearse, report_of, run
from tests.portal.office import NOON, TODAY, Office, Tab, a_dossier, a_right, origin
from tests.portal.reading import markup, text

LATER = """
starts_on = 2027-01-01
[rounding]
months = "nth-to-eve"
[executor]
months = 1
source = "Een later boek"
status = "verified"
[no_activity]
months = 3
source = "Een later boek"
status = "unknown"
[owner]
months = 4
source = "Een later boek"
status = "assumption"
[services]
TIBB4 = { months = 9, source = "De handleiding", status = "verified" }
"""


@pytest.fixture
def two_books(monkeypatch: pytest.MonkeyPatch) -> RuleBooks:
    """The packaged book, and one that comes after it."""
    both = RuleBooks([*books().every(), read_book(LATER, name="later.toml")])
    monkeypatch.setattr(book, "books", lambda: both)
    return both


def an_ended_ownership(office: Office) -> ViewRight:
    """A right of who owned a dossier until ten months ago."""
    dossier = a_dossier("Cis")
    days = [TODAY - timedelta(days=days) for days in (400, 300)]
    assignment = assign(dossier.pk, office.own, office.service, on=days[0], origin=origin(days[0]))
    end_assignment(assignment.pk, on=days[1], reason="klaar", origin=origin(days[1]))
    return ViewRight.objects.get(dossier=dossier)


def charted(page: object, caption: str) -> dict[str, str]:
    """What a chart says: each label and its number."""
    table = re.search(rf"<caption>{caption}</caption>(.*?)</table>", markup(page), re.S)
    assert table is not None
    return dict(re.findall(r'<th scope="row">([^<]+)</th><td><span class="number">([^<]+)<', table.group(1)))


def test_every_rule_stands_there_in_words_with_its_source_and_how_sure_it_is(rudi: Tab) -> None:
    page, in_force = text(rudi.get("/regels/")), books().on(TODAY)
    for rule in (in_force.executor, in_force.no_activity, in_force.fallback):
        assert rule_in_words(rule, "nl") in page
        assert rule.source in page
    assert "aanname, niet nagekeken" in page
    assert "Van kracht sinds 1 januari 2000" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_is_said_with_the_term_of_its_own_book(language: str) -> None:
    later = read_book(LATER, name="later.toml")
    said = [rule_in_words(rule, language) for rule in (later.executor, later.no_activity, later.fallback)]
    assert len(set(said)) == 3
    assert [re.findall(r"\d+", sentence) for sentence in said] == [["1"], ["3"], ["4"]]
    assert "TIBB4" in rule_in_words(later.owner_rule("TIBB4"), language)
    assert (
        term_in_words(later.executor, language)
        == {"nl": "1 maand", "fr": "1 mois", "en": "1 month"}[language]
    )


def test_each_service_shows_the_rule_it_gets_and_one_the_book_does_not_know_is_marked(
    rudi: Tab, office: Office
) -> None:
    Service.objects.create(code="NIEUW", name="Nog geen rij", tendered=True)
    Service.objects.create(code="VRIJ", name="Niet getenderd", tendered=False)
    page = text(rudi.get("/regels/"))
    assert "NIEUW Nog geen rij 6 maanden geen eigen regel: de terugvalregel geldt" in page
    assert "VRIJ" not in page
    assert "Het regelboek heeft geen rij voor NIEUW." in text(rudi.get("/regels/cijfers/"))


def test_a_later_book_is_announced_and_read_by_itself(rudi: Tab, two_books: RuleBooks) -> None:
    today = text(rudi.get("/regels/"))
    assert "Versie 2000-01-01 : van 1 januari 2000 tot en met 31 december 2026" in today
    assert "Versie 2027-01-01 : vanaf 1 januari 2027" in today
    later = text(rudi.get("/regels/boeken/2027-01-01/"))
    assert "Niet van kracht vandaag · begint op 1 januari 2027" in later
    assert "9 maanden" in later
    assert "onbekend" in later


@pytest.mark.parametrize("version", ["2000-01-02", "x", "0000-00-00"])
def test_a_book_that_is_not_there_is_not_there(rudi: Tab, version: str) -> None:
    assert rudi.get(f"/regels/boeken/{version}/").status_code == 404


def test_the_charts_say_what_a_plain_count_says(rudi: Tab, office: Office) -> None:
    assign(office.anna.pk, office.other, office.service, on=TODAY, origin=origin())
    for name in ("Bea", "Cis"):
        a_right(a_dossier(name), office.own)
    count_due(NOON)
    page = rudi.get("/regels/cijfers/")
    by_rule = Counter(right.rule for right in ViewRight.objects.filter(closed_on=None))
    assert charted(page, "Rechten per regel") == {
        "Wie niets uitvoert": str(by_rule["closing.no-activity"]),
        "Eigenaar: TIBB4 (aanname, niet nagekeken)": str(by_rule["closing.owner.TIBB4"]),
    }
    assert charted(page, "Rechten per reden") == {
        "Telt af vanaf de toekenning": str(by_rule["closing.no-activity"]),
        "Open: de partner is eigenaar": str(by_rule["closing.owner.TIBB4"]),
    }
    row = re.search(r"TIBB4 <span.*?</tr>", markup(rudi.get("/regels/")), re.S)
    assert row is not None
    assert f">{by_rule['closing.owner.TIBB4']}</td>" in row.group()


def test_a_night_is_reported_by_rule_and_what_is_not_verified_is_marked(rudi: Tab, office: Office) -> None:
    an_ended_ownership(office)
    a_right(office.anna, office.other, on=TODAY - timedelta(days=300))
    run(TODAY, clock=lambda: NOON)
    record = ClosingRun.objects.get()
    closed = Counter(record.closings.values_list("rule", flat=True))
    page = rudi.get(f"/regels/nachten/{record.pk}/")
    assert charted(page, "Afgesloten per regel") == {
        "Wie niets uitvoert": str(closed["closing.no-activity"]),
        "Eigenaar: TIBB4 (aanname, niet nagekeken)": str(closed["closing.owner.TIBB4"]),
    }
    assert "aanname, niet nagekeken" in text(page)
    assert "1 niet nagekeken" in text(rudi.get("/regels/nachten/"))


def test_a_rule_that_stood_in_for_one_that_is_missing_has_its_own_bar(rudi: Tab, office: Office) -> None:
    record = ClosingRun.objects.create(day=TODAY, started_at=NOON)
    for right, gap in ((office.right, True), (a_right(office.anna, office.other), False)):
        Closing.objects.create(
            run=record,
            right=right,
            rule="closing.executor",
            rule_status="verified",
            rule_gap=gap,
            closed_on=TODAY,
        )
    assert charted(rudi.get(f"/regels/nachten/{record.pk}/"), "Afgesloten per regel") == {
        "Uitvoerder": "1",
        "Uitvoerder (geen gepubliceerde regel)": "1",
    }


def test_in_french_a_colon_stands_apart() -> None:
    with override("fr"):
        assert named("closing.owner.TIBB4") == "Responsable du dossier : TIBB4"


def test_a_run_counts_what_its_closings_come_to(office: Office) -> None:
    an_ended_ownership(office)
    a_right(office.anna, office.other, on=TODAY - timedelta(days=300))
    rehearsed = rehearse(TODAY, clock=lambda: NOON)
    report = run(TODAY, clock=lambda: NOON)
    record = ClosingRun.objects.get()
    closings = list(record.closings.all())
    assert report == rehearsed == report_of(record)
    assert record.closed == len(closings) == 2
    assert record.unverified == sum(each.rule_status != "verified" for each in closings) == 1
    assert record.rule_gaps == sum(each.rule_gap for each in closings)


def test_a_run_that_was_stopped_says_so_and_shows_what_it_did(rudi: Tab, office: Office) -> None:
    record = ClosingRun.objects.create(day=date(2026, 3, 1), started_at=NOON)
    assert "niet afgewerkt" in text(rudi.get("/regels/nachten/"))
    assert "en niet afgewerkt" in text(rudi.get(f"/regels/nachten/{record.pk}/"))


def test_no_page_of_the_rule_manager_names_a_client(rudi: Tab, office: Office) -> None:
    an_ended_ownership(office)
    run(TODAY, clock=lambda: NOON)
    count_due(NOON)
    for page in (
        "/regels/",
        "/regels/cijfers/",
        "/regels/nachten/",
        f"/regels/nachten/{ClosingRun.objects.get().pk}/",
    ):
        shown = text(rudi.get(page))
        assert "Cis" not in shown
        assert "K00000" not in shown
