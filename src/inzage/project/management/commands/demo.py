"""`inzage demo`: a made-up region at work on this machine, ready in one go; its data is kept."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandParser

from inzage.oversight.counting import count_due
from inzage.portal.demo_forms import place_forms
from inzage.portal.demo_people import people, place_people
from inzage.project.command import InzageCommand, Wrong, now, stoppable, today
from inzage.project.demo_path import show_the_path
from inzage.project.management.commands.close import in_words as closing_in_words
from inzage.project.management.commands.import_register import in_words as import_in_words
from inzage.project.neighbours import LOG, NAMES, STORAGE, neighbours
from inzage.project.serving import listening, serve
from inzage.region.identifiers import InszSupply
from inzage.region.writing import make_region
from inzage.rules.days import day_of
from inzage.view_rights.importing import import_files
from inzage.view_rights.models import ViewRight
from inzage.view_rights.running import run

DOSSIERS = 2000
SEED = 7
OWN, REGION, REJECTED = "demo.sqlite3", "demo-region", "demo-rejected.csv"
"""What it keeps, in INZAGE_VAR: beside a register of somebody's own, never in it."""
NEIGHBOURS = {
    "actiris": "Actiris: what it heard",
    "ibis": "IBIS: register there",
    "vdab": "VDAB: assign there",
}


class Command(InzageCommand):
    help = (
        "Show a made-up region at work: import, closing run, web application. Its data is kept between runs."
    )
    shown = "demo"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", action="store_true", help="start again from nothing")
        parser.add_argument(
            "--no-serve", action="store_true", help="prepare everything, don't start the web application"
        )
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise Wrong("The demo runs in demo mode only: set INZAGE_DEMO=1, or use `make demo`.")
        if settings.DATABASES["default"]["NAME"] != str(settings.VAR / OWN):
            raise Wrong(f"The demo has a register of its own, {OWN}: leave INZAGE_DATABASE_URL out.")
        if options["no_serve"]:
            self._prepare(reset=options["reset"], port=options["port"])
            return
        port = options["port"]
        with listening("127.0.0.1", port) as bound:
            self._prepare(reset=options["reset"], port=port)
            with stoppable(), neighbours(settings.VAR, port) as addresses:
                self._say_who_is_near(addresses)
                newcomer = InszSupply(seed=SEED, until=today()).identity(DOSSIERS).insz
                shown = (addresses, today(), newcomer, self._say)
                Thread(target=show_the_path, args=shown, daemon=True).start()
                serve(bound)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _say_who_is_near(self, addresses: dict[str, str]) -> None:
        self._say("The other side, made up as well:")
        for name, address in addresses.items():
            self._say(f"  {NEIGHBOURS[name]:<24} {address}/")

    def _prepare(self, *, reset: bool, port: int) -> None:
        if reset:
            _forget(settings.VAR)
        settings.VAR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        if not ViewRight.objects.exists():
            self._fill()
        place_people()
        place_forms(now())
        self._say_where(port)

    def _fill(self) -> None:
        """A region as it was yesterday, through the real import; then the run of last night."""
        yesterday = now() - timedelta(days=1)
        folder = settings.VAR / REGION
        make_region(folder, dossiers=DOSSIERS, seed=SEED, until=day_of(yesterday))
        self.stdout.write(f"A made-up region of {DOSSIERS} dossiers stands in {_shown(folder)}.")
        rejected = settings.VAR / REJECTED
        report = import_files(folder, clock=lambda: yesterday, scratch=settings.VAR, rejected=rejected)
        self.stdout.write(import_in_words(report, rejected))
        self._close(now())

    def _close(self, at: datetime) -> None:
        self.stdout.write(closing_in_words(run(day_of(at), clock=now)))
        count_due(now())
        still_open = ViewRight.objects.filter(closed_on=None).count()
        self.stdout.write(
            f"{still_open} view rights stand. With INZAGE_DEMO=1, ask about any: "
            "inzage rights, inzage explain, inzage may-view."
        )

    def _say_where(self, port: int) -> None:
        self.stdout.write(
            f"\nInzage: http://127.0.0.1:{port}/   (stop with Ctrl-C; make demo RESET=1 starts again)"
        )
        self.stdout.write("Sign in by choosing a person:")
        for person in people():
            self.stdout.write(f"  {person.name:<24} {person.work}")
        self.stdout.write(f"Other systems ask at   http://127.0.0.1:{port}/access/v1/evaluation")


def _forget(folder: Path) -> None:
    """Throw away what an earlier demo kept."""
    kept = [f"{STORAGE.format(name)}*" for name in NAMES]
    for path in [
        *(path for name in (f"{OWN}*", *kept) for path in folder.glob(name)),
        folder / REJECTED,
        folder / LOG,
    ]:
        path.unlink(missing_ok=True)
    for kept_in in (folder / REGION, Path(settings.EMAIL_FILE_PATH)):
        shutil.rmtree(kept_in, ignore_errors=True)


def _shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
