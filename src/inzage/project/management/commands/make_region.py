"""`inzage make-region`: the files of a made-up region."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from rich.console import Console
from rich.progress import Progress

from inzage.project.command import InzageCommand, Wrong, a_day, today
from inzage.region.writing import make_region


class Command(InzageCommand):
    help = "Write register files of a made-up region: municipalities, partners, schools, histories of years."
    shown = "make-region"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument(
            "--dossiers", type=int, default=2000, metavar="N", help="how many dossiers (2000)"
        )
        parser.add_argument(
            "--seed", type=int, default=1, metavar="S", help="another seed, another region (1)"
        )
        parser.add_argument("--until", type=a_day, metavar="DAY", help="history runs up to this day (today)")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["dossiers"] < 1:
            raise Wrong(
                f"--dossiers is {options['dossiers']}; expected a whole number from 1 on, such as 2000."
            )
        until = options["until"] or today()
        with Progress(console=Console(file=sys.stderr), disable=not sys.stderr.isatty()) as bar:
            task = bar.add_task("dossiers", total=options["dossiers"])
            self._make(options, until, lambda done: bar.update(task, completed=done))
        self.stdout.write(f"Wrote a region of {options['dossiers']} dossiers to {options['folder']}.")

    def _make(self, options: dict[str, Any], until: date, progress: Callable[[int], None]) -> None:
        how = {"dossiers": options["dossiers"], "seed": options["seed"], "until": until}
        try:
            make_region(options["folder"], **how, progress=progress)
        except ValueError as error:
            raise Wrong(str(error)) from error
