"""The rule manager has a draft rehearsed, sees how far it is, and reads what it found, without any client's name."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inzage.oversight import rehearsals
from inzage.oversight.models import Rehearsed
from inzage.oversight.rehearsals import ask_for, make_next
from inzage.portal.exporting import BYTE_ORDER_MARK
from tests.oversight.drafts import draft_text, kept
from tests.portal.office import NOON, TODAY, Office, Tab, a_dossier, a_right, origin
from tests.portal.reading import text

LIST = "/regels/doorrekeningen/"
SHORTER = draft_text("2026-06-01", no_activity="months = 4")


def _made(draft: str = SHORTER) -> str:
    """A rehearsal that is done; its address."""
    asked = ask_for(kept(draft), None, origin=origin())
    make_next(clock=lambda: NOON)
    return f"{LIST}{asked.pk}/"


def _csv(rudi: Tab, address: str) -> list[list[str]]:
    answer = rudi.get(address)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    sent = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert sent.startswith(BYTE_ORDER_MARK)
    return [line.split(";") for line in sent.removeprefix(BYTE_ORDER_MARK).splitlines()]


def test_a_draft_is_asked_for_made_by_the_worker_and_shown(office: Office, rudi: Tab) -> None:
    a_right(office.anna, office.other, on=TODAY - timedelta(days=60))
    draft = kept(SHORTER)
    answer = rudi.post(LIST, {"draft": draft.pk, "on": ""})
    asked = Rehearsed.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}{asked.pk}/")
    assert asked.asked_by.startswith("person:")
    assert "wacht op haar beurt" in text(rudi.get(f"{LIST}{asked.pk}/"))
    Rehearsed.objects.filter(pk=asked.pk).update(started_at=NOON, seen_at=NOON, done=1, total=2)
    page = rudi.get(f"{LIST}{asked.pk}/")
    assert "1 van 2 rechten bekeken" in text(page)
    assert b'hx-trigger="every 3s"' in page.content
    make_next(clock=lambda: NOON + timedelta(hours=1))
    page = rudi.get(f"{LIST}{asked.pk}/")
    assert "Eindigt vroeger 2" in text(page)
    assert b'hx-trigger="every 3s"' not in page.content


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-05-31", "Geef een dag vanaf morgen, en niet vóór de eerste dag van het boek."),
        ("2026-02-30", "Vul een dag in die bestaat"),
    ],
)
def test_a_day_that_can_not_be_is_said_at_the_field(office: Office, rudi: Tab, on: str, said: str) -> None:
    answer = rudi.post(LIST, {"draft": kept(SHORTER).pk, "on": on})
    assert said in text(answer)
    assert not Rehearsed.objects.exists()


@pytest.mark.parametrize("starts_on", ["2026-03-01", "2026-03-02"])
def test_a_draft_whose_first_day_is_no_later_than_today_is_refused(
    office: Office, rudi: Tab, starts_on: str
) -> None:
    answer = rudi.post(LIST, {"draft": kept(draft_text(starts_on)).pk})
    assert "geef het een eerste dag vanaf morgen" in text(answer)


def test_a_draft_that_does_not_exist_is_not_on_the_list(office: Office, rudi: Tab) -> None:
    kept(SHORTER)
    assert "Kies een ontwerp van de lijst." in text(rudi.post(LIST, {"draft": "0"}))


def test_neither_the_page_nor_its_files_name_a_client(office: Office, rudi: Tab) -> None:
    a_right(office.anna, office.other, on=TODAY - timedelta(days=60))
    address = _made()
    rights = _csv(rudi, f"{address}rechten.csv")
    assert [line[:3] for line in rights[1:]] == [
        [str(office.anna.reference), unit.oe_number, "Eindigt vroeger"] for unit in (office.own, office.other)
    ]
    assert _csv(rudi, f"{address}raadplegingen.csv")[1:] == []
    client = office.anna.client
    seen = rudi.get(address).content.decode() + str(rights)
    for name in (client.client_number, client.insz, client.given_name):
        assert name not in seen


def test_the_files_speak_the_language_of_the_page(office: Office, rudi: Tab) -> None:
    a_right(office.anna, office.other, on=TODAY - timedelta(days=60))
    address = _made()
    rudi.cookies["inzage_language"] = "fr"
    heading, line, _other = _csv(rudi, f"{address}rechten.csv")
    assert (heading[2], line[2]) == ("Ce qui change", "Se termine plus tôt")


@pytest.mark.parametrize("file", ["", "rechten.csv", "raadplegingen.csv"])
def test_what_is_not_there_answers_the_same_everywhere(office: Office, rudi: Tab, file: str) -> None:
    assert rudi.get(f"{LIST}999999/{file}").status_code == 404


@pytest.mark.parametrize("file", ["rechten.csv", "raadplegingen.csv"])
def test_files_are_served_for_thirty_days_whatever_the_worker_does(
    office: Office, rudi: Tab, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = _made()
    assert "als CSV" in text(rudi.get(address))
    assert rudi.get(address + file).status_code == 200
    monkeypatch.setattr(rehearsals, "KEPT", timedelta(seconds=-1))
    assert rudi.get(address + file).status_code == 404
    assert "wordt dertig dagen bewaard en is er niet meer" in text(rudi.get(address))


@pytest.mark.parametrize("file", ["rechten.csv", "raadplegingen.csv"])
def test_there_is_no_file_before_it_is_made(office: Office, rudi: Tab, file: str) -> None:
    asked = ask_for(kept(SHORTER), None, origin=origin())
    assert rudi.get(f"{LIST}{asked.pk}/{file}").status_code == 404


def test_the_pages_ask_the_database_no_more_for_more_rights_and_rehearsals(office: Office, rudi: Tab) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert rudi.get(address).status_code == 200
        return len(asked)

    a_right(office.anna, office.other, on=TODAY - timedelta(days=60))
    first = _made()
    before = (queries(LIST), queries(first))
    for _ in range(3):
        a_right(a_dossier(), office.own, on=TODAY - timedelta(days=60))
    second = _made(draft_text("2026-07-01", no_activity="months = 3"))
    assert (queries(LIST), queries(second)) == before
    assert max(before) <= 12
