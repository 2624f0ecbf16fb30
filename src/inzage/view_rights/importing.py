"""`inzage import`: a folder of register files comes in, each client wholly or not at all (register-format)."""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from django.db import connection, transaction

from inzage.dossiers.models import Client
from inzage.journal.models import Origin
from inzage.partners.models import Partner, Service, Unit
from inzage.register_files.holding import Held, held
from inzage.register_files.lines import Bundle
from inzage.register_files.places import place_for
from inzage.register_files.staging import Staged, stage
from inzage.rule_books.in_force import books
from inzage.rules.days import day_of
from inzage.view_rights.correcting import correct
from inzage.view_rights.held import UnusualDay
from inzage.view_rights.holding import check_late
from inzage.view_rights.parallel import collector_at_rest, in_order
from inzage.view_rights.replaying import Surroundings, store_new
from inzage.view_rights.running import run
from inzage.view_rights.sorting_out import SortedOut, in_chunks, sort_out
from inzage.view_rights.unusual_days import look_ahead

LOCK = 7_201_960_422
"""The number by which an import holds a PostgreSQL database."""


class ImportReport(NamedTuple):
    """What an import did, in counts; `differences` went to a task each, `rejected` lines to rejected.csv.

    `unusual` are the coming days on which unusually many rights would end now, and are to be held.
    """

    lines: int
    new_clients: int
    corrected_clients: int
    unchanged_clients: int
    rights: int
    differences: list[str]
    not_tendered: int
    rejected: int
    warnings: list[str]
    unusual: Sequence[UnusualDay] = ()


class Register:
    """What the register already knows, asked in batches while files are judged (the `Known` of register_files)."""

    def __init__(self) -> None:
        self.units: dict[str, int] = dict(Unit.objects.values_list("oe_number", "pk"))
        self.services: dict[str, bool] = dict(Service.objects.values_list("code", "tendered"))

    def clients(self, numbers: Collection[str]) -> Collection[str]:
        """Those of these client numbers that the register has."""
        found = Client.objects.filter(client_number__any=set(numbers))
        return list(found.values_list("client_number", flat=True))


def import_files(
    path: Path,
    *,
    clock: Callable[[], datetime],
    scratch: Path,
    rejected: Path,
    progress: Callable[[str, int, int], None] = lambda _what, _done, _of: None,
    processes: int = 1,
) -> ImportReport:
    """Import a folder, or a corrected rejected.csv; write the lines that can't be taken to `rejected`.

    New clients are stored by that many `processes` (SQLite takes one, as it has one writer).

    Killed and run again it goes on where it stopped: what a client's lines said last is kept with the dossier.
    Raises `UnreadableFile` and `UnusablePlace` before anything is in, `Held` where another import is running.
    """
    at = clock()
    origin = Origin(by=f"import:{at:%Y-%m-%dT%H:%M:%S}", at=at, source="import")
    with (
        only_import(),
        place_for(rejected, source=path) as place,
        stage(path, known=Register(), scratch=scratch, progress=progress) as staged,
    ):
        _store_partners(staged)
        _store_services(staged)
        around = surroundings(origin, clock)
        counted = _store_clients(staged, around, progress, processes)
        check_late(clock=clock)
        if (today := day_of(clock())) > around.begun_on:
            run(today, clock=clock)  # its night has begun without what came in after midnight
        staged.write_rejected(place)
        counts = staged.counts()
        return counted._replace(
            lines=sum(counts.lines.values()),
            rejected=counts.rejected,
            warnings=[*staged.warnings, *_without_rule(staged, around.today)],
            unusual=look_ahead(clock=clock),
        )


def _without_rule(staged: Staged, today: date) -> list[str]:
    """An alert for each tendered service that the rule book doesn't have: its owners get the fallback (S19)."""
    known = books().on(today).knows
    return [
        f"Service {line.code} has no rule in the book in force: what it makes owner of ends by the fallback "
        "(docs/decisions/0013)."
        for line in staged.services()
        if line.tendered and not known(line.code)
    ]


@contextmanager
def only_import() -> Iterator[None]:
    """One import at a time into one database. Raises `Held` where another is running.

    On SQLite a file beside it says so; one in memory nobody else can reach.
    """
    if connection.vendor == "postgresql":
        with _server_held():
            yield
    elif connection.is_in_memory_db():  # type: ignore[attr-defined]
        yield
    else:
        with held(Path(f"{connection.settings_dict['NAME']}.importing")):
            yield


@contextmanager
def _server_held() -> Iterator[None]:
    """By a connection of its own: the others are closed where the work goes to several processes."""
    own = connection.copy("importing")
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                raise Held(str(own.settings_dict["NAME"]))
        yield
    finally:
        own.close()


def surroundings(origin: Origin, clock: Callable[[], datetime]) -> Surroundings:
    """Units and services as they stand now, for one import."""
    return Surroundings(
        units=dict(Unit.objects.values_list("oe_number", "pk")),
        services={
            code: (pk, tendered)
            for code, pk, tendered in Service.objects.values_list("code", "pk", "tendered")
        },
        books=books(),
        origin=origin,
        clock=clock,
        begun_on=day_of(origin.at),
    )


@transaction.atomic
def _store_partners(staged: Staged) -> None:
    """Units by their OE number, under their enterprise where the file names one; a changed line is a correction."""
    for line in staged.partners():
        partner = None
        if line.kbo_number:
            partner, _new = Partner.objects.get_or_create(
                kbo_number=line.kbo_number, defaults={"name": line.name}
            )
        values = {"name": line.name, "kind": line.kind, "email": line.email, "partner": partner}
        Unit.objects.update_or_create(oe_number=line.oe_number, defaults=values)


@transaction.atomic
def _store_services(staged: Staged) -> None:
    for line in staged.services():
        Service.objects.update_or_create(
            code=line.code, defaults={"name": line.name, "tendered": line.tendered}
        )


def _store_clients(
    staged: Staged, around: Surroundings, progress: Callable[[str, int, int], None], processes: int
) -> ImportReport:
    """All clients in the order of their numbers: new ones in bulk, known ones corrected where something changed."""
    report = ImportReport(0, 0, 0, 0, 0, [], 0, 0, [])
    total, done = staged.counts().clients, 0
    under_way: deque[SortedOut] = deque()

    def new_ones() -> Iterator[tuple[list[Bundle], Surroundings]]:
        for chunk in in_chunks(staged.bundles()):
            under_way.append(sort_out(chunk))
            yield under_way[-1].new, around

    for rights in in_order(_store_new, new_ones(), processes=processes):
        chunk = under_way.popleft()
        differences = [line for bundle in chunk.changed for line in correct(bundle, staged, around)]
        report = report._replace(
            new_clients=report.new_clients + len(chunk.new),
            corrected_clients=report.corrected_clients + len(chunk.changed),
            unchanged_clients=report.unchanged_clients + chunk.unchanged,
            rights=report.rights + rights,
            differences=report.differences + differences,
            not_tendered=report.not_tendered + _not_tendered(chunk.all, around),
        )
        done += len(chunk.all)
        progress("clients", done, total)
    return report


@collector_at_rest()
def _store_new(given: tuple[list[Bundle], Surroundings]) -> int:
    """In one transaction, possibly in a process of its own."""
    return store_new(*given) if given[0] else 0


def _not_tendered(chunk: list[Bundle], around: Surroundings) -> int:
    """Assignments under a service that isn't tendered: kept and reported, they grant nothing."""
    return sum(not around.services[line.service][1] for bundle in chunk for line in bundle.assignments)
