"""One at a time: a file that is held while something is under way. The system lets go of it when the holder dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class Held(Exception):
    """Somebody else holds the file."""


@contextmanager
def held(path: Path) -> Iterator[IO[str]]:
    """The file (made where it isn't there), held and open for writing while the block lasts. Raises `Held`.

    Afterwards it is thrown away, so that it is in no other user's way; unless it was moved, and has become something.
    """
    with _open_and_held(path) as file:
        try:
            yield file
        finally:
            if _stands(path, file):
                path.unlink(missing_ok=True)


def _open_and_held(path: Path) -> IO[str]:
    while True:
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+", encoding="utf-8", newline="")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise Held(str(path)) from None
        if _stands(path, file):
            return file
        file.close()  # who held it before moved it or threw it away: what stands there now is another


def _stands(path: Path, file: IO[str]) -> bool:
    """Whether this is the file that stands there."""
    try:
        return path.stat().st_ino == os.fstat(file.fileno()).st_ino
    except FileNotFoundError:
        return False
