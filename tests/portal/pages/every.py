"""All states, of every kind of person's pages."""

from importlib import import_module
from pathlib import Path

from tests.portal.pages.visiting import STATES

__all__ = ["STATES"]

for _file in sorted(Path(__file__).parent.glob("*.py")):
    if _file.stem != "every" and not _file.stem.startswith(("_", "test_")):
        import_module(f"{__package__}.{_file.stem}")
