"""A right that a correction closed is said to be so, to the partner, the client and whoever counts: nobody withdrew."""

import pytest
from django.test import Client as Browser

from inzage.portal.rule_manager.words import REASONS
from inzage.rules.names import ClosingReason, Event, Relation
from inzage.view_rights.closing import close_at_once
from tests.portal.office import Office, origin
from tests.portal.reading import text

LIST = "/dossiers/afgesloten/"
BY = {
    ClosingReason.CORRECTED: (
        "Een registratie waarop het recht steunde, is verbeterd.",
        "Er was iets verkeerd geregistreerd. Dat is verbeterd, en daarom stopte het recht.",
    ),
    ClosingReason.WITHDRAWN: ("De klant trok de toestemming in.", "U trok uw toestemming in."),
}
"""What the partner reads, and the client."""
OTHER = {
    ClosingReason.CORRECTED: ClosingReason.WITHDRAWN,
    ClosingReason.WITHDRAWN: ClosingReason.CORRECTED,
}


@pytest.mark.parametrize("reason", BY)
def test_the_partner_reads_why_and_finds_it_by_that(
    carla: Browser, office: Office, reason: ClosingReason
) -> None:
    close_at_once(office.right, reason, origin=origin())
    for page in (LIST, f"{LIST}?reden={reason}"):
        told = text(carla.get(page))
        assert (BY[reason][0] in told, BY[OTHER[reason]][0] in told) == (True, False)
    assert BY[reason][0] not in text(carla.get(f"{LIST}?reden={OTHER[reason]}"))


@pytest.mark.parametrize("reason", BY)
def test_the_client_reads_it_too(anna: Browser, office: Office, reason: ClosingReason) -> None:
    close_at_once(office.right, reason, origin=origin())
    told = text(anna.get("/mijn-dossier/"))
    assert (BY[reason][1] in told, BY[OTHER[reason]][1] in told) == (True, False)


def test_the_figures_have_words_for_every_reason() -> None:
    """But for the term: of that the event counts from which it runs."""
    ends_at_once = set(ClosingReason) - {ClosingReason.TERM}
    assert {*ends_at_once, *Event, Relation.OWNER, Relation.EXECUTOR} == set(REASONS)
    assert len(set(map(str, REASONS.values()))) == len(REASONS)
