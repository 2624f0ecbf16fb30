"""`inzage prove`: is what is stored what the rules say?"""

import sys
from typing import Any

from django.core.management.base import CommandParser
from rich.console import Console
from rich.progress import Progress

from inzage.oversight.checked import keep_proof
from inzage.oversight.proving import Proof, prove
from inzage.project.command import InzageCommand, now, processes, today
from inzage.view_rights.models import ViewRight


class Command(InzageCommand):
    help = (
        "Recompute every open right from its facts, take closed ones from their history, and compare with what is "
        "stored; exit code 1 where they differ."
    )
    shown = "prove"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--processes",
            type=processes,
            default=0,
            metavar="N",
            help="how many at once (default: one more than there are cores)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        total = ViewRight.objects.count() if sys.stderr.isatty() else None
        with Progress(console=Console(file=sys.stderr), disable=total is None) as bar:
            task = bar.add_task("rights", total=total)
            proof = prove(
                today=today(), processes=options["processes"], progress=lambda n: bar.advance(task, n)
            )
        keep_proof(proof, day=today(), at=now())
        self._print(proof)
        sys.exit(1 if proof.differences else 0)

    def _print(self, proof: Proof) -> None:
        rights = ViewRight.objects.select_related("dossier__client", "unit")
        for difference in proof.differences:
            right = rights.get(pk=difference.right)
            self.stdout.write(
                f"client {right.dossier.client.client_number}, {right.unit.oe_number}, granted {right.granted_on}: "
                f"stored {difference.stored}; proven {difference.proven}"
            )
        self.stdout.write(f"{proof.judged} rights judged, {len(proof.differences)} differ.")
