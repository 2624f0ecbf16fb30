"""Waiting for a command to its very end, whatever signals come, so that nothing it started outlives us."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType


def wait_for(command: Sequence[str | Path], environment: Mapping[str, str] = os.environ) -> int:
    """Its exit code. Where a signal came meanwhile, we leave as soon as the command has left."""
    received: list[int] = []
    with subprocess.Popen(command, env=environment) as running:

        def receive(number: int, _frame: FrameType | None) -> None:
            received.append(number)
            if number != signal.SIGINT:  # the terminal gives Ctrl-C to the command as well as to us
                running.send_signal(number)

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, receive)
        code = running.wait()
    if received:
        sys.exit(128 + received[0])
    return code if code >= 0 else 128 - code
