"""A region written as register files, client by client: memory stays the same however many there are."""

import csv
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from inzage.region.histories import Histories
from inzage.region.partners import SERVICES, unit, unit_count
from inzage.region.records import Activity, Assignment, Client, Consent, Service, Unit

EVERY = 1000

FILES: dict[str, type[tuple[Any, ...]]] = {
    "partners.csv": Unit,
    "services.csv": Service,
    "clients.csv": Client,
    "assignments.csv": Assignment,
    "consents.csv": Consent,
    "activities.csv": Activity,
}
Write = Callable[[Iterable[Iterable[object]]], object]


def make_region(
    folder: Path,
    *,
    dossiers: int,
    seed: int,
    until: date,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Write the six register files of a made-up region into `folder`, made where missing.

    The same arguments give the same bytes. History runs up to `until`; `progress` hears how many dossiers are
    written. Raise ValueError, before anything is written, where there can't be so many, or not on such a day.
    """
    histories = Histories(seed=seed, until=until)
    if not 1 <= dossiers <= histories.most:
        raise ValueError(
            f"A region of {dossiers} dossiers can't be made: every client needs an INSZ number that belongs to "
            f"nobody, and up to {until} there are {histories.most} of them. Give a number from 1 to {histories.most}."
        )
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        writers = {name: _writer(folder / name, columns, stack) for name, columns in FILES.items()}
        writers["partners.csv"](unit(index) for index in range(unit_count(dossiers)))
        writers["services.csv"](SERVICES)
        _write_clients(histories, dossiers, writers, progress or (lambda _done: None))


def _writer(path: Path, columns: type[tuple[Any, ...]], stack: ExitStack) -> Write:
    """A file with its header, ready for lines; days are written as YYYY-MM-DD, absent ones as nothing."""
    file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns._fields)  # type: ignore[attr-defined]
    return writer.writerows


def _write_clients(
    histories: Histories, dossiers: int, writers: dict[str, Write], progress: Callable[[int], None]
) -> None:
    clients, assignments = writers["clients.csv"], writers["assignments.csv"]
    consents, activities = writers["consents.csv"], writers["activities.csv"]
    for index in range(dossiers):
        history = histories.at(index)
        clients((history.client,))
        assignments(history.assignments)
        consents(history.consents)
        activities(history.activities)
        if (index + 1) % EVERY == 0:
            progress(index + 1)
    if dossiers % EVERY:
        progress(dossiers)
