"""The nightly comparison finds a difference where there is one, and tells it by the smallest register."""

from pathlib import Path

import pytest

from inzage.rules.reading_books import packaged_books
from tests.rules import against_reference, nightly
from tests.rules.against_reference import Difference, compare
from tests.rules.occurrences import Occurrences


@pytest.fixture
def wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """Production goes by the packaged book, whatever the rules."""
    monkeypatch.setattr(against_reference, "as_read", lambda _rules: packaged_books())


@pytest.mark.usefixtures("wrong")
def test_a_difference_is_told_by_a_register_of_which_no_line_can_be_missed() -> None:
    difference = nightly.part(1, 100)
    assert isinstance(difference, Difference)
    register = difference.register
    lines = [*register.assignments, *register.consents, *register.activities]
    assert 1 <= len(lines) <= 3
    assert nightly.smallest(difference) is difference


@pytest.mark.usefixtures("wrong")
def test_it_leaves_with_one_at_the_first_difference_and_goes_no_further(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def counted(seed: int, histories: int, seen: Occurrences) -> None:
        (tmp_path / str(seed)).touch()
        compare(seed, histories, seen)

    monkeypatch.setattr(nightly, "compare", counted)
    monkeypatch.setattr(nightly, "PART", 100)
    assert nightly.run(seed=1, histories=10_000, processes=1) == 1
    assert len(list(tmp_path.iterdir())) < 10
    assert "they differ on" in capsys.readouterr().out


def test_without_a_difference_it_counts_what_it_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert nightly.run(seed=1, histories=100, processes=1) == 0
    assert "100 histories, from seed 1: 0 differences." in capsys.readouterr().out
