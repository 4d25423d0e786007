"""The tables."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import axle.platform.fields
import axle.sources.domain.source


class Migration(migrations.Migration):

    replaces = [('sources', '0001_initial')]

    initial = True

    dependencies = [
        ('platform', '0001_tables'),
    ]

    operations = [
        axle.platform.fields.CreateTables(
            migrations.CreateModel(
                name='DataSource',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(choices=[('identity', 'identity'), ('phone', 'phone'), ('card', 'card'), ('court', 'court'), ('company', 'company'), ('lending', 'lending'), ('device', 'device'), ('valuation_a', 'valuation_a'), ('valuation_b', 'valuation_b'), ('vehicle_history', 'vehicle_history'), ('insurance', 'insurance'), ('credit_report', 'credit_report')], max_length=24, unique=True)),
                    ('is_on', models.BooleanField(default=False)),
                    ('switched_by', models.CharField(blank=True, max_length=64)),
                    ('switched_at', models.DateTimeField(null=True)),
                    ('note', models.CharField(blank=True, max_length=200)),
                    ('failures', models.PositiveIntegerField(default=0)),
                    ('opened_at', models.DateTimeField(null=True)),
                    ('probe_at', models.DateTimeField(null=True)),
                ],
            ),
            migrations.CreateModel(
                name='Consent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('consent_no', models.CharField(max_length=24, unique=True)),
                    ('person_index', models.CharField(max_length=64)),
                    ('person_name', models.CharField(max_length=60)),
                    ('purpose', models.CharField(choices=[(axle.sources.domain.source.Purpose['CREDIT_REPORT'], axle.sources.domain.source.Purpose['CREDIT_REPORT']), (axle.sources.domain.source.Purpose['LENDING_DATA'], axle.sources.domain.source.Purpose['LENDING_DATA']), (axle.sources.domain.source.Purpose['DEVICE_DATA'], axle.sources.domain.source.Purpose['DEVICE_DATA'])], max_length=24)),
                    ('subject_type', models.CharField(max_length=32)),
                    ('subject_id', models.BigIntegerField()),
                    ('subject_no', models.CharField(max_length=24)),
                    ('document_id', models.BigIntegerField()),
                    ('given_on', models.DateField()),
                    ('expires_on', models.DateField()),
                    ('recorded_by', models.CharField(max_length=64)),
                    ('recorded_at', models.DateTimeField(auto_now_add=True)),
                    ('withdrawn_on', models.DateField(null=True)),
                    ('withdrawn_by', models.CharField(blank=True, max_length=64)),
                    ('withdrawal_reason', models.CharField(blank=True, max_length=200)),
                    ('dealer_id', models.BigIntegerField(null=True)),
                    ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.department')),
                    ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.employee')),
                ],
                options={
                    'indexes': [models.Index(fields=['person_index', 'purpose'], name='consent_person'), models.Index(fields=['given_on', 'id'], name='consent_given'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('consent_no'), name='text_pattern_ops'), name='consent_no_prefix')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('expires_on__gte', models.F('given_on'))), name='consent_dates'), models.UniqueConstraint(fields=('subject_type', 'subject_id', 'document_id', 'purpose'), name='consent_of_paper_once')],
                },
            ),
            migrations.CreateModel(
                name='Enquiry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subject_type', models.CharField(max_length=32)),
                    ('subject_id', models.BigIntegerField()),
                    ('subject_no', models.CharField(max_length=24)),
                    ('round', models.PositiveIntegerField(default=1)),
                    ('asked_by', models.CharField(max_length=64)),
                    ('dealer_id', models.BigIntegerField(null=True)),
                    ('begun_at', models.DateTimeField(auto_now_add=True)),
                    ('finished_at', models.DateTimeField(null=True)),
                    ('stopped_before', models.CharField(blank=True, choices=[(axle.sources.domain.source.Stage['FIRST'], axle.sources.domain.source.Stage['FIRST']), (axle.sources.domain.source.Stage['COSTLY'], axle.sources.domain.source.Stage['COSTLY'])], max_length=8)),
                    ('record_no', models.CharField(blank=True, max_length=24)),
                    ('particulars', axle.platform.fields.EncryptedJSONField(editable=True, mask='text')),
                    ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.department')),
                    ('legal_entity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.legalentity')),
                    ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.employee')),
                ],
                options={
                    'indexes': [models.Index(fields=['department', '-id'], name='enquiry_department'), models.Index(fields=['dealer_id', '-id'], name='enquiry_dealer')],
                    'constraints': [models.UniqueConstraint(fields=('subject_type', 'subject_id', 'round'), name='enquiry_round_once')],
                },
            ),
            migrations.CreateModel(
                name='SourceCall',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('call_no', models.CharField(max_length=24, unique=True)),
                    ('basis', models.CharField(choices=[(axle.sources.domain.source.Basis['CONSENT'], axle.sources.domain.source.Basis['CONSENT']), (axle.sources.domain.source.Basis['CONTRACT'], axle.sources.domain.source.Basis['CONTRACT']), (axle.sources.domain.source.Basis['PUBLISHED'], axle.sources.domain.source.Basis['PUBLISHED']), (axle.sources.domain.source.Basis['CAR'], axle.sources.domain.source.Basis['CAR'])], max_length=12)),
                    ('purpose', models.CharField(blank=True, max_length=24)),
                    ('question_index', models.CharField(max_length=64)),
                    ('outcome', models.CharField(blank=True, choices=[(axle.sources.domain.source.Outcome['HIT'], axle.sources.domain.source.Outcome['HIT']), (axle.sources.domain.source.Outcome['NO_RECORD'], axle.sources.domain.source.Outcome['NO_RECORD']), (axle.sources.domain.source.Outcome['FAILED'], axle.sources.domain.source.Outcome['FAILED']), (axle.sources.domain.source.Outcome['LATE'], axle.sources.domain.source.Outcome['LATE']), (axle.sources.domain.source.Outcome['REFUSED'], axle.sources.domain.source.Outcome['REFUSED']), (axle.sources.domain.source.Outcome['NO_CONSENT'], axle.sources.domain.source.Outcome['NO_CONSENT'])], max_length=20)),
                    ('reason', models.CharField(blank=True, max_length=60)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('begun_at', models.DateTimeField(auto_now_add=True)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('late_at', models.DateTimeField(null=True)),
                    ('duration_ms', models.PositiveIntegerField(null=True)),
                    ('price', axle.platform.fields.FenField(default=0)),
                    ('answer', models.JSONField(null=True)),
                    ('raw', axle.platform.fields.EncryptedTextField(editable=True, mask='text', null=True)),
                    ('business_on', models.DateField()),
                    ('cached_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.sourcecall')),
                    ('consent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.consent')),
                    ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='sources.enquiry')),
                    ('source', models.ForeignKey(db_column='source', on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='sources.datasource', to_field='code')),
                ],
                options={
                    'indexes': [models.Index(fields=['source', '-id'], name='source_call_source'), models.Index(fields=['business_on', 'source'], name='source_call_day'), models.Index(fields=['question_index', 'source', '-id'], name='source_call_question'), models.Index(fields=['begun_at', 'id'], name='source_call_begun'), models.Index(fields=['outcome', '-id'], name='source_call_outcome'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('call_no'), name='text_pattern_ops'), name='source_call_no_prefix')],
                    'constraints': [models.UniqueConstraint(fields=('enquiry', 'source'), name='source_call_once'), models.CheckConstraint(condition=models.Q(('cached_from__isnull', True), ('price', 0), _connector='OR'), name='source_call_cached_is_free'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'hit'), _negated=True), ('answer__isnull', False), _connector='OR'), name='source_call_hit_has_answer'), models.CheckConstraint(condition=models.Q(models.Q(('basis', 'consent'), _negated=True), ('consent__isnull', False), ('outcome', 'no_consent'), _connector='OR'), name='source_call_under_consent')],
                },
            ),
        ),
    ]
