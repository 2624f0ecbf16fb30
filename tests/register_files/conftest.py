"""Register files as a test writes them: a header and a line or two, staged against a small register."""

import csv
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from stdnum.be import nn

from inzage.register_files.lines import Bundle
from inzage.register_files.places import place_for
from inzage.register_files.rejections import COLUMNS
from inzage.register_files.staging import Staged, stage

PARTNERS = "oe_number,name,kbo_number,kind,email\nOE1,Een,,partner,\nOE2,Twee,,school,\n"
SERVICES = "code,name,tendered\nTIBB4,Intensief,yes\nGRATIS,Vrij,no\n"
CLIENTS = "client_number,insz,family_name,given_name,nis_code,deceased_on\n"
ASSIGNMENTS = "assignment_id,client_number,oe_number,service,assigned_on,ended_on,end_reason\n"
CONSENTS = "consent_id,client_number,oe_number,purpose,route,completed_on,granted_on,informed_of_actiris,withdrawn_on\n"
ACTIVITIES = (
    "activity_id,client_number,oe_number,kind,title,course_number,outsourcing_number,"
    "requested_on,started_on,closed_on,cancelled_on\n"
)


def insz(day: int = 1) -> str:
    """A form-valid INSZ number that belongs to nobody: day counter 999."""
    body = f"8001{day:02}999"
    number = f"{body}{97 - int(body) % 97:02}"
    assert nn.is_valid(number)
    return number


def client(number: str, day: int = 1, deceased_on: str = "") -> str:
    """A line of clients.csv."""
    return f"{number},{insz(day)},Verzonnen,Piet,21004,{deceased_on}\n"


class Known:
    """A register that has two units, two services, and these clients already."""

    def __init__(self, *clients: str) -> None:
        self.units = {"OE1": 1, "OE2": 2}
        self.services = {"TIBB4": True, "GRATIS": False}
        self._clients = set(clients)

    def clients(self, numbers: Collection[str]) -> Collection[str]:
        """Those it has."""
        return self._clients & set(numbers)


class Desk:
    """Writes files into a folder, and stages them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "register"
        self.folder.mkdir()
        self.rejected = folder / "rejected.csv"
        self.scratch = folder
        self.write("partners.csv", PARTNERS)
        self.write("services.csv", SERVICES)

    def write(self, name: str, text: str | bytes) -> None:
        """A file of this folder."""
        (self.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())

    @contextmanager
    def staged(self, *known: str, path: Path | None = None) -> Iterator[Staged]:
        """The folder, staged against a register that has these clients."""
        with stage(path or self.folder, known=Known(*known), scratch=self.scratch) as staged:
            yield staged

    def bundles(self, *known: str, path: Path | None = None) -> dict[str, Bundle]:
        """What goes in, by client number; what doesn't is written to `rejected`."""
        with place_for(self.rejected) as place, self.staged(*known, path=path) as staged:
            found = {bundle.client_number: bundle for bundle in staged.bundles()}
            staged.write_rejected(place)
            return found

    def rejections(self) -> list[tuple[str, int, str, str]]:
        """File, line, column and reason of what was set aside, as the last `bundles` wrote it."""
        if not self.rejected.exists():
            return []
        with self.rejected.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert all(set(row) == set(COLUMNS) and row["what_to_do"] for row in rows)
        return [(row["file"], int(row["line"]), row["column"], row["reason"]) for row in rows]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty folder with two units and two services."""
    return Desk(tmp_path)
