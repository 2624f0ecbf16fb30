"""A folder of register files and the register it is imported into."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from inzage.rules.days import midnight
from inzage.view_rights.importing import ImportReport, import_files
from inzage.view_rights.listing import rights_on
from tests.register_files.conftest import (
    ACTIVITIES,
    ASSIGNMENTS,
    CLIENTS,
    CONSENTS,
    PARTNERS,
    SERVICES,
    client,
)

HEADERS = {
    "partners.csv": PARTNERS,
    "services.csv": SERVICES,
    "clients.csv": CLIENTS,
    "assignments.csv": ASSIGNMENTS,
    "consents.csv": CONSENTS,
    "activities.csv": ACTIVITIES,
}
TODAY = date(2025, 10, 1)


def at(day: date) -> datetime:
    """Noon of that day."""
    return midnight(day) + timedelta(hours=12)


class Region:
    """Files, and what an import makes of them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.scratch = folder / "register", folder
        self.folder.mkdir()
        self.rejected = folder / "rejected.csv"
        for name in HEADERS:
            self.write(name)

    def write(self, name: str, *lines: str) -> None:
        """The file with these lines after its header (and, for partners and services, two lines of their own)."""
        (self.folder / name).write_text(HEADERS[name] + "".join(f"{line.strip()}\n" for line in lines))

    def imported(self, *, on: date = TODAY) -> ImportReport:
        """Import the folder on that day."""
        return import_files(self.folder, clock=lambda: at(on), scratch=self.scratch, rejected=self.rejected)

    def rights(self, *, on: date = TODAY) -> list[dict[str, Any]]:
        """The rights at the end of that day."""
        return list(rights_on(on))

    def last_days(self, *, on: date = TODAY) -> list[tuple[str, str | None, str | None]]:
        """Of each right: the day it opened, its last day, why it closed."""
        return [(r["granted_on"], r["last_day"], r["closing_reason"]) for r in self.rights(on=on)]


@pytest.fixture
def region(tmp_path: Path, db: None) -> Region:
    """A folder in which K1 is a client, and an empty register."""
    region = Region(tmp_path)
    region.write("clients.csv", client("K1"))
    return region
