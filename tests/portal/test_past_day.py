"""The data protection officer sees who could see a dossier on a day, then and now, and nothing about the client."""

from datetime import timedelta

import pytest

from inzage.access_log.models import AccessLine, ShownDossier
from inzage.partners.models import Person
from tests.portal.office import TODAY, Office, Tab, registered_late, signed_in_as
from tests.portal.reading import text

OFFICER = Person.Role.DATA_PROTECTION_OFFICER


def address(office: Office, days_ago: int | None = None) -> str:
    """The page of Anna's dossier, on such a day."""
    day = "" if days_ago is None else f"?dag={TODAY - timedelta(days=days_ago)}"
    return f"/toezicht/dossiers/{office.anna.reference}/dag/{day}"


@pytest.mark.parametrize("days_ago", [4, 3, 2, 1, 0])
def test_a_late_registration_is_a_difference_from_its_day_until_it_was_entered(
    dina: Tab, office: Office, days_ago: int
) -> None:
    registered_late(office)
    page = text(dina.get(address(office, days_ago)))
    differs = days_ago in (3, 2, 1)
    assert ("Achteraf gezien had dit recht een andere grond of een ander einde." in page) is differs
    late = "Later geregistreerd: actie, geldig vanaf 27 februari 2026, ingevoerd op 2 maart 2026."
    assert (late in page) is differs
    assert "Leerhuis OE2 Ja, sinds 10 februari 2026." in page


def test_nothing_about_the_client_stands_on_it_and_the_look_is_on_record(dina: Tab, office: Office) -> None:
    page = dina.get(address(office, 0))
    said = text(page)
    assert "Werkpad OE1 Ja, sinds 2 maart 2026. Grond: toestemming bij de bemiddelaar." in said
    for secret in ("Anna", "Verzinsel", office.anna.client.client_number, office.anna.client.insz):
        assert secret not in page.content.decode()
    line = AccessLine.objects.get()
    assert (line.kind, line.stated_reason) == ("look", "toezicht: wie had inzage op een dag")
    assert ShownDossier.objects.get().dossier_id == office.anna.pk


def test_without_a_day_it_is_today_and_a_day_that_is_none_is_said(dina: Tab, office: Office) -> None:
    assert "2 maart 2026" in text(dina.get(address(office)))
    for wrong, said in (
        ("30/02/2026", "Vul een dag in die bestaat"),
        ("2026-03-03", "Die dag moet nog komen"),
    ):
        page = text(dina.get(f"{address(office)}?dag={wrong}"))
        assert said in page
        assert "Werkpad" not in page


def test_a_day_before_any_right_says_so(dina: Tab, office: Office) -> None:
    assert "Geen enkele organisatie had op die dag inzage" in text(dina.get(address(office, 1)))


def test_unknown_is_not_there_and_a_counsellor_with_a_right_may_not_see_it(dina: Tab, office: Office) -> None:
    unknown = "/toezicht/dossiers/00000000-0000-4000-8000-000000000000/dag/"
    assert dina.get(unknown).status_code == 404
    theirs = signed_in_as(office.carla).get(address(office))
    assert theirs.status_code == signed_in_as(office.carla).get(unknown).status_code
    assert theirs.status_code in (403, 404)
