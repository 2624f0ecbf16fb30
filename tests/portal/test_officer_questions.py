"""The officer answers what clients ask about VDAB, and what an organisation left unanswered; and nothing sooner."""

from datetime import timedelta

import pytest

from inzage.access_log.models import AccessLine, Question, ShownDossier
from inzage.oversight.questions import answer, ask_why
from tests.portal.office import NOON, TODAY, Office, Tab, origin
from tests.portal.reading import text


def asked(office: Office, *, unit: str = "OE1", ago: int = 0) -> Question:
    """Anna asks why Carla, or Mira of VDAB, looked."""
    who = office.carla if unit else office.mira
    line = AccessLine.objects.create(at=NOON, kind="look", person=who.signature, unit=unit, part="general")
    shown = ShownDossier.objects.create(line=line, dossier=office.anna, verdict="right_stands")
    return ask_why(shown, "Waarom keek u?", origin=origin(TODAY - timedelta(days=ago)))


@pytest.mark.parametrize(
    ("unit", "ago", "waits_for_officer"), [("OE1", 0, False), ("OE1", 30, True), ("", 0, True)]
)
def test_a_question_waits_for_the_officer_about_vdab_or_when_it_is_overdue(
    dina: Tab, office: Office, unit: str, ago: int, waits_for_officer: bool
) -> None:
    question = asked(office, unit=unit, ago=ago)
    link = f"/toezicht/vragen/{question.pk}/"
    assert (link in dina.get("/toezicht/vragen/").content.decode()) is waits_for_officer
    assert link in dina.get("/toezicht/vragen/?toon=open").content.decode()
    assert ("Verstuur het antwoord" in text(dina.get(link))) is waits_for_officer
    page = dina.post(link, {"text": "Omdat."})
    question.refresh_from_db()
    assert (question.by_officer, question.answer) == ((True, "Omdat.") if waits_for_officer else (False, ""))
    if not waits_for_officer:
        assert "Deze vraag wacht niet op uw antwoord." in text(page)


def test_who_was_first_answered(dina: Tab, office: Office) -> None:
    question = asked(office, ago=30)
    answer(question.pk, "Wij maakten een afspraak.", unit=office.own, origin=origin())
    page = dina.post(f"/toezicht/vragen/{question.pk}/", {"text": "Omdat."})
    assert "Wij maakten een afspraak." in text(page)
    assert (
        f"/toezicht/vragen/{question.pk}/" in dina.get("/toezicht/vragen/?toon=beantwoord").content.decode()
    )
    question.refresh_from_db()
    assert (question.answer, question.by_officer) == ("Wij maakten een afspraak.", False)


def test_a_question_names_the_client_by_number_and_is_on_record(dina: Tab, office: Office) -> None:
    question = asked(office, unit="")
    page = text(dina.get(f"/toezicht/vragen/{question.pk}/"))
    assert office.anna.client.client_number in page
    assert "Anna" not in page
    line = AccessLine.objects.latest("pk")
    assert (line.kind, line.stated_reason) == ("search", "toezicht: vragen van klanten")
    assert list(line.shown.values_list("dossier", flat=True)) == [office.anna.pk]


def test_a_question_that_is_not_there_is_not_there(dina: Tab, office: Office) -> None:
    before = AccessLine.objects.count()
    assert dina.get("/toezicht/vragen/77/").status_code == 404
    assert AccessLine.objects.count() == before
