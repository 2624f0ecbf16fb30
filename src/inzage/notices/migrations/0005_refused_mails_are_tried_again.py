from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0007_lines_to_start'),
        ('notices', '0004_who_is_told_how'),
        ('partners', '0006_guards_who_comes_in'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='mail',
            name='gathered_mails_to_send',
        ),
        migrations.RemoveIndex(
            model_name='notice',
            name='mails_to_send',
        ),
        migrations.AddField(
            model_name='digest',
            name='mail_due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='digest',
            name='mail_given_up_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='digest',
            name='mail_problem',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='digest',
            name='mail_tries',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='mail',
            name='mail_due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='mail',
            name='mail_given_up_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='mail',
            name='mail_problem',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='mail',
            name='mail_tries',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='notice',
            name='mail_due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='notice',
            name='mail_given_up_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='notice',
            name='mail_problem',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='notice',
            name='mail_tries',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AlterField(
            model_name='digest',
            name='mailed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='digest',
            index=models.Index(condition=models.Q(('mail_given_up_at', None), ('mailed_at', None)), fields=['day'], name='digests_to_send'),
        ),
        migrations.AddIndex(
            model_name='digest',
            index=models.Index(condition=models.Q(('mail_given_up_at__isnull', False)), fields=['mail_given_up_at'], name='digests_given_up'),
        ),
        migrations.AddIndex(
            model_name='mail',
            index=models.Index(condition=models.Q(('mail_given_up_at', None), ('mailed_at', None)), fields=['id'], name='gathered_mails_to_send'),
        ),
        migrations.AddIndex(
            model_name='mail',
            index=models.Index(condition=models.Q(('mail_given_up_at__isnull', False)), fields=['mail_given_up_at'], name='gathered_mails_given_up'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('mail_given_up_at', None), ('mailed_at', None), models.Q(('mail_to', ''), _negated=True)), fields=['id'], name='mails_to_send'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('mail_given_up_at__isnull', False)), fields=['mail_given_up_at'], name='mails_given_up'),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.CheckConstraint(condition=models.Q(('mail_given_up_at', None), models.Q(('mail_due_at', None), ('mail_tries__gt', 0), ('mailed_at', None), models.Q(('mail_problem', ''), _negated=True)), _connector='OR'), name='digest_sent_or_given_up'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.CheckConstraint(condition=models.Q(('mail_given_up_at', None), models.Q(('mail_due_at', None), ('mail_tries__gt', 0), ('mailed_at', None), models.Q(('mail_problem', ''), _negated=True)), _connector='OR'), name='mail_sent_or_given_up'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('mail_given_up_at', None), models.Q(('mail_due_at', None), ('mail_tries__gt', 0), ('mailed_at', None), models.Q(('mail_problem', ''), _negated=True)), _connector='OR'), name='notice_sent_or_given_up'),
        ),
    ]
