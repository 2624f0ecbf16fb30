"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from inzage.dossiers.one_owner import keep_one_owner
from inzage.journal.guards import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("dossiers", "0001_initial")]
    operations: ClassVar = [
        append_only(
            "dossiers_clientversion",
            "dossiers_assignmentversion",
            "dossiers_activityversion",
            "dossiers_performance",
        ),
        migrations.RunPython(keep_one_owner, migrations.RunPython.noop),
    ]
