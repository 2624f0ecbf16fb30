"""Whom an import brings: clients that are new, those whose lines changed, and those who stay as they are."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from inzage.consents.models import ConsentForm
from inzage.dossiers.models import Activity, Assignment, Dossier
from inzage.register_files.lines import Bundle

LINES_A_TRANSACTION = 5_000


class SortedOut(NamedTuple):
    """A chunk of clients: those that are new, those whose lines are to be corrected, how many stay as they are."""

    all: list[Bundle]
    new: list[Bundle]
    changed: list[Bundle]
    unchanged: int


def in_chunks(bundles: Iterable[Bundle]) -> Iterator[list[Bundle]]:
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


def sort_out(chunk: list[Bundle]) -> SortedOut:
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
    return SortedOut(chunk, new, changed, unchanged)


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
