"""Somebody at a shell, in the process of the test."""

import sys

import pytest
from django.db import connections
from django.utils import timezone

from inzage.project import cli
from tests.world import noon


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Typed":
    """What somebody types, on a day of the test's choosing."""
    return Typed(monkeypatch, capsys)


class Typed:
    """Types `inzage …`; answers with exit code, output and errors."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys
        # A command closes its connection when it is done; here it is the test's, with a transaction to undo.
        monkeypatch.setattr(connections, "close_all", lambda: None)
        self.today("2025-03-01")

    def today(self, on: str) -> None:
        """From now on it is noon of that day."""
        self._monkeypatch.setattr(timezone, "now", lambda: noon(on))

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """Type it."""
        self._monkeypatch.setattr(sys, "argv", ["inzage", *arguments])
        try:
            code = cli.main()
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        out, err = self._capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err
