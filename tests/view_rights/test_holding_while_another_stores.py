"""Two transactions that each make a few rights end tonight: together too many, and so they are held (S22)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.register_files import conftest as files
from tests.shell import Shell, own_database
from tests.view_rights.processes import IN_TRANSACTION, WAIT, go, ready, said, script, until_one_waits

STORE = """
from pathlib import Path
from django.conf import settings
from django.db import transaction
from inzage.register_files.staging import stage
from inzage.view_rights.importing import Register, surroundings
from inzage.view_rights.replaying import store_new
settings.EVENING_LIMITS = {"times": 3, "least": 1, "nights": 20, "floor": 3, "percent": 50}
origin = Origin("import:1", datetime(2025, 10, 1, 21, tzinfo=timezone.utc), "import")
folder = Path(sys.argv[1])
with stage(folder, known=Register(), scratch=folder, progress=lambda *_: None) as staged:
    bundles = list(staged.bundles())
around = surroundings(origin, lambda: origin.at)
"""
LOOKED = """
from inzage.view_rights.holding import check_evening
check_evening(date(2025, 10, 1), clock=lambda: datetime(2025, 10, 1, 20, tzinfo=timezone.utc))
"""
NOT_YET = "with transaction.atomic():\n    store_new(bundles, around)\n" + IN_TRANSACTION
HELD = "SELECT count(*) FROM view_rights_viewright WHERE held = 'threshold'"


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """A database of our own, where nobody waits in vain."""
    for shell in own_database(tmp_path):
        shell.environment["INZAGE_LOCK_SECONDS"] = "20"
        yield shell


def folder_of(path: Path, *numbers: str) -> str:
    """A folder in which these clients each have a right that ends on 1 October 2025."""
    path.mkdir()
    (path / "partners.csv").write_text(files.PARTNERS)
    (path / "services.csv").write_text(files.SERVICES)
    (path / "clients.csv").write_text(files.CLIENTS + "".join(map(files.client, numbers)))
    consents = (f"C{number},{number},OE1,training,form,2025-04-01,,,\n" for number in numbers)
    (path / "consents.csv").write_text(files.CONSENTS + "".join(consents))
    return str(path)


def test_each_counts_what_the_other_has_stored(shell: Shell, tmp_path: Path) -> None:
    """The second waits until the first is stored. It then holds its own, and the check that it asks for the rest."""
    assert shell.run("import", folder_of(tmp_path / "nobody"))[0] == 0
    said(script(shell, LOOKED))
    first = ready(shell, STORE + NOT_YET, folder_of(tmp_path / "one", "K1", "K2"))
    stored = STORE + WAIT + "store_new(bundles, around)"
    second = ready(shell, stored, folder_of(tmp_path / "two", "K3", "K4"))
    go(second)
    until_one_waits(shell)
    go(first)
    said(first)
    said(second)
    assert shell.asked(HELD) == 4
