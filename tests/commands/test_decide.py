"""`inzage decide`: several processes answer as one, at the address by which they are known."""

import os
import socket

import pytest
from django.conf import settings
from pytest_django import Settings
from starlette.applications import Starlette
from starlette.testclient import TestClient

from inzage.project import deciding


@pytest.mark.parametrize("processes", [1, 2])
def test_processes_side_by_side_share_a_key_also_where_none_was_set(
    monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    """Else the next page of a search could be asked of the process only that gave the one before."""
    keys = list[str | None]()

    class Served:
        """In the place of what would serve until stopped."""

        started = True

        def __init__(self, *_args: object, **_options: object) -> None:
            """Nothing to set up."""

        def run(self, **_options: object) -> None:
            """Notes the key that a process started now would have."""
            keys.append(os.environ.get("INZAGE_SECRET_KEY"))

    monkeypatch.delenv("INZAGE_SECRET_KEY", raising=False)
    monkeypatch.setattr(deciding, "Multiprocess", Served)
    monkeypatch.setattr("uvicorn.Server", Served)
    with socket.socket() as bound:
        deciding.serve_decisions(bound, processes=processes)
    assert keys == [settings.SECRET_KEY if processes > 1 else None]


def test_decisions_may_have_a_host_name_of_their_own(settings: Settings) -> None:
    """Its metadata name that one: a certificate is asked of callers there, and of nobody who comes for the pages."""
    settings.PUBLIC_URL, settings.DECISION_URL = "https://inzage.example", "https://beslissen.example"
    pages = TestClient(Starlette(routes=deciding.decision_point().routes))
    said = pages.get("/.well-known/authzen-configuration").json()
    assert said["policy_decision_point"] == "https://beslissen.example"
    assert said["access_evaluation_endpoint"] == "https://beslissen.example/access/v1/evaluation"
