"""What the database itself refuses: what somebody could do, and who decided so, stays on record."""

from typing import ClassVar

from django.db import migrations

from inzage.journal.guards import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("partners", "0005_who_comes_in")]
    operations: ClassVar = [
        append_only("partners_personversion"),
        append_only("partners_organisationcodeversion"),
    ]
