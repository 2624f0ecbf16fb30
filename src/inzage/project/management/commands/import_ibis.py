"""`inzage import-ibis`: the same records as over HTTP, from a file with one JSON object a line."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from inzage.adapters.ibis.wording import message_of, read
from inzage.inbox.keeping import Message, keep
from inzage.inbox.models import Received
from inzage.inbox.reading import UNREADABLE
from inzage.project.command import InzageCommand, Wrong, now, stoppable
from inzage.view_rights.receiving import apply_waiting
from inzage.view_rights.training_records import SOURCE
from inzage.view_rights.training_requests import applying

AT_ONCE = 1000


class Command(InzageCommand):
    help = (
        "Take in training requests from a file with one JSON object a line, and carry out what waits. "
        "What can't be taken goes to quarantine; the same file again changes nothing."
    )
    shown = "import-ibis"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="FILE", help="lines as in the contract of the IBIS adapter"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            text = path.read_text("utf-8-sig", errors="backslashreplace")
        except OSError as error:
            raise Wrong(
                f"{path} can't be read ({error.strerror}). Give a file with one JSON object a line."
            ) from error
        given = [
            (number, message_of(line)) for number, line in enumerate(text.split("\n"), 1) if line.strip()
        ]
        messages = [message for _number, message in given]
        with stoppable():
            new = sum(
                keep(SOURCE, messages[start : start + AT_ONCE], at=now())
                for start in range(0, len(given), AT_ONCE)
            )
            while apply_waiting(SOURCE, applying(read), clock=now):
                pass
        self.stdout.write(f"Read {len(given)} lines, {new} of them new.")
        self._tell(given, path)

    def _tell(self, given: list[tuple[int, Message]], path: Path) -> None:
        """What became of them; and each line that can't be taken, by its number."""
        became = {
            (each.message_id, each.revision): each
            for each in Received.objects.filter(
                source=SOURCE, message_id__any={message.message_id for _number, message in given}
            )
        }
        found = [
            (number, became[message.message_id, message.revision])
            for number, message in given
            if (message.message_id, message.revision) in became
        ]
        for state, count in sorted(Counter(received.state for _number, received in found).items()):
            self.stdout.write(f"  {count} {state}")
        for number, received in found:
            if received.state == "quarantined":
                named = "" if received.message_id.startswith(UNREADABLE) else f" ({received.message_id})"
                self.stdout.write(f"{path}, line {number}{named}: {received.reason}: {received.detail}")
