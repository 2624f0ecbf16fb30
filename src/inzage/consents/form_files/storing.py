"""Where the files lie: in a folder of their own, outside whatever a web server gives out, under random names.

A file is written before its row. One without a row, left by a process that stopped in between, harms nobody.
"""

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings

from inzage.consents.models import FormFile


class Lost(Exception):
    """The file is not there any more, or is not what was uploaded: a restored backup is what helps."""


def digest_of(data: bytes) -> str:
    """By which a file is known again."""
    return hashlib.sha256(data).hexdigest()


def keep(data: bytes) -> str:
    """Write the file, for this user's eyes only, and wait until it is on disk; returns its name."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = secrets.token_hex(16)
    with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    entry = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)
    return name


def bytes_of(kept: FormFile) -> bytes:
    """The file as it was uploaded, or Lost."""
    try:
        data = (_folder() / kept.stored_as).read_bytes()
    except OSError as error:
        raise Lost(kept.stored_as) from error
    if digest_of(data) != kept.sha256:
        raise Lost(kept.stored_as)
    return data


def _folder() -> Path:
    return Path(settings.FORM_FILES)
