"""The demo's mail server: it sends nothing, keeps the last mails in a folder, and gives them back to be read."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as Message
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

MOST = 200
ENDING = ".eml"


class EmailBackend(BaseEmailBackend):
    """Keeps each mail as a file of its own, numbered, and no more than the last 200."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep them; returns how many."""
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            _keep(folder, mail.message().as_bytes())
        for number in _numbers()[MOST:]:
            _path(number).unlink(missing_ok=True)
        return len(email_messages)


class Kept(NamedTuple):
    """A mail that was kept, under its number."""

    number: int
    mail: Message

    @property
    def language(self) -> str:
        """The language it is in."""
        return str(self.mail["Content-Language"] or "")

    @property
    def sent_at(self) -> datetime:
        """When it was sent; a mail that names no time zone ("-0000") tells it in UTC."""
        said: datetime = self.mail["Date"].datetime
        return said if said.tzinfo else said.replace(tzinfo=UTC)

    def part(self, kind: str) -> str:
        """Its text as `plain` or as `html`; empty where it has none."""
        body = self.mail.get_body((kind,))
        return str(body.get_content()) if body else ""


def kept_mails() -> Iterator[Kept]:
    """The mails that are kept, newest first."""
    for number in _numbers():
        if kept := kept_mail(number):
            yield kept


def kept_mail(number: int) -> Kept | None:
    """One of them, if it is still there."""
    if number not in _numbers():
        return None
    try:
        found = _path(number).read_bytes()
    except FileNotFoundError:
        return None
    return Kept(number, message_from_bytes(found, _class=Message, policy=policy.default))


def _keep(folder: Path, content: bytes) -> None:
    """Under the next number: another process may take the same one first, and then it is the one after that."""
    number = next(iter(_numbers()), 0) + 1
    while True:
        try:
            with (folder / f"{number}{ENDING}").open("xb") as file:
                file.write(content)
        except FileExistsError:
            number += 1
        else:
            return


def _numbers() -> list[int]:
    """Newest first."""
    names = (path.stem for path in _folder().glob(f"*{ENDING}"))
    return sorted((int(name) for name in names if name.isascii() and name.isdigit()), reverse=True)


def _path(number: int) -> Path:
    return _folder() / f"{number}{ENDING}"


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)
