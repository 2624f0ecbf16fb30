"""What our commands share: names as documented, days as arguments, the one clock, readable refusals."""

import getpass
import os
import uuid
from argparse import ArgumentTypeError
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from inzage.journal.models import Origin
from inzage.rules.days import day_of
from inzage.rules.names import Part
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
    """A look from the shell, as the access log names it: by the account that typed the command."""
    return Look(Origin(f"system:{_account()}", now(), "shell"), None, Part.GENERAL, uuid.uuid4(), command)


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container need not have names
        return f"uid {os.getuid()}"


def a_day(text: str) -> date:
    """A day as an argument: YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a day; expected YYYY-MM-DD, such as 2026-02-28") from None
