"""The tables."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import axle.platform.fields


class Migration(migrations.Migration):

    replaces = [('documents', '0001_initial'), ('documents', '0003_list_indexes')]

    initial = True

    dependencies = [
        ('platform', '0001_tables'),
    ]

    operations = [
        axle.platform.fields.CreateTables(
            migrations.CreateModel(
                name='TemplateVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=48)),
                    ('version', models.PositiveIntegerField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('source', models.TextField()),
                    ('registered_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='template_version_once'), models.UniqueConstraint(fields=('code', 'sha256'), name='template_text_once')],
                },
            ),
            migrations.CreateModel(
                name='Document',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('document_no', models.CharField(max_length=32, unique=True)),
                    ('title', models.CharField(max_length=128)),
                    ('subject_type', models.CharField(max_length=32)),
                    ('subject_id', models.BigIntegerField()),
                    ('sha256', models.CharField(db_index=True, max_length=64)),
                    ('data', axle.platform.fields.EncryptedJSONField(editable=True, mask='text')),
                    ('places', models.JSONField(default=list)),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('signed', 'Signed'), ('sealed', 'Sealed'), ('void', 'Void')], default='draft', max_length=8)),
                    ('business_on', models.DateField()),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('created_by', models.CharField(max_length=80)),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.storedfile')),
                    ('legal_entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.legalentity')),
                    ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.templateversion')),
                ],
                options={
                    'indexes': [models.Index(fields=['subject_type', 'subject_id'], name='document_subject'), models.Index(fields=['created_at', 'id'], name='document_latest'), models.Index(fields=['business_on', 'id'], name='document_day'), models.Index(fields=['state', '-created_at'], name='document_state'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('document_no'), name='text_pattern_ops'), name='document_no_prefix'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('title'), name='text_pattern_ops'), name='document_title_prefix')],
                },
            ),
            migrations.CreateModel(
                name='CapturedDocument',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subject_type', models.CharField(max_length=32)),
                    ('subject_id', models.BigIntegerField()),
                    ('kind', models.CharField(max_length=32)),
                    ('version', models.PositiveIntegerField()),
                    ('is_current', models.BooleanField(default=True)),
                    ('state', models.CharField(choices=[('queued', 'Queued'), ('recognised', 'Recognised'), ('needs_review', 'Needs Review'), ('confirmed', 'Confirmed'), ('filed', 'Filed'), ('failed', 'Failed')], default='queued', max_length=16)),
                    ('fields', axle.platform.fields.EncryptedJSONField(blank=True, editable=True, mask='text', null=True)),
                    ('confirmed', axle.platform.fields.EncryptedJSONField(blank=True, editable=True, mask='text', null=True)),
                    ('differences', axle.platform.fields.EncryptedJSONField(blank=True, editable=True, mask='text', null=True)),
                    ('doubtful', models.JSONField(default=list)),
                    ('confidence', models.DecimalField(blank=True, decimal_places=3, max_digits=4, null=True)),
                    ('turned_by', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True)),
                    ('failure', models.CharField(blank=True, max_length=32)),
                    ('image_hash', models.CharField(blank=True, max_length=256)),
                    ('captured_by', models.CharField(max_length=80)),
                    ('captured_at', models.DateTimeField(auto_now_add=True)),
                    ('confirmed_by', models.CharField(blank=True, max_length=80)),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                    ('duplicate_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.captureddocument')),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.storedfile')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('image_hash', ''), _negated=True), fields=['kind'], name='captured_hashed'), models.Index(condition=models.Q(('state', 'queued')), fields=['state'], name='captured_open'), models.Index(fields=['captured_at', 'id'], name='captured_latest'), models.Index(fields=['state', '-captured_at'], name='captured_state'), models.Index(fields=['kind', '-captured_at'], name='captured_kind'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('captured_by'), name='text_pattern_ops'), name='captured_by_prefix')],
                    'constraints': [models.UniqueConstraint(fields=('subject_type', 'subject_id', 'kind', 'version'), name='captured_version_once'), models.CheckConstraint(condition=models.Q(('confidence__isnull', True), ('confidence__range', (0, 1)), _connector='OR'), name='captured_confidence_is_a_fraction')],
                },
            ),
            migrations.CreateModel(
                name='DocumentEvidence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('act', models.CharField(choices=[('rendered', 'Rendered'), ('signed', 'Signed'), ('sealed', 'Sealed'), ('voided', 'Voided')], max_length=8)),
                    ('role', models.CharField(blank=True, max_length=32)),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('by', models.CharField(max_length=80)),
                    ('sha256_before', models.CharField(blank=True, max_length=64)),
                    ('sha256_after', models.CharField(db_index=True, max_length=64)),
                    ('details', axle.platform.fields.EncryptedJSONField(editable=True, mask='text')),
                    ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='documents.document')),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.storedfile')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('act__in', ['signed', 'sealed'])), fields=('document', 'role'), name='document_role_signs_once'), models.UniqueConstraint(condition=models.Q(models.Q(('sha256_before', ''), _negated=True), models.Q(('act', 'voided'), _negated=True)), fields=('document', 'sha256_before'), name='document_revision_once')],
                },
            ),
        ),
    ]
