"""A random register imported as an organisation would, compared right by right with the plain reference."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from inzage.oversight.proving import prove
from inzage.view_rights.answering import may_view
from inzage.view_rights.importing import import_files
from inzage.view_rights.listing import rights_on
from inzage.view_rights.running import run
from tests.importing.conftest import at
from tests.rules import reference
from tests.rules.against_reference import by_client
from tests.rules.random_registers import LAST, random_register, write_register
from tests.rules.reference import Register

CLIENTS = 600
END = LAST + timedelta(days=400)


def expected(register: Register, day: date) -> Iterator[dict[str, Any]]:
    """What the reference says, client by client, in the order of the format."""
    for one in sorted(by_client(register), key=lambda one: list(one.clients)):
        yield from reference.rights_on(one, day)


def imported(register: Register, folder: Path, *, on: date) -> None:
    """Write the files, and import them on that day."""
    write_register(register, folder / "register")
    report = import_files(
        folder / "register", clock=lambda: at(on), scratch=folder, rejected=folder / "rejected.csv"
    )
    assert (report.rejected, report.new_clients) == (0, len(register.clients))


@pytest.mark.parametrize("seed", [11, 12])
@pytest.mark.django_db
def test_an_imported_register_is_what_the_reference_says_on_any_day(seed: int, tmp_path: Path) -> None:
    register = random_register(seed, CLIENTS)
    imported(register, tmp_path, on=END)
    for day in (END, LAST, *(LAST - timedelta(days=back) for back in (1, 150, 365, 500, 777))):
        assert list(rights_on(day)) == list(expected(register, day)), day
    assert prove(today=END, processes=1).differences == []


@pytest.mark.parametrize("nights", [1, 30, 400])
@pytest.mark.django_db
def test_imported_halfway_the_nights_bring_it_to_the_same_end(nights: int, tmp_path: Path) -> None:
    """Facts still to come are known from the files; the runs, however many nights apart, do the rest."""
    register, halfway = random_register(13, 150), date(2025, 3, 31)
    imported(register, tmp_path, on=halfway)
    assert list(rights_on(halfway)) == list(expected(register, halfway))
    day = halfway
    while day < END:
        day = min(day + timedelta(days=nights), END)
        run(day, clock=lambda day=day: at(day))  # type: ignore[misc]
    assert list(rights_on(END)) == list(expected(register, END))
    assert prove(today=END, processes=1).differences == []


@pytest.mark.django_db
def test_the_decision_is_that_of_the_reference(tmp_path: Path) -> None:
    register = random_register(14, 40)
    imported(register, tmp_path, on=END)
    for one in by_client(register):
        (client,) = one.clients
        for unit in register.units:
            for day in (LAST - timedelta(days=back) for back in (0, 300, 600)):
                decision = may_view(client, unit, on=day).decision
                assert decision is reference.may_view(one, client, unit, day), (client, unit, day)
