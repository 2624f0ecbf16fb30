"""Delivering in processes of their own: workers killed, two at once, and another side that fails in every way."""

import signal

from django.utils import timezone

from tests.outbox.processes import delivered, matched, queued, worker
from tests.shell import Shell, until
from tests.simulated import Simulated
from tests.view_rights.processes import at_once

WELL = {"lost": 0, "applied twice": 0, "out of order": 0}
EVERY_WAY = ("refused", "reset", "reset_after", "error", "error_after", "too_many", "slow", "cut_off")
MESSAGES, STREAMS = 200, 40
CLAIM = """
from django.utils import timezone
print(",".join(str(each.pk) for _ in range(5) for each in claim("actiris", 5, at=timezone.now())))
"""


def test_two_workers_killed_again_and_again_lose_and_double_nothing(shell: Shell, actiris: Simulated) -> None:
    today = str(timezone.localdate())
    queued(shell, MESSAGES, STREAMS)
    actiris.fail(0.2, *EVERY_WAY, seed=7, seconds=0.1, retry_after=0, refused_seconds=0.1)
    workers = [worker(shell), worker(shell)]
    try:
        for number, threshold in enumerate((40, 80, 120, 160)):
            until(lambda so_many=threshold: delivered(shell) >= so_many)  # type: ignore[misc]
            killed = workers[number % 2]
            killed.kill()
            killed.communicate()
            assert killed.returncode == -signal.SIGKILL
            workers[number % 2] = worker(shell)
        until(lambda: delivered(shell) == MESSAGES)
    finally:
        for each in workers:
            each.terminate()
        codes = {each.communicate() and each.returncode for each in workers}
    assert codes <= {0, -signal.SIGTERM}  # the last one may be told to stop before it has begun
    actiris.fail(0)
    assert matched(shell, actiris, day=today) == WELL
    assert len(actiris.listed("/messages", day=today)) == MESSAGES


def test_what_waits_while_nobody_is_there_goes_when_they_are_back(shell: Shell, actiris: Simulated) -> None:
    actiris.stop()
    queued(shell, 40, 20)
    with worker(shell) as busy:
        tried = "SELECT count(*) FROM outbox_delivery WHERE attempts > 1"
        until(lambda: bool(shell.asked(tried)))
        assert delivered(shell) == 0
        actiris.start()
        until(lambda: delivered(shell) == 40)
        busy.terminate()
        busy.communicate()
    assert matched(shell, actiris, day=str(timezone.localdate())) == WELL


def test_workers_at_once_never_take_the_same_message(shell: Shell) -> None:
    queued(shell, 60, 60)
    taken = at_once(shell, "from inzage.outbox.claiming import claim", CLAIM, "1", "2", "3", "4")
    ids = [each for said in taken for each in said.split(",") if each]
    assert len(ids) == len(set(ids)) == 60
