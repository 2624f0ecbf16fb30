"""An import and the same lines entered day by day leave the same rights (register format, design: one fold)."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from inzage.dossiers.models import Dossier
from inzage.oversight.proving import prove
from inzage.partners.models import Service, Unit
from inzage.region.writing import make_region
from inzage.register_files.lines import Bundle
from inzage.register_files.staging import Staged, stage
from inzage.view_rights.importing import import_files
from inzage.view_rights.models import Grant, ViewRight
from tests.importing.conftest import at
from tests.importing.day_by_day import Diary

SEEN = (
    *("dossier__client__client_number", "unit__oe_number", "granted_on", "last_day", "closed_on"),
    *("closing_reason", "ends_by", "relation", "rule", "rule_version", "rule_status", "rule_gap"),
    *("anchor_event", "anchor_on", "held", "proposed_last_day"),
)
GROUND = ("right__unit__oe_number", "right__granted_on", "ground", "granted_on", "withdrawn_on")


class Nothing:
    """A register that has nothing yet."""

    units: dict[str, int] = {}
    services: dict[str, bool] = {}

    def clients(self, _numbers: Collection[str]) -> Collection[str]:
        """None."""
        return ()


def stored() -> tuple[list[Any], list[Any]]:
    """The rights and their grounds, without the ids and moments that must differ."""
    rights = ViewRight.objects.order_by(*SEEN[:3]).values_list(*SEEN)
    grounds = Grant.objects.exclude(right=None).order_by("dossier__client__client_number", *GROUND)
    return list(rights), list(grounds.values_list("dossier__client__client_number", *GROUND))


def lived_through(folder: Path, scratch: Path, until: date) -> tuple[list[Any], list[Any]]:
    """What stands after every line was entered on its day; then it is all undone again."""
    with transaction.atomic():
        with stage(folder, known=Nothing(), scratch=scratch) as staged:
            bundles = opened(staged)
        diary = Diary()
        for bundle in bundles:
            diary.note(bundle)
        diary.live_through(until)
        assert prove(today=until, processes=1).differences == []
        found = stored()
        transaction.set_rollback(True)
    assert not Dossier.objects.exists()
    return found


def opened(staged: Staged) -> list[Bundle]:
    """Its clients, in a register that has its units and services."""
    for unit in staged.partners():
        Unit.objects.create(oe_number=unit.oe_number, name=unit.name, kind=unit.kind)
    for service in staged.services():
        Service.objects.create(code=service.code, name=service.name, tendered=service.tendered)
    return list(staged.bundles())


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.django_db
def test_a_region_imported_is_the_region_lived_through(seed: int, tmp_path: Path) -> None:
    until = date(2026, 12, 31)
    make_region(tmp_path / "region", dossiers=150, seed=seed, until=date(2025, 12, 31))
    by_day = lived_through(tmp_path / "region", tmp_path, until)
    import_files(
        tmp_path / "region", clock=lambda: at(until), scratch=tmp_path, rejected=tmp_path / "rejected.csv"
    )
    imported = stored()
    assert len(imported[0]) > 150
    for ours, theirs in zip(imported, by_day, strict=True):
        assert sorted(set(map(str, ours)) ^ set(map(str, theirs))) == []
