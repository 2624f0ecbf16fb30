"""What the tests of the project itself read: policy texts, names defined in the source, names of tests."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "inzage"


def entries(file: str, table: str) -> list[dict[str, Any]]:
    """The entries of `table` in a file of `policy/`."""
    found: list[dict[str, Any]] = tomllib.loads((ROOT / "policy" / file).read_text("utf-8"))[table]
    return found


@cache
def names_in_source() -> set[str]:
    """Every name the source defines: packages, modules, functions, and classes with their members.

    A member goes by every way to say it: `Kind.LOOK` as well as `AccessLine.Kind.LOOK`.
    """
    names: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        names.update(path.relative_to(SOURCE).with_suffix("").parts)
        names.update(_names_in(ast.parse(path.read_text("utf-8")), ()))
    return names


def _names_in(node: ast.AST, inside: tuple[str, ...]) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef):
            yield from _ways_to_say((*inside, child.name))
        if isinstance(child, ast.ClassDef):
            yield from _names_in(child, (*inside, child.name))
        for name in _assigned(child):
            yield from _ways_to_say((*inside, name))


def _assigned(node: ast.AST) -> Iterator[str]:
    targets = (
        node.targets
        if isinstance(node, ast.Assign)
        else [node.target]
        if isinstance(node, ast.AnnAssign)
        else []
    )
    return (target.id for target in targets if isinstance(target, ast.Name))


def _ways_to_say(path: tuple[str, ...]) -> Iterator[str]:
    return (".".join(path[start:]) for start in range(len(path)))


def policy_test_names() -> set[str]:
    """The names of all test functions under `tests/policy`."""
    names: set[str] = set()
    for path in (ROOT / "tests" / "policy").rglob("test_*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        names.update(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return {name for name in names if name.startswith("test_")}
