"""`inzage import-references`: the course numbers and contracts that references in IBIS are checked against."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from inzage.partners.keeping_numbers import NotKept, keep_contracts, keep_courses
from inzage.project.command import InzageCommand, Wrong


class Command(InzageCommand):
    help = (
        "Take in the known courses (course_number,title) and contracts (outsourcing_number,oe_number). "
        "Each file is the whole list, in the place of the one before. A kind of which none is known is not checked."
    )
    shown = "import-references"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--courses", type=Path, metavar="FILE", help="a CSV file with course_number and title"
        )
        parser.add_argument(
            "--contracts", type=Path, metavar="FILE", help="a CSV file with outsourcing_number and oe_number"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        given = [("courses", keep_courses), ("contracts", keep_contracts)]
        if not any(options[kind] for kind, _keep in given):
            raise Wrong("Give --courses FILE, --contracts FILE, or both.")
        try:
            with transaction.atomic():
                known = {kind: keep(options[kind]) for kind, keep in given if options[kind]}
        except NotKept as refused:
            raise Wrong(f"{refused}\nNothing was taken.") from refused
        for kind, count in known.items():
            unchecked = "" if count else ": none is known, so none is checked"
            self.stdout.write(f"{count} {kind} known{unchecked}.")
