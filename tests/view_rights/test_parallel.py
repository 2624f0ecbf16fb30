"""Work in several processes: in its order, the same however many there are, and over when the one who asked is gone."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from inzage.view_rights.parallel import in_order
from inzage.view_rights.plans import ALONE
from tests.shell import Shell, own_database
from tests.view_rights.conftest import LATER

ITEMS = range(40)
WAITING_FOR_EVER = """
import sys
from inzage.view_rights.parallel import in_order
from tests.view_rights.test_parallel import wait_for_ever
if __name__ == "__main__":
    list(in_order(wait_for_ever, [0, int(sys.argv[1])], processes=2))
"""


def squared(number: int) -> int:
    """Some work."""
    return number * number


def wait_for_ever(port: int) -> None:
    """Call on that port, and wait for an answer that never comes."""
    if port:
        socket.create_connection(("127.0.0.1", port)).recv(1)


def test_results_come_in_the_order_of_the_items() -> None:
    for processes in (1, 3):
        assert list(in_order(squared, ITEMS, processes=processes)) == [squared(item) for item in ITEMS]


def test_items_are_taken_as_they_are_needed() -> None:
    left = iter(ITEMS)
    coming = in_order(squared, left, processes=1)
    assert [next(coming), next(coming)] == [0, 1]
    assert next(left) == 2


def planned(_item: int) -> str:
    """What this process tells PostgreSQL of how to plan."""
    return str(settings.DATABASES["default"]["OPTIONS"].get("options", ""))


def test_the_server_starts_no_processes_beside_ours() -> None:
    """Each core has one already."""
    on_a_server = connection.vendor == "postgresql"
    assert {each.startswith(ALONE) for each in in_order(planned, ITEMS, processes=2)} == {on_a_server}


def test_a_process_stops_when_the_one_that_started_it_is_killed(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        script = tmp_path / "waiting.py"
        script.write_text(WAITING_FOR_EVER)
        port = str(server.getsockname()[1])
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        parent = subprocess.Popen([sys.executable, str(script), port], env=environment)
        server.settimeout(60)
        called, _address = server.accept()
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        with called:
            called.settimeout(60)
            assert called.recv(1) == b"", "it still lives"


def test_the_register_is_the_same_however_many_processes_store_it(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "alone").mkdir()
    folder = str(tmp_path / "region")
    assert shell.run("make-region", folder, "--dossiers", "3000", "--seed", "8")[0] == 0
    assert shell.run("import", folder, "--processes", "3")[0] == 0
    for alone in own_database(tmp_path / "alone"):
        assert alone.run("import", folder, "--processes", "1")[0] == 0
        assert alone.rights(on=LATER) == shell.rights(on=LATER)
    assert len(shell.rights(on=LATER)) > 3000
    assert shell.run("prove")[0] == 0
