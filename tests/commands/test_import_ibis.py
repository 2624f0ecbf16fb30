"""`inzage import-ibis`: the same records from a file; bad lines are named, the rest goes in, once."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from inzage.dossiers.models import Activity
from inzage.inbox.models import Received
from inzage.project.command import Wrong
from tests.ibis import a_request
from tests.world import World


def took_in(path: Path) -> list[str]:
    """Run the command; returns what it says, line by line."""
    out = StringIO()
    call_command("import_ibis", str(path), stdout=out)
    return out.getvalue().replace(str(path), "FILE").splitlines()


def test_bad_lines_are_named_by_their_number_and_the_rest_goes_in(world: World, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    good, bad = json.dumps(a_request("R1")), json.dumps(a_request("R2", remark="A1B2C"))
    path.write_bytes(
        f"\ufeff{good}\r\n\n{bad}\n{{half\x00\n{good}\n".encode() + b'{"id": "R3", "caf\xe9": 1}\n'
    )
    said = took_in(path)
    assert said[:3] == ["Read 5 lines, 4 of them new.", "  2 applied", "  3 quarantined"]
    assert said[3].startswith("FILE, line 3 (R2): reference_count: It has 1 parts")
    assert said[4].startswith("FILE, line 4: not_json: ")
    assert said[5].startswith("FILE, line 6: not_json: ")
    assert len(said) == 6
    assert Activity.objects.get().source_id == "ibis:R1"
    assert Received.objects.filter(original__contains="half\\u0000").exists()


def test_the_same_file_again_changes_nothing(world: World, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text("".join(f"{json.dumps(a_request(f'R{number}'))}\n" for number in range(5)))
    took_in(path)
    assert took_in(path)[:2] == ["Read 5 lines, 0 of them new.", "  5 applied"]
    assert Activity.objects.count() == Received.objects.count() == 5


def test_a_file_that_is_not_there_is_named(world: World, tmp_path: Path) -> None:
    with pytest.raises(Wrong, match=r"away\.jsonl can't be read"):
        took_in(tmp_path / "away.jsonl")
