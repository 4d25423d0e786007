"""The tables."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import axle.platform.fields


class Migration(migrations.Migration):

    replaces = [('platform', '0001_initial'), ('platform', '0003_sign_ins'), ('platform', '0004_access'), ('platform', '0005_list_indexes'), ('platform', '0006_operation_seals'), ('platform', '0008_eod_set_aside')]

    initial = True

    dependencies = [
    ]

    operations = [
        axle.platform.fields.CreateTables(
            migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('username', models.CharField(max_length=64, unique=True)),
                    ('display_name', models.CharField(max_length=64)),
                    ('kind', models.CharField(choices=[('staff', 'Staff'), ('dealer', 'Dealer'), ('machine', 'Machine')], default='staff', max_length=12)),
                    ('channel_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                    ('is_active', models.BooleanField(default=True)),
                    ('failed_attempts', models.PositiveIntegerField(default=0)),
                    ('locked_until', models.DateTimeField(blank=True, null=True)),
                    ('password_changed_at', models.DateTimeField(blank=True, null=True)),
                    ('must_change_password', models.BooleanField(default=False)),
                    ('totp_secret', axle.platform.fields.EncryptedTextField(blank=True, editable=True, mask='text', null=True)),
                    ('is_totp_on', models.BooleanField(default=False)),
                    ('totp_last_step', models.BigIntegerField(blank=True, null=True)),
                    ('locale', models.CharField(default='zh-CN', max_length=8)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='BusinessDay',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField()),
                ],
            ),
            migrations.CreateModel(
                name='Dictionary',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=48, unique=True)),
                    ('name', models.CharField(max_length=64)),
                ],
            ),
            migrations.CreateModel(
                name='LegalEntity',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=16, unique=True)),
                    ('name', models.CharField(max_length=128)),
                    ('uscc', models.CharField(blank=True, max_length=18)),
                    ('kind', models.CharField(max_length=24)),
                    ('is_active', models.BooleanField(default=True)),
                ],
            ),
            migrations.CreateModel(
                name='OperationSeal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('last_id', models.BigIntegerField(unique=True)),
                    ('rows', models.PositiveIntegerField()),
                    ('digest', models.CharField(max_length=64)),
                    ('sealed_at', models.DateTimeField(auto_now_add=True)),
                ],
            ),
            migrations.CreateModel(
                name='Position',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=32, unique=True)),
                    ('name', models.CharField(max_length=64)),
                ],
            ),
            migrations.CreateModel(
                name='Role',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=32, unique=True)),
                    ('name', models.CharField(max_length=64)),
                    ('is_active', models.BooleanField(default=True)),
                ],
            ),
            migrations.CreateModel(
                name='StoredFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sha256', models.CharField(db_index=True, max_length=64)),
                    ('name', models.CharField(max_length=200)),
                    ('content_type', models.CharField(max_length=80)),
                    ('size', models.PositiveBigIntegerField()),
                    ('uploaded_by', models.CharField(max_length=80)),
                    ('uploaded_at', models.DateTimeField(auto_now_add=True)),
                ],
            ),
            migrations.CreateModel(
                name='ApiToken',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=64)),
                    ('token_hash', models.CharField(max_length=64, unique=True)),
                    ('permissions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=None)),
                    ('expires_at', models.DateTimeField()),
                    ('last_used_at', models.DateTimeField(blank=True, null=True)),
                    ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='platform.user')),
                ],
            ),
            migrations.CreateModel(
                name='ApprovalPolicy',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('command', models.CharField(max_length=64)),
                    ('min_amount', axle.platform.fields.FenField(default=0)),
                    ('checker_permission', models.CharField(max_length=80)),
                    ('is_active', models.BooleanField(default=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('command', 'min_amount'), name='policy_amount_once')],
                },
            ),
            migrations.CreateModel(
                name='Department',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=64)),
                    ('path', models.CharField(db_index=True, max_length=400)),
                    ('is_active', models.BooleanField(default=True)),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='platform.department')),
                ],
                options={
                    'indexes': [models.Index(fields=['path'], name='department_subtree', opclasses=['text_pattern_ops'])],
                    'constraints': [models.UniqueConstraint(fields=('parent', 'name'), name='department_name_once')],
                },
            ),
            migrations.CreateModel(
                name='Employee',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('employee_no', models.CharField(max_length=24, unique=True)),
                    ('name', models.CharField(max_length=64)),
                    ('phone', axle.platform.fields.EncryptedTextField(blank=True, editable=True, mask='phone', null=True)),
                    ('state', models.CharField(choices=[('active', 'Active'), ('on_leave', 'On Leave'), ('left', 'Left')], default='active', max_length=12)),
                    ('joined_on', models.DateField(blank=True, null=True)),
                    ('left_on', models.DateField(blank=True, null=True)),
                    ('delegate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='platform.employee')),
                    ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='employees', to='platform.department')),
                    ('position', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holders', to='platform.position')),
                ],
            ),
            migrations.CreateModel(
                name='EodSetAside',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('step', models.CharField(max_length=64)),
                    ('subject_no', models.CharField(max_length=40)),
                    ('first_on', models.DateField()),
                    ('last_on', models.DateField()),
                    ('tries', models.PositiveIntegerField(default=1)),
                    ('error', models.TextField()),
                    ('resolved_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['-last_on', '-id'], name='eod_set_aside_latest')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('resolved_at', None)), fields=('step', 'subject_no'), name='eod_set_aside_once')],
                },
            ),
            migrations.CreateModel(
                name='EodStepRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('business_on', models.DateField()),
                    ('step', models.CharField(max_length=64)),
                    ('shard', models.PositiveSmallIntegerField()),
                    ('shards', models.PositiveSmallIntegerField()),
                    ('rows', models.BigIntegerField(default=0)),
                    ('started_at', models.DateTimeField()),
                    ('finished_at', models.DateTimeField(null=True)),
                    ('error', models.TextField(blank=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('business_on', 'step', 'shard'), name='eod_step_once')],
                },
            ),
            migrations.CreateModel(
                name='IdempotencyRecord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('actor_key', models.CharField(max_length=80)),
                    ('key', models.CharField(max_length=100)),
                    ('command', models.CharField(max_length=64)),
                    ('request_hash', models.CharField(max_length=64)),
                    ('status', models.PositiveSmallIntegerField(default=0)),
                    ('response', axle.platform.fields.EncryptedJSONField(editable=True, mask='text', null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('actor_key', 'key'), name='idempotency_once')],
                },
            ),
            migrations.CreateModel(
                name='OperationLog',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(db_index=True)),
                    ('business_on', models.DateField()),
                    ('operation', models.CharField(db_index=True, max_length=80)),
                    ('actor_kind', models.CharField(max_length=12)),
                    ('user_id', models.BigIntegerField(db_index=True, null=True)),
                    ('actor_name', models.CharField(max_length=64)),
                    ('roles', models.CharField(blank=True, max_length=200)),
                    ('checker_name', models.CharField(blank=True, max_length=64)),
                    ('subject_type', models.CharField(blank=True, max_length=40)),
                    ('subject_id', models.CharField(blank=True, max_length=40)),
                    ('changes', models.JSONField(default=list)),
                    ('note', models.CharField(blank=True, max_length=500)),
                    ('ip', models.GenericIPAddressField(null=True)),
                    ('device', models.CharField(blank=True, max_length=200)),
                    ('control', models.CharField(blank=True, max_length=120)),
                ],
                options={
                    'indexes': [models.Index(fields=['subject_type', 'subject_id'], name='log_subject'), models.Index(fields=['subject_id', 'id'], name='log_subject_id'), models.Index(fields=['business_on', 'id'], name='log_business_day'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('actor_name'), name='text_pattern_ops'), name='log_actor_prefix'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('operation'), name='text_pattern_ops'), name='log_operation_prefix'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('subject_id'), name='text_pattern_ops'), name='log_subject_prefix')],
                },
            ),
            migrations.CreateModel(
                name='ParameterValue',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=80)),
                    ('value', models.JSONField()),
                    ('effective_from', models.DateField()),
                    ('note', models.CharField(blank=True, max_length=200)),
                    ('set_by', models.CharField(max_length=64)),
                    ('set_at', models.DateTimeField(auto_now_add=True)),
                    ('legal_entity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.legalentity')),
                ],
                options={
                    'indexes': [models.Index(fields=['code', 'effective_from'], name='parameter_by_date')],
                },
            ),
            migrations.CreateModel(
                name='PendingCommand',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('pending_no', models.CharField(max_length=24, unique=True)),
                    ('command', models.CharField(max_length=64)),
                    ('payload', axle.platform.fields.EncryptedJSONField(editable=True, mask='text')),
                    ('amount', axle.platform.fields.FenField(null=True)),
                    ('checker_permission', models.CharField(max_length=80)),
                    ('state', models.CharField(choices=[('pending', 'Pending'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], default='pending', max_length=12)),
                    ('maker_name', models.CharField(max_length=64)),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('checker_name', models.CharField(blank=True, max_length=64)),
                    ('checked_at', models.DateTimeField(null=True)),
                    ('opinion', models.CharField(blank=True, max_length=500)),
                    ('result', axle.platform.fields.EncryptedJSONField(editable=True, mask='text', null=True)),
                    ('checker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.user')),
                    ('maker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.user')),
                ],
                options={
                    'indexes': [models.Index(fields=['state', '-made_at'], name='pending_open'), models.Index(fields=['made_at', 'id'], name='pending_latest'), models.Index(fields=['amount', 'id'], name='pending_amount')],
                },
            ),
            migrations.CreateModel(
                name='RateCounter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=160)),
                    ('window', models.BigIntegerField()),
                    ('used', models.PositiveIntegerField(default=0)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('key', 'window'), name='rate_window_once')],
                },
            ),
            migrations.CreateModel(
                name='RoleGrant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('permission', models.CharField(max_length=80)),
                    ('scope', models.CharField(choices=[('own', 'Own'), ('department', 'Department'), ('department_tree', 'Department Tree'), ('channel', 'Channel'), ('customer', 'Customer'), ('all', 'All')], max_length=16)),
                    ('role', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='platform.role')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('role', 'permission'), name='role_permission_once')],
                },
            ),
            migrations.CreateModel(
                name='SignIn',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('session_key', models.CharField(max_length=40, unique=True)),
                    ('ip', models.GenericIPAddressField(null=True)),
                    ('device', models.CharField(blank=True, max_length=200)),
                    ('signed_in_at', models.DateTimeField(auto_now_add=True)),
                    ('expires_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_ins', to='platform.user')),
                ],
                options={
                    'indexes': [models.Index(fields=['user', '-signed_in_at'], name='sign_in_of_user')],
                },
            ),
            migrations.CreateModel(
                name='DictionaryItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=48)),
                    ('name', models.CharField(max_length=100)),
                    ('order', models.PositiveIntegerField(default=0)),
                    ('valid_from', models.DateField()),
                    ('valid_to', models.DateField(blank=True, null=True)),
                    ('dictionary', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='platform.dictionary')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('dictionary', 'code'), name='dictionary_code_once')],
                },
            ),
        ),
        migrations.AddField(
            model_name='department',
            name='manager',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='platform.employee'),
        ),
        migrations.AddField(
            model_name='user',
            name='employee',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='user', to='platform.employee'),
        ),
        migrations.AddField(
            model_name='user',
            name='roles',
            field=models.ManyToManyField(blank=True, related_name='users', to='platform.role'),
        ),
    ]
