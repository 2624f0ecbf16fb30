"""django-guardian, with its own tables in the same PostgreSQL; a unit is a group."""

import sys
from collections.abc import Iterable
from datetime import date

import psycopg
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from guardian.core import ObjectPermissionChecker
from guardian.models import GroupObjectPermission

from benchmarks.peers.peer import Peer, Right, in_time
from inzage.dossiers.models import Dossier

PERMISSION = "dossiers.view_dossier"


class Guardian(Peer):
    """A new checker for each question, since it remembers what it found."""

    name, package, licence = "django-guardian", "django-guardian", "BSD-2-Clause"
    not_asked = (
        "the reason, the right, the day: it knows no last day, so it holds only what stands on this one"
    )

    def __init__(self, address: str, today: date) -> None:
        self._address, self._today = address, today
        self._groups: dict[int, Group] = {}

    def prepare(self, rights: Iterable[Right]) -> None:
        """Into its tables, in bulk, and only what stands."""
        call_command("migrate", "guardian", verbosity=0)
        permission = Permission.objects.get(content_type__app_label="dossiers", codename="view_dossier")
        place = (
            f"{GroupObjectPermission._meta.db_table} (permission_id, content_type_id, group_id, object_pk)"
        )
        loaded = 0
        with psycopg.connect(self._address, autocommit=True) as database:
            with database.transaction(), database.cursor().copy(f"COPY {place} FROM STDIN") as copy:
                for right in in_time(rights, sys.maxsize):
                    self._groups.setdefault(right.unit, Group(pk=right.unit, name=f"OE{right.unit}"))
                    if right.last_day is None or right.last_day >= self._today:
                        copy.write_row((permission.pk, permission.content_type_id, right.unit, right.dossier))
                        loaded += 1
                Group.objects.bulk_create(self._groups.values())
            database.execute(f"VACUUM ANALYZE {GroupObjectPermission._meta.db_table}")
        self.holds = f"{loaded:,} rights, in its tables in the same PostgreSQL"

    def decide(self, dossier: int, unit: int) -> bool:
        """By the ids alone: neither dossier nor group is fetched for it."""
        group = self._groups[unit]
        return bool(ObjectPermissionChecker(group).has_perm(PERMISSION, Dossier(pk=dossier)))
