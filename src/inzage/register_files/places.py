"""Where rejected.csv comes: nothing else that stands there is touched, and two imports don't write it at once."""

import csv
import errno
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from inzage.register_files.holding import held

ABOUT = ("file", "line", "column", "value", "reason", "what_to_do")
"""The columns of rejected.csv that say where a line comes from, and what is wrong with it."""
OURS = {"file", "reason"}
LONGEST_HEADER = 100_000
FULL = {errno.ENOSPC, errno.EDQUOT}


class UnusablePlace(Exception):
    """Nothing can be written there, or something stands there that is not ours. The message says what to do."""


class Place:
    """The place of a rejected.csv, and the unfinished file beside it that becomes it."""

    def __init__(self, path: Path, unfinished: IO[str]) -> None:
        self.path, self.unfinished = path, unfinished
        unfinished.truncate()

    def keep_what_stands_there(self) -> None:
        """Name an earlier file after the moment it was written."""
        if not self.path.exists():
            return
        written = datetime.fromtimestamp(self.path.stat().st_mtime, tz=UTC)
        stem = f"{self.path.stem}-{written:%Y%m%dT%H%M%S%f}"
        kept, again = self.path.with_stem(stem), 1
        while kept.exists():
            again += 1
            kept = self.path.with_stem(f"{stem}-{again}")
        self.path.rename(kept)

    def finish(self) -> None:
        """Make it rejected.csv, in one move."""
        self.unfinished.flush()
        _unfinished(self.path).replace(self.path)


@contextmanager
def place_for(path: Path, *, source: Path | None = None) -> Iterator[Place]:
    """The place at `path` for the lines of `source` that can't be taken, held while the block lasts.

    Raises `UnusablePlace`; and `Held` where another import writes there.
    """
    with ExitStack() as stack:
        try:
            _refuse_what_is_not_ours(path, source)
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = stack.enter_context(held(_unfinished(path)))
        except OSError as error:
            if error.errno in FULL:
                raise
            raise UnusablePlace(
                f"{path} can't be written: {error.strerror}. Name a file for the bad lines, in a folder "
                "that you may write in, with --rejected."
            ) from error
        yield Place(path, unfinished)


def _unfinished(path: Path) -> Path:
    return path.with_name(f"{path.name}.unfinished")


def _refuse_what_is_not_ours(path: Path, source: Path | None) -> None:
    elsewhere = "Name another file for the bad lines with --rejected."
    if source is not None and source.is_dir() and path.resolve().is_relative_to(source.resolve()):
        raise UnusablePlace(f"{path} lies in the folder that is imported. {elsewhere}")
    if not path.exists() and not path.is_symlink() and path.name:
        return
    if not path.is_file():
        raise UnusablePlace(f"{path} is not a file. {elsewhere}")
    if not _names_in(path) >= OURS:
        raise UnusablePlace(f"{path} is there already, and is not the rejected.csv of an import. {elsewhere}")


def _names_in(path: Path) -> set[str]:
    """The names in its first line with something in it."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        lines = iter(lambda: file.readline(LONGEST_HEADER), "")
        first = next((line for line in lines if line.strip()), "")
    with suppress(csv.Error):
        return {name.strip().lower() for name in next(csv.reader([first.replace(";", ",")]), [])}
    return set()
