"""The scratch folder of an import: it holds personal data, so it goes with the import, or at the start of the next."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from inzage.register_files.holding import Held, held

PREFIX = "inzage-import-"
IN_USE = "in-use"


@contextmanager
def scratch_folder(parent: Path) -> Iterator[Path]:
    """A new folder for as long as the block lasts. What imports that were killed left in `parent` is thrown away."""
    with ExitStack() as stack:
        with _alone(parent):
            _sweep(parent)
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=PREFIX, dir=parent)))
            stack.enter_context(held(folder / IN_USE))
        yield folder


def _sweep(parent: Path) -> None:
    for folder in parent.glob(f"{PREFIX}*"):
        if not folder.is_dir() or folder.is_symlink():
            continue
        with suppress(Held, OSError), held(folder / IN_USE):  # that of a living import, or of another user
            shutil.rmtree(folder)


@contextmanager
def _alone(parent: Path) -> Iterator[None]:
    """Wait for who is making a folder there, so that nobody takes it for one that was left behind."""
    place = os.open(parent, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network disks hold no folders; then a moment's risk is left
            fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)
