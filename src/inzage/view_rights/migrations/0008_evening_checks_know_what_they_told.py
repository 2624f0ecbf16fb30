from django.db import migrations, models
from django.db.models import F


def told_of_all(apps, _schema_editor):
    """Of what was held until now officials were told."""
    checks = apps.get_model("view_rights", "EveningCheck").objects
    checks.update(told=F("held_by_rule") + F("held_by_threshold"))


class Migration(migrations.Migration):

    dependencies = [
        ('view_rights', '0007_answers_are_kept'),
    ]

    operations = [
        migrations.AddField(
            model_name='eveningcheck',
            name='told',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(told_of_all, migrations.RunPython.noop),
    ]
