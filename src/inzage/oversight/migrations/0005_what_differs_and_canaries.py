"""Which rights a proof found to differ, and what was heard of canaries around midnight; both are only added to."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from inzage.journal.guards import append_only


def key() -> tuple[str, models.BigAutoField]:
    """The number of each row."""
    return "id", models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def pointer(to: str) -> models.ForeignKey:
    """What a row is about, as it was found: no constraint may keep a difference from being put on record."""
    return models.ForeignKey(
        db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, to=to
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("dossiers", "0001_initial"),
        ("oversight", "0004_what_a_rehearsal_found_stays"),
        ("partners", "0001_initial"),
        ("view_rights", "0001_initial"),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="CanaryWatch",
            fields=[
                key(),
                ("day", models.DateField()),
                ("asked", models.PositiveIntegerField()),
                ("last_yes_at", models.DateTimeField(null=True)),
                ("first_no_at", models.DateTimeField(null=True)),
                ("overrun", models.PositiveBigIntegerField()),
                ("early", models.PositiveBigIntegerField()),
            ],
            options={
                "verbose_name_plural": "canary watches",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asked__gt", 0)), name="a_canary_was_asked_for"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_yes_at__isnull", False),
                            ("first_no_at__isnull", False),
                            _connector="OR",
                        ),
                        name="a_canary_said_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Differing",
            fields=[
                key(),
                ("stored", models.CharField(max_length=300)),
                ("proven", models.CharField(max_length=300)),
                (
                    "checked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="found",
                        to="oversight.checked",
                    ),
                ),
                ("dossier", pointer("dossiers.dossier")),
                ("right", pointer("view_rights.viewright")),
                ("unit", pointer("partners.unit")),
            ],
            options={"verbose_name_plural": "differing"},
        ),
        append_only("oversight_canarywatch"),
        append_only("oversight_differing"),
    ]
