"""The tables."""

import django.db.models.deletion
from django.db import migrations, models

import axle.platform.fields


class Migration(migrations.Migration):

    replaces = [('scoring', '0001_initial')]

    initial = True

    dependencies = [
        ('platform', '0001_tables'),
    ]

    operations = [
        axle.platform.fields.CreateTables(
            migrations.CreateModel(
                name='Scorecard',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=60, unique=True)),
                    ('name_zh', models.CharField(max_length=80)),
                    ('name_en', models.CharField(max_length=80)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                ],
            ),
            migrations.CreateModel(
                name='ScorecardVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version_no', models.PositiveIntegerField()),
                    ('note', models.CharField(blank=True, max_length=200)),
                    ('created_by', models.CharField(max_length=80)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('activated_by', models.CharField(blank=True, max_length=80)),
                    ('effective_from', models.DateField(blank=True, null=True)),
                    ('retired_on', models.DateField(blank=True, null=True)),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('signed', 'Signed'), ('active', 'Active'), ('retired', 'Retired')], default='draft', max_length=12)),
                    ('content_hash', models.CharField(max_length=64)),
                    ('characteristic_count', models.PositiveIntegerField()),
                    ('row_count', models.PositiveIntegerField()),
                    ('bad_rate', models.DecimalField(decimal_places=4, max_digits=6)),
                    ('auc', models.DecimalField(decimal_places=4, max_digits=6)),
                    ('ks', models.DecimalField(decimal_places=4, max_digits=6)),
                    ('challenger_auc', models.DecimalField(decimal_places=4, max_digits=6, null=True)),
                    ('scorecard', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='scoring.scorecard')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('scorecard', 'version_no'), name='scorecard_version_no_once'), models.UniqueConstraint(condition=models.Q(('state', 'active')), fields=('scorecard', 'effective_from'), name='scorecard_version_effective_once'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'signed']), ('effective_from__isnull', False), _connector='OR'), name='scorecard_version_dated_when_active')],
                },
            ),
            migrations.CreateModel(
                name='ScorecardSignature',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('signed_by', models.CharField(max_length=80)),
                    ('opinion', models.CharField(max_length=500)),
                    ('content_hash', models.CharField(max_length=64)),
                    ('signed_at', models.DateTimeField()),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.user')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='scoring.scorecardversion')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('version', 'user'), name='scorecard_signature_once')],
                },
            ),
            migrations.CreateModel(
                name='ScorecardContent',
                fields=[
                    ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='content', serialize=False, to='scoring.scorecardversion')),
                    ('card', models.JSONField()),
                    ('report', models.JSONField()),
                    ('challenger_sha256', models.CharField(blank=True, max_length=64)),
                    ('challenger', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.storedfile')),
                ],
            ),
        ),
    ]
