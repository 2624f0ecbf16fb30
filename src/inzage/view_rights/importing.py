"""`inzage import`: a folder of register files comes in, each client wholly or not at all (register-format)."""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Activity, Assignment, Client, Dossier
from inzage.journal.models import Origin
from inzage.partners.models import Partner, Service, Unit
from inzage.register_files.lines import Bundle
from inzage.register_files.staging import Staged, stage
from inzage.rule_books.in_force import books
from inzage.view_rights.correcting import correct
from inzage.view_rights.parallel import collector_at_rest, in_order
from inzage.view_rights.replaying import Surroundings, store_new

LINES_A_TRANSACTION = 5_000


class ImportReport(NamedTuple):
    """What an import did, in counts; `differences` went to a task each, `rejected` lines to rejected.csv."""

    lines: int
    new_clients: int
    corrected_clients: int
    unchanged_clients: int
    rights: int
    differences: list[str]
    not_tendered: int
    rejected: int
    warnings: list[str]


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
    """
    at = clock()
    origin = Origin(by=f"import:{at:%Y-%m-%dT%H:%M:%S}", at=at, source="import")
    with stage(path, known=Register(), scratch=scratch, progress=progress) as staged:
        _store_partners(staged)
        _store_services(staged)
        around = surroundings(origin)
        counted = _store_clients(staged, around, progress, processes)
        staged.write_rejected(rejected)
        counts = staged.counts()
        return counted._replace(
            lines=sum(counts.lines.values()), rejected=counts.rejected, warnings=list(staged.warnings)
        )


def surroundings(origin: Origin) -> Surroundings:
    """Units and services as they stand now, for one import."""
    return Surroundings(
        units=dict(Unit.objects.values_list("oe_number", "pk")),
        services={
            code: (pk, tendered)
            for code, pk, tendered in Service.objects.values_list("code", "pk", "tendered")
        },
        books=books(),
        origin=origin,
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


class Sorted(NamedTuple):
    """A chunk of clients: those that are new, those whose lines are to be corrected, how many stay as they are."""

    all: list[Bundle]
    new: list[Bundle]
    changed: list[Bundle]
    unchanged: int


def _store_clients(
    staged: Staged, around: Surroundings, progress: Callable[[str, int, int], None], processes: int
) -> ImportReport:
    """All clients in the order of their numbers: new ones in bulk, known ones corrected where something changed."""
    report = ImportReport(0, 0, 0, 0, 0, [], 0, 0, [])
    total, done = staged.counts().clients, 0
    under_way: deque[Sorted] = deque()

    def new_ones() -> Iterator[tuple[list[Bundle], Surroundings]]:
        for chunk in _chunks(staged.bundles()):
            under_way.append(_sorted(chunk))
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


def _chunks(bundles: Iterable[Bundle]) -> Iterator[list[Bundle]]:
    """Clients together of about as many lines as one transaction takes."""
    chunk, lines = list[Bundle](), 0
    for bundle in bundles:
        chunk.append(bundle)
        lines += 1 + len(bundle.assignments) + len(bundle.consents) + len(bundle.activities)
        if lines >= LINES_A_TRANSACTION:
            yield chunk
            chunk, lines = [], 0
    if chunk:
        yield chunk


def _sorted(chunk: list[Bundle]) -> Sorted:
    """What is to be done with each client. A line that the register has with another client is a correction."""
    known = _known_digests({bundle.client_number for bundle in chunk})
    elsewhere = _lines_of_others([bundle for bundle in chunk if bundle.client_number not in known])
    new, changed, unchanged = list[Bundle](), list[Bundle](), 0
    for bundle in chunk:
        if bundle.client_number not in known:
            own = _without(bundle, elsewhere)
            new.append(own)
            if own != bundle:
                changed.append(bundle)
        elif known[bundle.client_number] == bundle.digest:
            unchanged += 1
        else:
            changed.append(bundle)
    return Sorted(chunk, new, changed, unchanged)


def _known_digests(numbers: set[str]) -> dict[str, bytes]:
    """What the register was told last of those of these clients that it has."""
    dossiers = Dossier.objects.filter(client__client_number__any=numbers)
    found = dossiers.values_list("client__client_number", "imported_digest")
    return {number: bytes(digest or b"") for number, digest in found}


def _lines_of_others(bundles: list[Bundle]) -> set[str]:
    """The ids of those of these new clients' lines that the register has already: with another client."""
    lines = {
        Assignment: {line.assignment_id for bundle in bundles for line in bundle.assignments},
        ConsentForm: {line.consent_id for bundle in bundles for line in bundle.consents},
        Activity: {line.activity_id for bundle in bundles for line in bundle.activities},
    }
    return {
        fact.source_id
        for model, numbers in lines.items()
        for fact in model._default_manager.filter(source_id__any=numbers).only("source_id")
        if fact.source_id
    }


def _without(bundle: Bundle, numbers: set[str]) -> Bundle:
    """The bundle without the lines of these ids."""
    if not numbers:
        return bundle
    return bundle._replace(
        assignments=tuple(line for line in bundle.assignments if line.assignment_id not in numbers),
        consents=tuple(line for line in bundle.consents if line.consent_id not in numbers),
        activities=tuple(line for line in bundle.activities if line.activity_id not in numbers),
    )


def _not_tendered(chunk: list[Bundle], around: Surroundings) -> int:
    """Assignments under a service that isn't tendered: kept and reported, they grant nothing."""
    return sum(not around.services[line.service][1] for bundle in chunk for line in bundle.assignments)
