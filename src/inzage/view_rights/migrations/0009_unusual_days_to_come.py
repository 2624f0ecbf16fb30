from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('view_rights', '0008_evening_checks_know_what_they_told'),
    ]

    operations = [
        migrations.CreateModel(
            name='UnusualDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('above', models.JSONField()),
                ('at', models.DateTimeField()),
            ],
        ),
    ]
