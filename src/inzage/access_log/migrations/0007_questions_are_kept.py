"""What the database itself refuses: a question stays as it was asked, and its answer as it was given."""

from typing import ClassVar

from django.db import migrations

from inzage.journal.guards import final_once

ASKED_ELSE = " OR ".join(
    f"OLD.{column} <> NEW.{column}"
    for column in ("shown_id", "asked_by", "asked_at", "due_on", "text")
)
OTHER_UNIT = "COALESCE(OLD.unit_id, 0) <> COALESCE(NEW.unit_id, 0)"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access_log", "0006_questions")]
    operations: ClassVar = [
        final_once(
            "access_log_question",
            f"OLD.answered_at IS NOT NULL OR {ASKED_ELSE} OR {OTHER_UNIT}",
            "a question stays as it was asked and answered",
            "shown_id = NEW.shown_id AND answered_at IS NULL AND NEW.answered_at IS NULL",
        ),
    ]
