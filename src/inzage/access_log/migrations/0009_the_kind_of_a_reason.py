"""Who gave the reason of a line: a person, the page itself, or a refusal. Lines of before have none, and stay as they are.

In the database the column comes with its check in one step: Django would build the table anew on SQLite, and lose its
guards.
"""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

KINDS = [("", "None"), ("stated", "Stated"), ("work", "Work"), ("watch", "Watch"), ("refused", "Refused")]
GIVEN = [kind for kind, _ in KINDS if kind]
CHECK = f"""
    reason_kind IS NULL OR reason_kind = '' AND stated_reason = ''
    OR reason_kind IN ({", ".join(f"'{kind}'" for kind in GIVEN)}) AND stated_reason <> ''
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access_log", "0008_lines_are_found_by_person_unit_and_kind")]
    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE access_log_accessline ADD COLUMN reason_kind varchar(8) NULL "
                    f"CONSTRAINT reason_of_its_kind CHECK ({CHECK})",
                    migrations.RunSQL.noop,
                )
            ],
            state_operations=[
                migrations.AddField(
                    model_name="accessline",
                    name="reason_kind",
                    field=models.CharField(blank=True, choices=KINDS, max_length=8, null=True),
                ),
                migrations.AddConstraint(
                    model_name="accessline",
                    constraint=models.CheckConstraint(
                        name="reason_of_its_kind",
                        condition=Q(reason_kind=None)
                        | Q(reason_kind="", stated_reason="")
                        | Q(reason_kind__in=GIVEN) & ~Q(stated_reason=""),
                    ),
                ),
            ],
        ),
    ]
