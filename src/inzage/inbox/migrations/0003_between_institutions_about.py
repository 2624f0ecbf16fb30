"""Which thing of its sender's a message tells of, and of which client."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("inbox", "0002_between_institutions_handling"),
    ]
    operations: ClassVar = [
        migrations.AddField(
            model_name="received",
            name="about",
            field=models.CharField(blank=True, max_length=100, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="received",
            name="client_number",
            field=models.CharField(blank=True, max_length=40, default=""),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="received",
            index=models.Index(
                fields=["source", "about", "revision"], name="received_about", condition=~Q(about="")
            ),
        ),
        migrations.AddIndex(
            model_name="received",
            index=models.Index(
                fields=["source", "client_number"],
                name="received_held_up",
                condition=Q(state="quarantined") & ~Q(client_number=""),
            ),
        ),
    ]
