from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0007_officials_are_told'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='officialmail', name='official_mail_known'),
        migrations.AlterField(
            model_name='officialmail',
            name='kind',
            field=models.CharField(choices=[('held', 'Held'), ('unanswered', 'Unanswered'), ('unusual', 'Unusual')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='officialmail',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['held', 'unanswered', 'unusual'])), name='official_mail_known'),
        ),
    ]
