"""What the database itself refuses: a rehearsal stays as it was asked for, and what it found as it was found."""

from typing import ClassVar

from django.db import migrations

from inzage.journal.guards import final_once

ASKED_ELSE = " OR ".join(
    f"OLD.{column} <> NEW.{column}" for column in ("draft_id", '"on"', "asked_by", "asked_at")
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("oversight", "0003_rehearsed")]
    operations: ClassVar = [
        final_once(
            "oversight_rehearsed",
            f"OLD.finished_at IS NOT NULL OR {ASKED_ELSE}",
            "a rehearsal stays as it was asked for, and what it found",
            'draft_id = NEW.draft_id AND "on" = NEW."on" AND finished_at IS NULL AND NEW.finished_at IS NULL',
        ),
    ]
