from django.db import migrations, models

KINDS = ['held', 'unanswered', 'unusual', 'restored', 'not_restored']


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0008_officials_are_told_of_unusual_days'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='officialmail', name='official_mail_known'),
        migrations.AlterField(
            model_name='officialmail',
            name='kind',
            field=models.CharField(choices=[('held', 'Held'), ('unanswered', 'Unanswered'), ('unusual', 'Unusual'), ('restored', 'Restored'), ('not_restored', 'Not Restored')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='officialmail',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', KINDS)), name='official_mail_known'),
        ),
    ]
