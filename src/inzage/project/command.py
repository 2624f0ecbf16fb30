"""What our commands share: names as documented, days as arguments, the one clock, readable refusals."""

import getpass
import os
import signal
import threading
import uuid
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from inzage.access_log.models import Why
from inzage.journal.models import Origin
from inzage.register_files.checks import DAY
from inzage.rules.days import BRUSSELS, day_of
from inzage.rules.names import Part, Status
from inzage.rules.reading_books import read_book
from inzage.rules.rulebook import RuleBook
from inzage.rules.unreadable import UnreadableBook
from inzage.view_rights.explaining import sentences
from inzage.view_rights.looking import Look


class Wrong(CommandError):
    """Wrong use, or input that can't be taken: exit code 2."""

    def __init__(self, message: str) -> None:
        super().__init__(message, returncode=2)


class InzageCommand(BaseCommand):
    """A command of ours; `shown` is its name as people type it."""

    shown = ""
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """The parser, under the name that people type."""
        return super().create_parser(prog_name, self.shown or subcommand, **kwargs)


def now() -> datetime:
    """The moment: the only clock that commands read."""
    return timezone.now()


def today() -> date:
    """The calendar day in Brussels."""
    return day_of(now())


def by_operator(command: str) -> Look:
    """A look from the shell, as the access log names it: by the account that typed the command.

    That account has no work list: the officer finds its looks among those with a stated reason.
    """
    origin = Origin(f"system:{_account()}", now(), "shell")
    return Look(origin, None, Part.GENERAL, uuid.uuid4(), command, Why.STATED)


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container need not have names
        return f"uid {os.getuid()}"


def how_sure(status: str, language: str = "en") -> str:
    """What follows a rule that no public page bears out; nothing after one that is verified (S19)."""
    return "" if status == Status.VERIFIED else f" [{sentences(language)['statuses'][status]}]"


def a_day(text: str) -> date:
    """A day as an argument: YYYY-MM-DD, and no other way of writing it."""
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ArgumentTypeError(f"{text!r} is not a day; expected YYYY-MM-DD, such as 2026-02-28")


def a_book(path: Path) -> RuleBook:
    """The rule book in a file. Raises Wrong."""
    try:
        return read_book(a_text(path), name=str(path))
    except UnreadableBook as error:
        raise Wrong(str(error)) from error


def a_text(path: Path) -> str:
    """What a file says. Raises Wrong."""
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Wrong(f"{path} can't be read: {error}") from error


def a_moment(text: str) -> datetime:
    """A moment as an argument: as ISO 8601 writes it; without an offset it is of Brussels."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(
            f"{text!r} is not a moment; expected such as 2026-02-28T17:30 (of Brussels) or 2026-02-28T16:30+00:00"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=BRUSSELS)


def processes(text: str) -> int:
    """How many processes, as an argument; 0 stands for as many as do well here."""
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise ArgumentTypeError(f"{text!r} is no number of processes; expected a whole number from 1 on")
    return number


@contextmanager
def stoppable() -> Iterator[None]:
    """Being told to end (SIGTERM) is like Ctrl-C: what is under way is undone, and what was written aside goes."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
