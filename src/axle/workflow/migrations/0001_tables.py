"""The tables."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import axle.platform.fields
import axle.workflow.domain.tasks
import axle.workflow.models


class Migration(migrations.Migration):

    replaces = [('workflow', '0001_initial'), ('workflow', '0003_list_indexes')]

    initial = True

    dependencies = [
        ('platform', '0001_tables'),
    ]

    operations = [
        axle.platform.fields.CreateTables(
            migrations.CreateModel(
                name='ProcessDefinition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=60)),
                    ('version', models.PositiveIntegerField()),
                    ('name', models.CharField(max_length=100)),
                    ('xml', models.TextField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('retired', 'retired')], default=axle.workflow.models.DefinitionState['DRAFT'], max_length=12)),
                    ('saved_by', models.CharField(max_length=64)),
                    ('saved_at', models.DateTimeField(auto_now=True)),
                    ('published_by', models.CharField(blank=True, max_length=64)),
                    ('published_at', models.DateTimeField(null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='definition_version_once'), models.UniqueConstraint(condition=models.Q(('state', axle.workflow.models.DefinitionState['PUBLISHED'])), fields=('code',), name='definition_published_once'), models.UniqueConstraint(condition=models.Q(('state', axle.workflow.models.DefinitionState['DRAFT'])), fields=('code',), name='definition_draft_once')],
                },
            ),
            migrations.CreateModel(
                name='ProcessInstance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('definition_code', models.CharField(max_length=60)),
                    ('subject_type', models.CharField(max_length=40)),
                    ('subject_id', models.BigIntegerField()),
                    ('title', models.CharField(max_length=200)),
                    ('state', models.CharField(choices=[('running', 'running'), ('completed', 'completed'), ('cancelled', 'cancelled')], default=axle.workflow.domain.tasks.ProcessState['RUNNING'], max_length=12)),
                    ('outcome', models.CharField(blank=True, max_length=40)),
                    ('data', models.JSONField(default=dict)),
                    ('engine_state', models.BinaryField()),
                    ('next_timer_at', models.DateTimeField(null=True)),
                    ('started_by_name', models.CharField(max_length=64)),
                    ('started_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('dealer_id', models.BigIntegerField(null=True)),
                    ('definition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='processes', to='workflow.processdefinition')),
                    ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.department')),
                    ('legal_entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.legalentity')),
                    ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.employee')),
                    ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.user')),
                ],
                options={
                    'indexes': [models.Index(fields=['subject_type', 'subject_id'], name='process_subject'), models.Index(fields=['-started_at'], name='process_started'), models.Index(condition=models.Q(('state', axle.workflow.domain.tasks.ProcessState['RUNNING'])), fields=['next_timer_at'], name='process_timer'), models.Index(fields=['department', '-started_at'], name='process_department'), models.Index(fields=['state', '-started_at'], name='process_state'), models.Index(fields=['outcome', '-started_at'], name='process_outcome'), models.Index(fields=['ended_at', 'id'], name='process_ended'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('title'), name='text_pattern_ops'), name='process_title_prefix')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', axle.workflow.domain.tasks.ProcessState['RUNNING'])), fields=('definition_code', 'subject_type', 'subject_id'), name='process_running_once'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', axle.workflow.domain.tasks.ProcessState['RUNNING'])), models.Q(models.Q(('state', axle.workflow.domain.tasks.ProcessState['RUNNING']), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='process_ended_has_time')],
                },
            ),
            migrations.CreateModel(
                name='HumanTask',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('token', models.CharField(max_length=40, unique=True)),
                    ('node', models.CharField(max_length=60)),
                    ('name', models.CharField(max_length=100)),
                    ('name_en', models.CharField(blank=True, max_length=100)),
                    ('permission', models.CharField(max_length=80)),
                    ('actions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None)),
                    ('not_by', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                    ('barred_user_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                    ('state', models.CharField(choices=[('open', 'open'), ('claimed', 'claimed'), ('done', 'done'), ('cancelled', 'cancelled')], default=axle.workflow.domain.tasks.TaskState['OPEN'], max_length=12)),
                    ('assignee_name', models.CharField(blank=True, max_length=64)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('opened_at', models.DateTimeField()),
                    ('due_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('action', models.CharField(blank=True, max_length=24)),
                    ('opinion', models.CharField(blank=True, max_length=2000)),
                    ('documents', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                    ('assignee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.user')),
                    ('process', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='workflow.processinstance')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('state', axle.workflow.domain.tasks.TaskState['OPEN'])), fields=['permission', 'due_at'], name='task_claimable'), models.Index(fields=['assignee', 'state', '-ended_at'], name='task_of_person'), models.Index(fields=['state', 'due_at', 'id'], name='task_active'), models.Index(fields=['opened_at', 'id'], name='task_opened'), models.Index(fields=['due_at', 'id'], name='task_due'), models.Index(fields=['ended_at', 'id'], name='task_ended')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state__in', [axle.workflow.domain.tasks.TaskState['CLAIMED'], axle.workflow.domain.tasks.TaskState['DONE']]), _negated=True), ('assignee__isnull', False), _connector='OR'), name='task_held_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', axle.workflow.domain.tasks.TaskState['DONE']), _negated=True), models.Q(('action', ''), _negated=True), _connector='OR'), name='task_done_with_action'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state__in', (axle.workflow.domain.tasks.TaskState['OPEN'], axle.workflow.domain.tasks.TaskState['CLAIMED']))), models.Q(('ended_at__isnull', False), ('state__in', [axle.workflow.domain.tasks.TaskState['DONE'], axle.workflow.domain.tasks.TaskState['CANCELLED']])), _connector='OR'), name='task_ended_has_time')],
                },
            ),
            migrations.CreateModel(
                name='TaskStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('step', models.CharField(max_length=16)),
                    ('actor_name', models.CharField(max_length=64)),
                    ('role', models.CharField(blank=True, max_length=40)),
                    ('action', models.CharField(blank=True, max_length=24)),
                    ('opinion', models.CharField(blank=True, max_length=2000)),
                    ('documents', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='workflow.humantask')),
                ],
            ),
        ),
    ]
