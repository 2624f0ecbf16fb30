"""A proof also finds grounds without a right, and facts that are not what their history says."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from inzage.journal.guards import again_on_sqlite, append_only


def pointer(to: str) -> models.ForeignKey:
    """What a row is about, where it is about one; as it was found."""
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.DO_NOTHING,
        to=to,
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [("oversight", "0005_what_differs_and_canaries")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="differing",
            name="kind",
            field=models.CharField(
                choices=[("right", "Right"), ("ground", "Ground"), ("fact", "Fact")],
                default="right",
                max_length=6,
            ),
        ),
        migrations.AlterField("differing", "right", pointer("view_rights.viewright")),
        migrations.AlterField("differing", "unit", pointer("partners.unit")),
        migrations.AddConstraint(
            model_name="differing",
            constraint=models.CheckConstraint(
                condition=Q(kind="right", right__isnull=False, unit__isnull=False)
                | Q(kind="ground", unit__isnull=False)
                | Q(kind="fact"),
                name="differing_right_ground_or_fact",
            ),
        ),
        again_on_sqlite(append_only("oversight_differing")),
    ]
