"""`inzage import`: register files come in."""

import sys
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import connection
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from inzage.project.command import InzageCommand, Wrong, now, processes, stoppable
from inzage.register_files.places import UnusablePlace
from inzage.register_files.staging import UnreadableFile
from inzage.view_rights.importing import ImportReport, import_files
from inzage.view_rights.parallel import ENOUGH


class Command(InzageCommand):
    help = "Import a folder of register files, or a corrected rejected.csv. Importing the same again changes nothing."
    shown = "import"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "path", type=_place, metavar="FOLDER", help="the folder, or a corrected rejected.csv"
        )
        parser.add_argument(
            "--rejected", type=_place, metavar="FILE", help="where bad lines go (default: var/rejected.csv)"
        )
        parser.add_argument(
            "--processes",
            type=processes,
            default=0,
            metavar="N",
            help="how many at once (default: one more than there are cores; on SQLite always one)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["path"]
        if not path.exists():
            raise Wrong(f"{path} is not there. Give a folder with partners.csv, clients.csv and so on.")
        rejected: Path = options["rejected"] or settings.VAR / "rejected.csv"
        settings.VAR.mkdir(parents=True, exist_ok=True)
        try:
            report = self._import(path, rejected, options["processes"] or ENOUGH)
        except (UnreadableFile, UnusablePlace) as error:
            raise Wrong(str(error)) from error
        self.stdout.write(in_words(report, rejected))
        for difference in report.differences[:20]:
            self.stdout.write(f"  {difference}")

    def _import(self, path: Path, rejected: Path, at_once: int) -> ImportReport:
        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(file=sys.stderr),
            disable=not sys.stderr.isatty(),
        )
        with bar, stoppable():
            tasks: dict[str, Any] = {}

            def progress(what: str, done: int, of: int) -> None:
                if what not in tasks:
                    tasks[what] = bar.add_task(what, total=of or None)
                bar.update(tasks[what], completed=done, total=of or None)

            return import_files(
                path,
                clock=now,
                scratch=settings.VAR,
                rejected=rejected,
                progress=progress,
                processes=at_once if connection.vendor == "postgresql" else 1,
            )


def _place(text: str) -> Path:
    """A path as an argument. An empty one would stand for the folder one happens to be in."""
    if not text:
        raise ArgumentTypeError("it is empty; expected a folder or a file")
    return Path(text)


def in_words(report: ImportReport, rejected: Path) -> str:
    """The report for people."""
    lines = [
        f"Read {report.lines} lines: {report.new_clients} new clients with {report.rights} rights, "
        f"{report.corrected_clients} corrected, {report.unchanged_clients} unchanged."
    ]
    lines += [f"  {warning}" for warning in report.warnings]
    if report.not_tendered:
        lines.append(
            f"  {report.not_tendered} assignments under a service that is not tendered: kept, they grant nothing."
        )
    if report.rejected:
        lines.append(
            f"  {report.rejected} lines could not be taken: see {rejected}; correct that file and import it."
        )
    if report.differences:
        lines.append(
            f"  {len(report.differences)} differences with what is closed or was entered in use: now tasks."
        )
    lines += [
        f"  On {day.day} unusually many would end: {_part(part)}. Will be held that evening."
        for day in report.unusual
        for part in day.above
    ]
    return "\n".join(lines)


def _part(part: dict[str, Any]) -> str:
    return (
        f"{part['number']} in all"
        if part["part"] == "all"
        else f"{part['number']} of {part['part']} {part['of']}"
    )
