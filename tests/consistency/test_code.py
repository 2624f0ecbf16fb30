"""The code keeps its own promises: one clock, one place that writes rights, no signals, nothing too long."""

import ast
import re
from pathlib import Path

import pytest

from .reading import ROOT, SOURCE

FILES = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
EDGE = ("project/", "portal/clock.py", "client/clock.py")
CLOCKS = re.compile(
    r"timezone\.(now|localdate|localtime)\(|date\.today\(|datetime\.(now|utcnow|today)\(|time\.time\("
)
WRITES = re.compile(
    r"\b(ViewRight|Activity|Assignment|Grant)\.objects\b[^\n]*\.(create|bulk_create|update|delete|save)\("
)


def named(path: Path) -> str:
    """The path inside the package."""
    return path.relative_to(SOURCE).as_posix()


UNTOLD = re.compile(r"\brecord\((activity|line|old|new)\b")


@pytest.mark.parametrize("path", FILES, ids=named)
def test_nothing_below_the_edge_reads_a_clock(path: Path) -> None:
    reads = CLOCKS.findall(path.read_text("utf-8"))
    assert named(path).startswith(EDGE) or reads == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_only_view_rights_writes_rights_grounds_activities_and_assignments(path: Path) -> None:
    written = WRITES.findall(path.read_text("utf-8"))
    assert named(path).startswith("view_rights/") or written == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_no_activity_changes_without_actiris_being_told(path: Path) -> None:
    untold = UNTOLD.findall(path.read_text("utf-8"))
    assert named(path) == "view_rights/telling_actiris.py" or untold == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_nothing_happens_by_signal(path: Path) -> None:
    assert not re.search(r"django\.(dispatch|db\.models\.signals)", path.read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_file_fits_in_a_head_and_a_function_on_a_page(path: Path) -> None:
    text = path.read_text("utf-8")
    lengths = {
        node.name: (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
    }
    assert text.count("\n") <= 300
    assert {name: lines for name, lines in lengths.items() if lines > 40} == {}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_every_public_thing_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    undocumented = [node.name for node in public if not ast.get_docstring(node)]
    assert [name for name in undocumented if name != "Command"] == []  # a command says it in `help`


def test_the_wheel_holds_what_the_program_reads_beside_its_code() -> None:
    packed = (ROOT / "pyproject.toml").read_text("utf-8")
    assert '"policy" = "inzage/policy"' in packed
