"""`inzage import` looks where it reads and where it writes before it does either."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from inzage.dossiers.models import Client
from inzage.register_files.places import place_for
from inzage.register_files.scratch import scratch_folder
from tests.commands.conftest import Typed
from tests.world import World, insz

OURS = "file,line,column,value,reason,what_to_do,client_number,insz\n"


@pytest.fixture
def folder(world: World, settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A folder with one client, and a `var` of the test's own."""
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir()
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "clients.csv").write_text(f"client_number,insz\nK7,{insz(7)}\nK8,\n")
    yield folder
    assert not list(settings.VAR.glob("inzage-import-*"))
    assert not list(tmp_path.rglob("*.unfinished"))


def came_in() -> bool:
    """Whether anything of the folder is in."""
    return Client.objects.filter(client_number="K7").exists()


def test_missing_files_are_named_in_one_line(folder: Path, shell: Typed) -> None:
    code, out, _err = shell("import", str(folder))
    assert (code, came_in()) == (0, True)
    missing = "partners.csv, services.csv, assignments.csv, consents.csv, activities.csv"
    assert [line.strip() for line in out.splitlines() if "partners.csv" in line] == [
        f"Not in the folder, taken as empty: {missing}."
    ]


def test_a_folder_without_register_files_is_refused(folder: Path, shell: Typed) -> None:
    (folder / "clients.csv").rename(folder / "klanten.csv")
    code, out, err = shell("import", str(folder))
    assert (code, out) == (2, "")
    assert "none of the register files" in err
    assert "partners.csv, services.csv, clients.csv" in err


@pytest.mark.parametrize("wrong", ["folder", "link", "pipe"])
def test_what_is_no_file_in_the_place_of_one_is_refused(folder: Path, shell: Typed, wrong: str) -> None:
    place = folder / "activities.csv"
    if wrong == "folder":
        place.mkdir()
    elif wrong == "link":
        place.symlink_to(folder / "elsewhere.csv")
    else:
        os.mkfifo(place)
    code, _out, err = shell("import", str(folder))
    assert (code, "activities.csv" in err, came_in()) == (2, True, False)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("register/rejected.csv", "lies in the folder that is imported"),
        ("register/clients.csv", "lies in the folder that is imported"),
        ("mine", "is not a file"),
        ("mine/letter.txt", "is not the rejected.csv of an import"),
        ("mine/empty.csv", "is not the rejected.csv of an import"),
        ("mine/clients.csv", "is not the rejected.csv of an import"),
        ("mine/nowhere", "is not a file"),
        ("mine/letter.txt/rejected.csv", "can't be written"),
        ("/dev/null", "is not a file"),
    ],
)
def test_bad_lines_go_nowhere_else_than_to_a_file_of_ours(
    folder: Path, shell: Typed, where: str, said: str
) -> None:
    mine = folder.parent / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("Geachte,\n")
    (mine / "empty.csv").touch()
    (mine / "clients.csv").write_text("client_number,insz\n")
    (mine / "nowhere").symlink_to(mine / "gone")
    before = {path: path.is_file() and path.read_text() for path in folder.parent.rglob("*")}
    code, out, err = shell("import", str(folder), "--rejected", str(folder.parent / where))
    assert (code, out, came_in()) == (2, "", False)
    assert said in err
    assert {path: path.is_file() and path.read_text() for path in folder.parent.rglob("*")} == before


def test_a_corrected_rejected_file_is_imported_from_where_it_is_written(folder: Path, shell: Typed) -> None:
    rejected = folder.parent / "var" / "rejected.csv"
    assert shell("import", str(folder))[0] == 0
    rejected.write_text(rejected.read_text().replace(",K8,,", f",K8,{insz(8)},"))
    code, out, _err = shell("import", str(rejected))
    assert (code, "1 new clients" in out, rejected.exists()) == (0, True, False)
    assert len(list(rejected.parent.glob("rejected-*.csv"))) == 1


def test_what_a_killed_import_left_is_thrown_away_but_not_that_of_a_living_one(
    folder: Path, shell: Typed, settings: Any
) -> None:
    left = settings.VAR / "inzage-import-abc"
    left.mkdir()
    (left / "staged.sqlite3").write_text("people")
    with scratch_folder(settings.VAR) as living:
        left.mkdir(exist_ok=True)
        assert shell("import", str(folder))[0] == 0
        assert not left.exists()
        assert living.is_dir()


def test_two_imports_do_not_write_one_rejected_file(folder: Path, shell: Typed, settings: Any) -> None:
    with place_for(settings.VAR / "rejected.csv"):
        code, out, err = shell("import", str(folder))
        assert (code, out, came_in()) == (3, "", False)
        assert "another import is running" in err
        assert "Nothing was done" in err
    assert shell("import", str(folder))[0] == 0
