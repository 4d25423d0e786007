"""The tables."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import axle.platform.fields


class Migration(migrations.Migration):

    replaces = [('messaging', '0001_initial'), ('messaging', '0002_search_indexes'), ('messaging', '0003_list_indexes')]

    initial = True

    dependencies = [
    ]

    operations = [
        axle.platform.fields.CreateTables(
            migrations.CreateModel(
                name='CodeAttempt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code_id', models.BigIntegerField(unique=True)),
                    ('used', models.PositiveIntegerField()),
                ],
            ),
            migrations.CreateModel(
                name='SmsTemplate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40, unique=True)),
                    ('title', models.CharField(max_length=64)),
                    ('body', models.CharField(max_length=500)),
                    ('variables', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), default=list, size=None)),
                    ('is_active', models.BooleanField(default=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                ],
            ),
            migrations.CreateModel(
                name='VerificationCode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('purpose', models.CharField(max_length=32)),
                    ('phone_index', models.CharField(max_length=64)),
                    ('ref_type', models.CharField(max_length=32)),
                    ('ref_id', models.BigIntegerField()),
                    ('code_hash', models.CharField(max_length=64)),
                    ('sent_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('used_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['phone_index', '-sent_at'], name='verification_code_phone')],
                },
            ),
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('request_no', models.CharField(max_length=24, unique=True)),
                    ('phone', axle.platform.fields.EncryptedTextField(editable=True, mask='phone')),
                    ('phone_index', axle.platform.fields.BlindIndexField(db_index=True, editable=False, max_length=64, source='phone')),
                    ('content', axle.platform.fields.EncryptedTextField(editable=True, mask='text')),
                    ('variables', axle.platform.fields.EncryptedTextField(editable=True, mask='text')),
                    ('ref_type', models.CharField(max_length=32)),
                    ('ref_id', models.BigIntegerField()),
                    ('state', models.CharField(choices=[('queued', 'Queued'), ('sent', 'Sent'), ('delivered', 'Delivered'), ('undelivered', 'Undelivered'), ('failed', 'Failed')], default='queued', max_length=12)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('batch_id', models.CharField(blank=True, max_length=64)),
                    ('code', models.CharField(blank=True, max_length=64)),
                    ('useful_until', models.DateTimeField(null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('reported_at', models.DateTimeField(null=True)),
                    ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='messaging.smstemplate')),
                ],
                options={
                    'indexes': [models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('request_no'), name='text_pattern_ops'), name='message_no_prefix'), models.Index(fields=['ref_type', 'ref_id'], name='message_ref'), models.Index(fields=['state', '-id'], name='message_state'), models.Index(fields=['created_at', 'id'], name='message_created')],
                },
            ),
        ),
    ]
