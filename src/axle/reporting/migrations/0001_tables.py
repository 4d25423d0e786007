"""The tables."""

import django.db.models.deletion
from django.db import migrations, models

import axle.platform.fields


class Migration(migrations.Migration):

    replaces = [('reporting', '0001_schedules'), ('reporting', '0002_delivered_at')]

    initial = True

    dependencies = [
        ('platform', '0001_tables'),
    ]

    operations = [
        axle.platform.fields.CreateTables(
            migrations.CreateModel(
                name='ReportSchedule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80)),
                    ('report', models.CharField(max_length=64)),
                    ('asked', models.JSONField(default=dict)),
                    ('rhythm', models.CharField(choices=[('daily', 'Daily'), ('workdays', 'Workdays'), ('weekly', 'Weekly'), ('monthly', 'Monthly')], max_length=8)),
                    ('format', models.CharField(choices=[('xlsx', 'Xlsx'), ('csv', 'Csv'), ('pdf', 'Pdf')], max_length=4)),
                    ('is_active', models.BooleanField(default=True)),
                    ('made_by', models.CharField(max_length=80)),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('made_by_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.user')),
                    ('recipients', models.ManyToManyField(related_name='+', to='platform.user')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('is_active', True)), fields=['rhythm'], name='schedule_active')],
                },
            ),
            migrations.CreateModel(
                name='ReportDelivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('closed_on', models.DateField()),
                    ('state', models.CharField(choices=[('waiting', 'Waiting'), ('made', 'Made'), ('failed', 'Failed')], default='waiting', max_length=8)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('problem', models.CharField(blank=True, max_length=300)),
                    ('delivered_at', models.DateTimeField(null=True)),
                    ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.storedfile')),
                    ('recipient', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.user')),
                    ('schedule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='reporting.reportschedule')),
                ],
                options={
                    'indexes': [models.Index(fields=['recipient', '-id'], name='delivery_mailbox'), models.Index(fields=['state', '-id'], name='delivery_state'), models.Index(fields=['closed_on', 'id'], name='delivery_day')],
                    'constraints': [models.UniqueConstraint(fields=('schedule', 'recipient', 'closed_on'), name='delivery_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'made'), _negated=True), ('file__isnull', False), _connector='OR'), name='delivery_made_has_file')],
                },
            ),
        ),
    ]
