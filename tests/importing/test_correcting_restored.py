"""A correction of a consent upon which a right was restored: the right ends with the last of its consents."""

from datetime import date

import pytest

from inzage.consents.models import ConsentForm
from inzage.oversight.proving import prove
from inzage.view_rights.ending import revoke
from inzage.view_rights.models import ViewRight
from inzage.view_rights.restoring import approve_restoration, ask_restoration
from inzage.view_rights.withdrawing import withdraw
from tests.importing.conftest import Region
from tests.world import origin

FORM = "C1,K1,OE1,training,form,2025-09-10,,,"
SECOND = "C2,K1,OE1,training,form,2025-09-11,,,"
LATER = date(2025, 10, 6)


@pytest.fixture
def restored(region: Region) -> Region:
    """K1's right upon two consents, revoked by an error on 2 October and restored the day after."""
    region.write("consents.csv", FORM, SECOND)
    region.imported()
    closed = revoke(ViewRight.objects.get().pk, origin=origin("2025-10-02"))
    request = ask_restoration(closed.pk, "Vergissing.", origin=origin("2025-10-03", by="person:7"))
    approve_restoration(request, origin=origin("2025-10-03", by="person:8"))
    return region


def ended(region: Region, first: str, second: str) -> tuple[str, str | None]:
    """Why and on which day the restored right ended, these being the days on which the consents were withdrawn."""
    region.write("consents.csv", FORM + first, SECOND + second)
    region.imported(on=LATER)
    right = ViewRight.objects.latest("pk")
    assert prove(today=LATER, processes=1).differences == []
    return right.closing_reason, str(right.closed_on) if right.closed_on else None


def test_it_ends_on_the_day_of_the_import_with_the_last_consent(restored: Region) -> None:
    """What was looked at between the withdrawal and the import was looked at lawfully."""
    assert ended(restored, "2025-10-04", "2025-10-05") == ("withdrawn", "2025-10-06")


def test_another_consent_that_counts_keeps_it(restored: Region) -> None:
    assert ended(restored, "2025-10-04", "") == ("", None)


def test_an_announced_withdrawal_ends_it_when_its_day_comes(restored: Region) -> None:
    assert ended(restored, "2025-10-04", "2025-10-20") == ("", None)
    right = ViewRight.objects.latest("pk")
    assert (right.ends_by, str(right.last_day)) == ("withdrawn", "2025-10-19")


def test_the_same_file_again_changes_nothing(restored: Region) -> None:
    once = ended(restored, "2025-10-04", "2025-10-20")
    before = ViewRight.objects.latest("pk").last_day
    assert ended(restored, "2025-10-04", "2025-10-20") == once
    assert ViewRight.objects.latest("pk").last_day == before


@pytest.mark.parametrize(("corrected", "last_day"), [("", "2026-04-03"), ("2025-10-25", "2025-10-24")])
def test_an_announced_withdrawal_that_is_corrected_no_longer_ends_it(
    restored: Region, corrected: str, last_day: str
) -> None:
    """Taken back, the term ends it; moved to a later day, that day."""
    ended(restored, "2025-10-20", "2025-10-20")
    assert ended(restored, corrected, "2025-10-20") == ("", None)
    assert str(ViewRight.objects.latest("pk").last_day) == last_day


def test_taken_back_it_still_ends_on_the_day_of_another_withdrawal_made_in_use(restored: Region) -> None:
    ended(restored, "2025-10-20", "")
    second = ConsentForm.objects.get(source_id="C2")
    withdraw(second.pk, withdrawn_on=date(2025, 10, 30), origin=origin("2025-10-06"))
    assert ended(restored, "2025-10-21", "") == ("", None)
    assert str(ViewRight.objects.latest("pk").last_day) == "2025-10-29"
