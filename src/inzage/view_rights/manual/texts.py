"""The texts that the manual is made of: the statements of the policy, and its own order and sentences."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

HERE = files("inzage.view_rights.manual")


@cache
def statements() -> Mapping[str, Mapping[str, str]]:
    """The statements that are carried out, by their numbers."""
    data = tomllib.loads((_policy() / "statements.toml").read_text("utf-8"))
    return {one["number"]: one for one in data["statement"]}


@cache
def layout() -> Mapping[str, Any]:
    """The order of the manual, and what only the manual says."""
    return tomllib.loads((HERE / "layout.toml").read_text("utf-8"))


def words(key: str, language: str) -> str:
    """A sentence with places to fill in."""
    return str(layout()["words"][key][language])


def _policy() -> Path:
    """Beside the code where Inzage is installed, and at the root of the repository where it is worked on."""
    package = Path(str(files("inzage")))
    beside = package / "policy"
    return beside if beside.is_dir() else package.parents[1] / "policy"
