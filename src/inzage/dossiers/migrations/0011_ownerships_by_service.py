from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0010_how_an_ownership_ended"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("makes_owner", True)),
                fields=["service", "assigned_on"],
                name="ownerships_by_service",
            ),
        ),
    ]
