"""Work in several processes, interrupted at any moment: one sentence of the command, nothing of the processes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.shell import Shell

WORK = """
import sys, time
from inzage.view_rights.parallel import in_order
try:
    print("begun", flush=True)
    for _ in in_order(time.sleep, [0.01] * 100_000, processes=4):
        pass
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.parametrize("after", [0.0, 0.1, 0.3, 0.6, 1.0, 2.0])
def test_interrupted_while_processes_start_none_of_them_cries_out(tmp_path: Path, after: float) -> None:
    environment = {**Shell(tmp_path, "").environment, "DJANGO_SETTINGS_MODULE": "inzage.project.settings"}
    process = subprocess.Popen(
        [sys.executable, "-c", WORK],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.SIG_DFL
        ),  # also where the tests were begun deaf to it
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
    _out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "")
