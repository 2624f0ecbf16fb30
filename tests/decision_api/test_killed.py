"""Killed (-9) at random moments under load: no answer is given that is not on record (docs/decisions/0020)."""

from benchmarks.decisions_killed import RIGHTS, killed
from benchmarks.ending_rights import fill_register
from tests.shell import Shell

KILLS = 5


def test_every_answer_received_whole_is_on_record_whatever_is_killed(shell: Shell) -> None:
    """The one process, started again each time; then one of two, which is replaced, or the one that started them."""
    fill_register(shell.environment, RIGHTS)
    for processes in (1, 2):
        found = killed(shell.environment, KILLS, processes=processes, seed=processes)
        assert found.missing == []
        assert found.killed == KILLS
        assert found.kept >= found.given > KILLS
