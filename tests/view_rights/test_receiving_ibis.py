"""IBIS and two workers as processes of their own: it fails, they are killed, and all arrives once (S14, S15)."""

from pathlib import Path

from django.utils import timezone

from benchmarks.receiving_ibis import Plan, receive
from tests.shell import Shell


def test_every_good_record_is_applied_once_and_every_bad_one_kept_with_its_reason(
    shell: Shell, tmp_path: Path
) -> None:
    plan = Plan(records=300, page=20, kill_seconds=0, most_kills=3)
    found = receive(shell.environment, tmp_path, plan, on=timezone.now())
    assert found.wrong == []
    assert found.killed == 3
    assert found.failed > 0
