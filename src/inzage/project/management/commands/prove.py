"""`inzage prove`: is what is stored what the rules say?"""

import sys
from typing import Any

from django.core.management.base import CommandParser
from rich.console import Console
from rich.progress import Progress

from inzage.dossiers.models import Dossier
from inzage.oversight.checked import keep_proof
from inzage.oversight.differences import Difference
from inzage.oversight.proving import Proof, prove
from inzage.partners.models import Unit
from inzage.project.command import InzageCommand, now, processes, today
from inzage.view_rights.models import ViewRight


class Command(InzageCommand):
    help = (
        "Recompute every open right from its facts, take closed ones and the facts themselves from their history, and "
        "compare with what is stored; exit code 1 where they differ."
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
        for each in proof.differences:
            self.stdout.write(f"{whose_is(each)}: {each.kind}, stored {each.stored}; proven {each.proven}")
        self.stdout.write(f"{proof.judged} rights judged, {len(proof.differences)} differ.")


def whose_is(difference: Difference) -> str:
    """The client, unit and dossier that it is about, as far as they are there."""
    dossier = Dossier.objects.select_related("client").filter(pk=difference.dossier).first()
    unit = Unit.objects.filter(pk=difference.unit).first() if difference.unit else None
    client = f"client {dossier.client.client_number}" if dossier else ""
    reference = f"dossier {dossier.reference if dossier else difference.dossier}"
    return ", ".join(filter(None, (client, unit.oe_number if unit else "", reference)))
