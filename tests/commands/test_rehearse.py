"""`inzage rehearse` as people and programs use it."""

import json
from pathlib import Path

import pytest

from inzage.access_log.models import AccessLine
from tests.commands.conftest import Typed
from tests.oversight.drafts import draft_text
from tests.world import World


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.toml"
    path.write_text(draft_text("2025-04-01", no_activity="months = 4"))
    return path


def test_it_says_what_moves_and_what_it_can_not_know(world: World, shell: Typed, draft: Path) -> None:
    world.grant("2025-01-10")
    code, out, _err = shell("rehearse", str(draft))
    assert code == 0
    assert "running terms moved on 2025-04-01: 1 open rights judged" in out
    assert "1  end earlier" in out
    assert "0  get an end, and have none in sight now" in out
    assert (
        "By partner:\n  earlier     later   new end    no end\n        1         0         0         0" in out
    )
    assert "are not in these figures" in out


def test_as_json_it_gives_the_figures(world: World, shell: Typed, draft: Path) -> None:
    world.grant("2025-01-10")
    code, out, _err = shell("rehearse", str(draft), "--on", "2025-07-10", "--json")
    figures = json.loads(out)
    assert (code, figures["on"], figures["earlier"]) == (0, "2025-07-10", 0)
    assert figures["judged"] == 1


def test_the_files_name_each_right_and_the_log_says_who_had_them(
    world: World, shell: Typed, draft: Path, tmp_path: Path
) -> None:
    world.grant("2025-01-10")
    code, _out, _err = shell("rehearse", str(draft), "--csv", str(tmp_path / "out"))
    (_heading, line) = (tmp_path / "out/rights.csv").read_text().splitlines()
    assert (code, line.split(",")[0], line.split(",")[2]) == (0, "K1", "OE1")
    logged = AccessLine.objects.get(kind="export")
    assert logged.stated_reason == "inzage rehearse, 2025-04-01"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("starts_on = 2025-04-01", "executor"),
        (draft_text("2025-04-01").replace("months = 6", "months = 0"), "months"),
        (draft_text("2025-03-01"), "a book starts tomorrow at the earliest"),
        ("\x00", "not TOML"),
    ],
)
def test_a_draft_that_can_not_be_is_refused_with_a_sentence(
    world: World, shell: Typed, tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "draft.toml"
    path.write_text(text)
    code, _out, err = shell("rehearse", str(path))
    assert (code, str(path) in err, said in err) == (2, True, True)


def test_a_file_that_is_not_there_is_wrong_use(shell: Typed, db: None) -> None:
    code, _out, err = shell("rehearse", "/nowhere/draft.toml")
    assert (code, "can't be read" in err) == (2, True)
