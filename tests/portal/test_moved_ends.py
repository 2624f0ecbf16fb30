"""Whom a move of running terms ends a right for reads that reason, in a list, in the dossier and as a client."""

from datetime import date

import pytest
from django.test import Client as Browser

from inzage.rule_books.publishing import approve, propose_migration
from inzage.view_rights.carrying_out import carry_out_decisions
from tests.oversight.drafts import draft_text
from tests.portal.books import by, propose_and_approve
from tests.portal.office import NOON, TODAY, Office
from tests.portal.reading import text
from tests.rules.drafts import without_a_gap

STARTS = date(2026, 4, 1)


@pytest.fixture
def moved(office: Office) -> None:
    """Ten days, which would be over on 12 March; running terms move on 1 April."""
    draft = propose_and_approve(
        without_a_gap(draft_text(str(STARTS), no_activity="days = 10")), on=TODAY
    ).draft
    approve(
        propose_migration(draft, STARTS, {"judged": 1}, origin=by("person:0", TODAY)),
        origin=by("person:-1", TODAY),
    )
    carry_out_decisions(clock=lambda: NOON)


@pytest.mark.usefixtures("moved")
@pytest.mark.parametrize(
    ("language", "line", "sentence", "late"),
    [
        (
            "nl",
            "maar niet vóór de dag waarop lopende termijnen verschuiven.",
            "Op 1 april 2026 gaan lopende termijnen over naar het regelboek van 1 april 2026; geen termijn eindigt "
            "vóór die dag.",
            "bekend",
        ),
        (
            "fr",
            "mais pas avant le jour où les délais en cours sont déplacés.",
            "Le 1er avril 2026, les délais en cours passent au recueil de règles du 1er avril 2026 ; aucun délai ne "
            "se termine avant ce jour.",
            "connu",
        ),
        (
            "en",
            "but not before the day on which running terms move.",
            "On 1 April 2026 running terms move to the rule book of 1 April 2026; no term ends before that day.",
            "known",
        ),
    ],
)
def test_the_partner_reads_that_running_terms_move(
    office: Office, carla: Browser, language: str, line: str, sentence: str, late: str
) -> None:
    carla.cookies["inzage_language"] = language
    listed, dossier = text(carla.get("/dossiers/")), text(carla.get(f"/dossiers/{office.anna.reference}/"))
    assert line in listed
    assert sentence in dossier
    assert late not in listed
    assert late not in dossier


@pytest.mark.usefixtures("moved")
@pytest.mark.parametrize(
    ("language", "said", "late"),
    [
        (
            "nl",
            "Voor termijnen die al lopen, geldt die regel pas vanaf 1 april 2026. Daarom stopt het recht op die dag.",
            "Wij wisten dat pas later",
        ),
        (
            "fr",
            "Pour les délais déjà en cours, cette règle ne vaut qu'à partir du 1er avril 2026. Le droit s'arrête "
            "donc ce jour-là.",
            "Nous l'avons su plus tard",
        ),
        (
            "en",
            "For terms that already run, that rule only applies from 1 April 2026. So the right ends on that day.",
            "We heard of it later",
        ),
    ],
)
def test_so_does_the_client(anna: Browser, language: str, said: str, late: str) -> None:
    anna.cookies["inzage_language"] = language
    page = text(anna.get("/mijn-dossier/"))
    assert said in page
    assert late not in page
