"""Rehearsals in processes of their own, on a database of their own: beside whoever writes, writing nothing."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from inzage.region.writing import make_region
from tests.oversight.drafts import draft_text
from tests.shell import Shell, own_database
from tests.view_rights.processes import script

TODAY = timezone.localdate()
"""The processes read the real clock."""
WRITE_WITHIN = """
from contextlib import suppress
from django.db import DatabaseError
from inzage.oversight.one_view import one_view
from inzage.partners.models import Unit
before = Unit.objects.count()
with suppress(DatabaseError), one_view():
    assert Unit.objects.count() == before
    Unit.objects.create(oe_number="OE999999", name="Sluis", kind="partner")
assert Unit.objects.count() == before > 0
Unit.objects.create(oe_number="OE999999", name="Sluis", kind="partner")
"""
IN_RANGES = """
import json
from django.utils import timezone
from inzage.oversight import rehearsing
from inzage.rules.reading_books import read_book
rehearsing.CHUNK = int(sys.argv[2])
draft = read_book(open(sys.argv[1]).read(), name="draft.toml")
found = rehearsing.rehearse(draft, today=timezone.localdate(), processes=int(sys.argv[3]))
print(json.dumps(found.figures(), sort_keys=True))
"""


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """A migrated database of our own, with a region of 150 dossiers; nothing here changes a right."""
    folder = tmp_path_factory.mktemp("rehearsed")
    for shell in own_database(folder):
        make_region(folder / "region", dossiers=150, seed=5, until=TODAY)
        assert shell.run("import", str(folder / "region"))[0] == 0
        yield shell


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """One that shortens terms, from a month on."""
    path = tmp_path / "draft.toml"
    starts_on = str(TODAY + timedelta(days=30))
    path.write_text(
        draft_text(starts_on, executor="months = 4", no_activity="months = 3", owner="months = 3")
    )
    return path


def test_a_rehearsal_waits_for_nobody_who_writes(shell: Shell, draft: Path) -> None:
    with shell.locked():
        code, out, err = shell.run("rehearse", str(draft), "--json")
    assert code == 0, err
    assert json.loads(out)["earlier"] > 0


def test_nothing_that_is_written_within_it_stays(shell: Shell) -> None:
    process = script(shell, WRITE_WITHIN)
    _out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err


def test_in_many_ranges_and_processes_it_finds_the_same(shell: Shell, draft: Path) -> None:
    found = set()
    for chunk, processes in (("1000", "1"), ("70", "1"), ("70", "2")):
        process = script(shell, IN_RANGES, str(draft), chunk, processes)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        found.add(out)
    assert len(found) == 1
    assert json.loads(found.pop())["earlier"] > 0
