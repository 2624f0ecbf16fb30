"""The files: the columns of the register format, the same bytes for the same region, whatever came before."""

import csv
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from inzage.region.histories import Histories
from inzage.region.partners import unit_count
from inzage.region.writing import EVERY, FILES, make_region

UNTIL = date(2026, 3, 10)


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_six_files_with_the_columns_of_the_register_format(tmp_path: Path) -> None:
    make_region(tmp_path / "new" / "region", dossiers=50, seed=1, until=UNTIL)
    written = {path.name for path in (tmp_path / "new" / "region").iterdir()}

    assert written == set(FILES)
    assert len(lines(tmp_path / "new" / "region" / "clients.csv")) == 50
    assert len(lines(tmp_path / "new" / "region" / "partners.csv")) == unit_count(50)
    assert set(lines(tmp_path / "new" / "region" / "services.csv")[0]) == {"code", "name", "tendered"}


def test_days_are_written_as_days_and_absent_ones_as_nothing(tmp_path: Path) -> None:
    make_region(tmp_path, dossiers=300, seed=1, until=UNTIL)
    written = {
        line[column]
        for line in lines(tmp_path / "activities.csv")
        for column in line
        if column.endswith("_on")
    }

    assert "" in written
    assert all(date.fromisoformat(day).isoformat() == day for day in written - {""})


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_the_same_region_has_the_same_bytes_whatever_the_hash_seed(tmp_path: Path, hash_seed: str) -> None:
    program = (
        "import sys, datetime, pathlib; from inzage.region.writing import make_region; "
        "make_region(pathlib.Path(sys.argv[1]), dossiers=200, seed=4, until=datetime.date(2026, 3, 10))"
    )
    make_region(tmp_path / "here", dossiers=200, seed=4, until=UNTIL)
    subprocess.run(  # the hash seed is set when Python starts
        [sys.executable, "-c", program, str(tmp_path / "there")],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
    )

    for name in FILES:
        assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "there" / name).read_bytes()


def test_a_small_region_is_the_beginning_of_a_large_one(tmp_path: Path) -> None:
    for dossiers in (100, 1000):
        make_region(tmp_path / str(dossiers), dossiers=dossiers, seed=2, until=UNTIL)

    for name in FILES:
        small, large = ((tmp_path / size / name).read_bytes() for size in ("100", "1000"))
        assert large.startswith(small)


def test_another_seed_and_another_last_day_give_another_region(tmp_path: Path) -> None:
    make_region(tmp_path / "a", dossiers=100, seed=1, until=UNTIL)
    make_region(tmp_path / "b", dossiers=100, seed=2, until=UNTIL)
    make_region(tmp_path / "c", dossiers=100, seed=1, until=date(2026, 3, 11))

    texts = {(tmp_path / place / "activities.csv").read_bytes() for place in "abc"}
    assert len(texts) == 3


def test_progress_is_told_now_and_then_and_at_the_end(tmp_path: Path) -> None:
    heard: list[int] = []
    make_region(tmp_path, dossiers=EVERY + 1, seed=1, until=UNTIL, progress=heard.append)

    assert heard == [EVERY, EVERY + 1]


def test_more_clients_than_there_are_numbers_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    most = Histories(seed=1, until=UNTIL).most

    with pytest.raises(ValueError, match=str(most)):
        make_region(tmp_path / "region", dossiers=most + 1, seed=1, until=UNTIL)
    assert not (tmp_path / "region").exists()
    assert Histories(seed=1, until=UNTIL).at(most - 1).client.insz


@pytest.mark.parametrize("year", [1979, 2061])
def test_a_last_day_too_far_off_is_refused(tmp_path: Path, year: int) -> None:
    with pytest.raises(ValueError, match=str(year)):
        make_region(tmp_path, dossiers=1, seed=1, until=date(year, 1, 1))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("year", [1980, 2060])
def test_a_last_day_just_near_enough_is_taken(tmp_path: Path, year: int) -> None:
    make_region(tmp_path, dossiers=30, seed=1, until=date(year, 1, 1))

    assert len(lines(tmp_path / "clients.csv")) == 30
