"""A decision on the rule books, taken and carried out while an import runs, holds for what the import stores too."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from inzage.journal.models import Origin
from inzage.oversight.proving import prove
from inzage.rule_books.publishing import approve, keep_draft, propose_migration, propose_publication
from inzage.view_rights import importing
from inzage.view_rights.carrying_out import carry_out_decisions
from inzage.view_rights.models import ViewRight
from inzage.view_rights.replaying import Surroundings
from tests.importing.conftest import TODAY, Region, at
from tests.rules.drafts import without_a_gap
from tests.rules.test_book_terms import BOOK
from tests.world import origin

STARTS = TODAY + timedelta(days=10)
SHORTER = without_a_gap(BOOK.replace("2020-01-01", str(STARTS)).replace("months = 6", "months = 1"))


def decide() -> None:
    """Running terms move to a shorter book, and that is carried out for what stands now."""
    one, other = (origin(str(TODAY), by=f"person:{number}") for number in (1, 2))
    draft = keep_draft(SHORTER, "korter.toml", origin=one)
    approve(propose_publication(draft, {}, origin=one), origin=other)
    approve(propose_migration(draft, STARTS, {"earlier": 1}, origin=one), origin=other)
    carry_out_decisions(clock=lambda: at(TODAY))


def test_what_is_stored_after_a_decision_goes_by_it(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = importing.surroundings

    def surroundings(origin_of_import: Origin, clock: Callable[[], datetime]) -> Surroundings:
        around = begun(origin_of_import, clock)
        decide()
        return around

    monkeypatch.setattr(importing, "surroundings", surroundings)
    granted = TODAY - timedelta(days=60)
    region.write("consents.csv", f"C1,K1,OE1,training,form,{granted},,,")
    region.imported()
    assert ViewRight.objects.get().last_day == STARTS
    assert prove(today=TODAY, processes=1).differences == []
