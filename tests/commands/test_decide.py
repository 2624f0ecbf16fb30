"""`inzage decide` from several processes: they answer as one."""

import os
import socket

import pytest
from django.conf import settings

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
