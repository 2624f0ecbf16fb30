"""What the database itself refuses."""

from typing import ClassVar

from django.db import migrations

from inzage.dossiers.one_owner import keep_one_owner
from inzage.journal.guards import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("dossiers", "0001_initial")]
    operations: ClassVar = [
        append_only("dossiers_clientversion"),
        append_only("dossiers_assignmentversion"),
        append_only("dossiers_activityversion"),
        append_only("dossiers_earlierrun"),
        append_only(
            "dossiers_performance",
            "replaces_id = NEW.replaces_id",
            "activity_id = NEW.activity_id AND day = NEW.day AND replaces_id IS NULL AND NEW.replaces_id IS NULL",
        ),
        migrations.RunPython(keep_one_owner, migrations.RunPython.noop),
    ]
