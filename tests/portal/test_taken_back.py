"""A book that was taken back: what was judged ahead by it is told by it, and by no text that came after it (S19)."""

from datetime import date

import pytest
from django.test import Client as Browser

from inzage.partners.models import Person
from inzage.rule_books.models import Proposal
from inzage.rule_books.publishing import approve, propose_migration, take_back
from inzage.view_rights.carrying_out import carry_out_decisions
from inzage.view_rights.explaining import state_in_words
from inzage.view_rights.models import ViewRight, ViewRightVersion
from tests.oversight.drafts import draft_text
from tests.portal.books import by, propose_and_approve
from tests.portal.office import NOON, TODAY, Office, a_person, signed_in_as
from tests.portal.reading import text
from tests.rules.drafts import without_a_gap

STARTS = date(2026, 4, 1)
TEXT = without_a_gap(draft_text(str(STARTS), no_activity="months = 4")).replace("a page", "the first text")
OTHER = TEXT.replace("the first text", "the second text")


def decided(book: str) -> list[Proposal]:
    """The book, and that running terms move to it; carried out for the rights that stand."""
    published = propose_and_approve(book, on=TODAY)
    moved = propose_migration(published.draft, STARTS, {"judged": 1}, origin=by("person:0", TODAY))
    approve(moved, origin=by("person:-1", TODAY))
    carry_out_decisions(clock=lambda: NOON)
    return [moved, published]


@pytest.fixture(params=["before", "after"])
def taken_back(office: Office, request: pytest.FixtureRequest) -> None:
    """Decided and taken back; seen before the worker carries that out, and after it."""
    for proposal in decided(TEXT):
        take_back(proposal, "Toch niet", origin=by("person:-1", TODAY))
    if request.param == "after":
        carry_out_decisions(clock=lambda: NOON)


@pytest.mark.usefixtures("taken_back")
def test_the_partner_and_the_client_read_why_the_right_ends(office: Office, anna: Browser) -> None:
    waits = ViewRight.objects.get().rule_version == str(STARTS)
    page = text(signed_in_as(office.carla).get(f"/dossiers/{office.anna.reference}/"))
    assert ("the first text" in page) is waits
    term = "4 maanden" if waits else "6 maanden"
    assert f"Dat is {term} na de dag waarop het recht begon" in text(anna.get("/mijn-dossier/"))


@pytest.mark.usefixtures("taken_back")
def test_the_officer_reads_by_which_text_it_was_once_judged(office: Office) -> None:
    dina = signed_in_as(a_person("Dina", Person.Role.DATA_PROTECTION_OFFICER))
    assert "the first text" in text(dina.get(f"/toezicht/dossiers/{office.anna.reference}/"))


@pytest.mark.usefixtures("taken_back")
def test_another_text_for_that_day_is_never_told_as_the_source_of_what_the_first_gave(office: Office) -> None:
    decided(OTHER)
    told = {
        version.rule_version: state_in_words(version, "en")[-1]
        for version in ViewRightVersion.objects.filter(rule_version__startswith=str(STARTS))
    }
    assert sorted(told) == ["2026-04-01", "2026-04-01.2"]
    assert "the first text" in told["2026-04-01"]
    assert "the second text" in told["2026-04-01.2"]
    assert all("1 April 2026" in sentence for sentence in told.values())
    assert ViewRight.objects.get().rule_version == "2026-04-01.2"
