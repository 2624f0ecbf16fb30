"""What the database itself refuses: answers about held rights, and what was restored, are only ever added."""

from typing import ClassVar

from django.db import migrations

from inzage.journal.guards import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("view_rights", "0006_rights_held_and_restored")]
    operations: ClassVar = [
        append_only(
            "view_rights_heldanswer",
            "(right_id = NEW.right_id AND proposed_last_day = NEW.proposed_last_day)",
        ),
        append_only("view_rights_restoration"),
        append_only(
            "view_rights_restorationanswer", "restoration_id = NEW.restoration_id", "opened_id = NEW.opened_id"
        ),
    ]
