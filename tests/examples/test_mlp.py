"""The example asks before each page, and shows nothing of a dossier without a yes."""

from datetime import date

import httpx2
import pytest

from examples.mlp.made_up import made_up
from examples.mlp.pages import in_words
from tests.examples.conftest import ANNA, BERT, STRANGER
from tests.examples.decision_point import FORM, STEPS, DecisionPoint, Right


def test_the_list_shows_what_may_be_seen_and_until_when(mlp: str) -> None:
    page = httpx2.get(mlp)
    assert page.status_code == 200
    assert made_up(ANNA).name in page.text
    assert "geen einde in zicht" in page.text
    assert "tot en met 31 augustus 2026" in page.text
    assert "volgens een regel die niet nagekeken is" in page.text


def test_the_list_leaves_out_what_ended_since_it_was_found(mlp: str, point: DecisionPoint) -> None:
    point.rights[STRANGER] = Right(point.clock())
    page = httpx2.get(mlp)
    assert STRANGER not in page.text
    assert ANNA in page.text


def test_a_dossier_is_shown_with_a_yes_alone(mlp: str, point: DecisionPoint) -> None:
    page = httpx2.get(f"{mlp}/dossiers/{ANNA}")
    assert page.status_code == 200
    assert made_up(ANNA).goal in page.text
    del point.rights[ANNA]
    page = httpx2.get(f"{mlp}/dossiers/{ANNA}")
    assert page.status_code == 403
    assert made_up(ANNA).name not in page.text


def test_a_refusal_shows_the_sentence_and_the_next_steps_with_their_links(mlp: str) -> None:
    page = httpx2.get(f"{mlp}/dossiers/{STRANGER}")
    assert "Het inzagerecht van de organisatie op dit dossier eindigde." in page.text
    assert "Daarom is deze pagina gesloten." not in page.text
    assert page.text.count("Verder in Inzage") == 1
    assert f'href="{FORM}"' in page.text
    for step in STEPS:
        assert step["reason_user"]["nl"] in page.text


@pytest.mark.parametrize("path", ["", f"/dossiers/{ANNA}"])
def test_without_an_answer_nothing_is_shown(mlp: str, point: DecisionPoint, path: str) -> None:
    point.answers = False
    page = httpx2.get(mlp + path)
    assert page.status_code == 503
    assert "Inzage antwoordt niet" in page.text
    assert made_up(ANNA).name not in page.text


@pytest.mark.parametrize(
    "path", ["", f"/dossiers/{ANNA}", f"/dossiers/{STRANGER}", f"/dossiers/{ANNA}/still-open"]
)
def test_nothing_is_kept_on_its_way(mlp: str, path: str) -> None:
    assert httpx2.get(mlp + path).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("reference", ["90010100063", "x", f"{ANNA}x", "..%2f"])
def test_what_is_no_reference_is_not_asked_about(mlp: str, point: DecisionPoint, reference: str) -> None:
    assert httpx2.get(f"{mlp}/dossiers/{reference}").status_code == 404
    assert not point.asked.acquire(blocking=False)


def test_an_open_page_hears_how_long_it_may_stay_open(mlp: str, point: DecisionPoint) -> None:
    def heard() -> dict[str, object]:
        said: dict[str, object] = httpx2.get(f"{mlp}/dossiers/{ANNA}/still-open").json()
        return said

    assert heard() == {"open": True, "seconds": None}
    point.rights[ANNA] = Right(point.clock.in_seconds(3600))
    assert heard() == {"open": True, "seconds": 3600}
    point.rights[ANNA] = Right(point.clock())
    closed = heard()
    assert closed["open"] is False
    assert "Daarom is deze pagina gesloten." in str(closed["instead"])
    assert FORM in str(closed["instead"])


def test_an_open_page_hears_that_there_is_no_answer(mlp: str, point: DecisionPoint) -> None:
    point.answers = False
    said = httpx2.get(f"{mlp}/dossiers/{ANNA}/still-open").json()
    assert said["open"] is False
    assert "Inzage antwoordt niet" in said["instead"]


def test_without_javascript_a_page_asks_for_itself_again_at_its_end_at_the_latest(
    mlp: str, point: DecisionPoint
) -> None:
    def again(right: Right) -> int:
        point.rights[BERT] = right
        page = httpx2.get(f"{mlp}/dossiers/{BERT}").text
        return int(page.partition('http-equiv="refresh" content="')[2].partition('"')[0])

    assert again(Right()) == 15
    assert again(Right(point.clock.in_seconds(3600))) == 15
    assert again(Right(point.clock.in_seconds(8.5))) == 8
    assert again(Right(point.clock.in_seconds(0.5))) == 1


def test_what_a_decision_point_says_is_text_and_no_markup(mlp: str, point: DecisionPoint) -> None:
    del point.rights[ANNA]
    point.sentence = "<script>alert(1)</script>"
    page = httpx2.get(f"{mlp}/dossiers/{ANNA}")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


def test_a_reference_gives_the_same_dossier_each_time() -> None:
    assert made_up(ANNA) == made_up(ANNA)
    assert made_up(ANNA) != made_up(BERT)


def test_days_are_written_in_dutch() -> None:
    assert in_words(date(2026, 8, 31)) == "31 augustus 2026"
