"""A right whose ground a file corrects away is closed for that reason, and for none of the client's."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

from inzage.journal.guards import remade

REASONS = ("term", "withdrawn", "deceased", "revoked", "given_back", "objected", "corrected")
CHOICES = [(reason, reason) for reason in REASONS]


def known(column: str) -> models.CheckConstraint:
    """The constraint that the column holds one of these, or nothing."""
    return models.CheckConstraint(name=f"right_{column}_known", condition=Q(**{f"{column}__in": ["", *REASONS]}))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("view_rights", "0013_found_by_the_day_of_closing")]
    operations: ClassVar = [
        *(
            migrations.AlterField(model, column, models.CharField(max_length=10, blank=blank, choices=CHOICES))
            for model in ("viewright", "viewrightversion")
            for column, blank in (("ends_by", False), ("closing_reason", True))
        ),
        *remade(
            "view_rights_viewright",
            *(
                step
                for column in ("ends_by", "closing_reason")
                for step in (
                    migrations.RemoveConstraint("viewright", f"right_{column}_known"),
                    migrations.AddConstraint("viewright", known(column)),
                )
            ),
            migrations.AddConstraint(
                "viewright",
                models.CheckConstraint(
                    name="right_corrected_once_closed",
                    condition=~Q(ends_by="corrected") | Q(closing_reason="corrected"),
                ),
            ),
        ),
    ]
