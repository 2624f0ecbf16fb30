"""A run counts what it closes, so that a list of runs counts nothing; of earlier runs it is counted here."""

from typing import ClassVar

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import Count, Q


def count_earlier_runs(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Put on each run what its closings come to."""
    runs = apps.get_model("view_rights", "ClosingRun")
    counted = runs.objects.annotate(
        all_closed=Count("closings"),
        not_verified=Count("closings", filter=~Q(closings__rule_status="verified")),
        without_rule=Count("closings", filter=Q(closings__rule_gap=True)),
    )
    for run in counted:
        run.closed, run.unverified, run.rule_gaps = run.all_closed, run.not_verified, run.without_rule
        run.save(update_fields=["closed", "unverified", "rule_gaps"])


class Migration(migrations.Migration):
    dependencies: ClassVar = [("view_rights", "0002_guards")]
    operations: ClassVar = [
        migrations.AddField("closingrun", "closed", models.PositiveIntegerField(default=0)),
        migrations.AddField("closingrun", "unverified", models.PositiveIntegerField(default=0)),
        migrations.AddField("closingrun", "rule_gaps", models.PositiveIntegerField(default=0)),
        migrations.RunPython(count_earlier_runs, migrations.RunPython.noop, elidable=True),
    ]
