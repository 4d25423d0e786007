"""The tables."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import axle.platform.fields


class Migration(migrations.Migration):

    replaces = [('decisioning', '0001_initial'), ('decisioning', '0003_list_indexes'), ('decisioning', '0004_policy')]

    initial = True

    dependencies = [
        ('platform', '0001_tables'),
    ]

    operations = [
        axle.platform.fields.CreateTables(
            migrations.CreateModel(
                name='PolicyCalibration',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('calibration_no', models.CharField(max_length=24, unique=True)),
                    ('kind', models.CharField(choices=[('shipped', 'Shipped'), ('manual', 'Manual'), ('imported', 'Imported'), ('computed', 'Computed')], max_length=8)),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('previewing', 'Previewing'), ('previewed', 'Previewed'), ('active', 'Active'), ('replaced', 'Replaced'), ('rolled_back', 'Rolled Back'), ('discarded', 'Discarded')], default='draft', max_length=12)),
                    ('note', models.CharField(blank=True, max_length=200)),
                    ('change_count', models.PositiveIntegerField(default=0)),
                    ('preview', models.JSONField(null=True)),
                    ('drafted_by', models.CharField(max_length=80)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('previewed_at', models.DateTimeField(null=True)),
                    ('activated_by', models.CharField(blank=True, max_length=80)),
                    ('activated_at', models.DateTimeField(null=True)),
                    ('base', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='decisioning.policycalibration')),
                ],
                options={
                    'indexes': [models.Index(fields=['-created_at'], name='policy_calibration_latest'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('calibration_no'), name='text_pattern_ops'), name='policy_calibration_no_prefix')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'active')), fields=('state',), name='policy_calibration_active_once')],
                },
            ),
            migrations.CreateModel(
                name='PolicyFormula',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40, unique=True)),
                    ('parameter', models.CharField(max_length=60)),
                    ('expression', models.CharField(max_length=500)),
                    ('note', models.CharField(blank=True, max_length=200)),
                    ('is_active', models.BooleanField(default=True)),
                    ('changed_by', models.CharField(max_length=80)),
                    ('changed_at', models.DateTimeField(auto_now=True)),
                ],
            ),
            migrations.CreateModel(
                name='PolicyParameter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=60, unique=True)),
                    ('type', models.CharField(max_length=8)),
                    ('unit', models.CharField(blank=True, max_length=12)),
                    ('minimum', models.DecimalField(decimal_places=8, max_digits=20, null=True)),
                    ('maximum', models.DecimalField(decimal_places=8, max_digits=20, null=True)),
                    ('name_zh', models.CharField(max_length=80)),
                    ('name_en', models.CharField(max_length=80)),
                ],
            ),
            migrations.CreateModel(
                name='Strategy',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=60, unique=True)),
                    ('name_zh', models.CharField(max_length=80)),
                    ('name_en', models.CharField(max_length=80)),
                    ('owner', models.CharField(max_length=60)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                ],
            ),
            migrations.CreateModel(
                name='StrategyVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version_no', models.PositiveIntegerField()),
                    ('note', models.CharField(blank=True, max_length=200)),
                    ('created_by', models.CharField(max_length=80)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('activated_by', models.CharField(blank=True, max_length=80)),
                    ('effective_from', models.DateField(blank=True, null=True)),
                    ('retired_on', models.DateField(blank=True, null=True)),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('compiled', 'Compiled'), ('active', 'Active'), ('retired', 'Retired')], default='draft', max_length=12)),
                    ('contract_version', models.CharField(max_length=60)),
                    ('content_hash', models.CharField(max_length=64)),
                    ('rule_count', models.PositiveIntegerField(default=0)),
                    ('case_count', models.PositiveIntegerField(default=0)),
                    ('findings', models.JSONField(default=list)),
                    ('warnings', models.JSONField(default=list)),
                    ('compiled_at', models.DateTimeField(blank=True, null=True)),
                    ('strategy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='decisioning.strategy')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('strategy', 'version_no'), name='strategy_version_no_once'), models.UniqueConstraint(condition=models.Q(('state', 'active')), fields=('strategy', 'effective_from'), name='strategy_version_effective_once'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'compiled']), ('effective_from__isnull', False), _connector='OR'), name='strategy_version_dated_when_active'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('compiled_at__isnull', False), _connector='OR'), name='strategy_version_compiled_before_use')],
                },
            ),
            migrations.CreateModel(
                name='MarketFeed',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('feed_no', models.CharField(max_length=24, unique=True)),
                    ('observed_on', models.DateField()),
                    ('source', models.CharField(max_length=60)),
                    ('row_count', models.PositiveIntegerField()),
                    ('moved_count', models.PositiveIntegerField(help_text='series and regions that moved by more than the trigger')),
                    ('taken_by', models.CharField(max_length=80)),
                    ('taken_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('observed_on', 'source'), name='market_feed_once')],
                },
            ),
            migrations.CreateModel(
                name='PolicyContent',
                fields=[
                    ('calibration', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='content', serialize=False, to='decisioning.policycalibration')),
                    ('values', models.JSONField()),
                    ('content_hash', models.CharField(max_length=64)),
                ],
            ),
            migrations.CreateModel(
                name='PolicyActivation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_rollback', models.BooleanField(default=False)),
                    ('reason', models.CharField(blank=True, max_length=200)),
                    ('activated_by', models.CharField(max_length=80)),
                    ('activated_at', models.DateTimeField(auto_now_add=True)),
                    ('business_on', models.DateField()),
                    ('calibration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activations', to='decisioning.policycalibration')),
                ],
            ),
            migrations.CreateModel(
                name='PolicyChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('parameter', models.CharField(max_length=60)),
                    ('legal_entity', models.CharField(blank=True, max_length=40)),
                    ('product', models.CharField(blank=True, max_length=40)),
                    ('scenario', models.CharField(blank=True, max_length=40)),
                    ('region', models.CharField(blank=True, max_length=6)),
                    ('dealer_grade', models.CharField(blank=True, max_length=4)),
                    ('vehicle_class', models.CharField(blank=True, max_length=20)),
                    ('vehicle_series', models.CharField(blank=True, max_length=100)),
                    ('since', models.DateField(null=True)),
                    ('until', models.DateField(null=True)),
                    ('before', models.JSONField(null=True)),
                    ('value', models.JSONField(null=True)),
                    ('before_shown', models.CharField(blank=True, max_length=30)),
                    ('value_shown', models.CharField(blank=True, max_length=30)),
                    ('is_removed', models.BooleanField(default=False)),
                    ('calibration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='decisioning.policycalibration')),
                ],
                options={
                    'indexes': [models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('parameter'), name='text_pattern_ops'), name='policy_change_prefix')],
                    'constraints': [models.UniqueConstraint(fields=('calibration', 'parameter', 'legal_entity', 'product', 'scenario', 'region', 'dealer_grade', 'vehicle_class', 'vehicle_series', 'since', 'until'), name='policy_change_once', nulls_distinct=False)],
                },
            ),
            migrations.CreateModel(
                name='PolicyInForce',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('parameter', models.CharField(max_length=60)),
                    ('legal_entity', models.CharField(blank=True, max_length=40)),
                    ('product', models.CharField(blank=True, max_length=40)),
                    ('scenario', models.CharField(blank=True, max_length=40)),
                    ('region', models.CharField(blank=True, max_length=6)),
                    ('dealer_grade', models.CharField(blank=True, max_length=4)),
                    ('vehicle_class', models.CharField(blank=True, max_length=20)),
                    ('vehicle_series', models.CharField(blank=True, max_length=100)),
                    ('since', models.DateField(null=True)),
                    ('until', models.DateField(null=True)),
                    ('value', models.JSONField()),
                    ('value_shown', models.CharField(max_length=30)),
                    ('calibration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisioning.policycalibration')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('parameter', 'legal_entity', 'product', 'scenario', 'region', 'dealer_grade', 'vehicle_class', 'vehicle_series', 'since', 'until'), name='policy_in_force_once', nulls_distinct=False)],
                },
            ),
            migrations.CreateModel(
                name='StrategyContent',
                fields=[
                    ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='content', serialize=False, to='decisioning.strategyversion')),
                    ('graph', models.JSONField()),
                    ('contract', models.JSONField()),
                    ('rules', models.JSONField()),
                    ('cases', models.JSONField()),
                    ('policy', models.JSONField(default=dict)),
                ],
            ),
            migrations.CreateModel(
                name='DecisionRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=5)),
                    ('severity', models.CharField(max_length=12)),
                    ('reason_code', models.CharField(max_length=3)),
                    ('owner', models.CharField(max_length=60)),
                    ('scenario', models.CharField(blank=True, help_text='empty: all business', max_length=40)),
                    ('check_code', models.CharField(blank=True, help_text='the named check that it belongs to', max_length=3)),
                    ('name_zh', models.CharField(max_length=80)),
                    ('name_en', models.CharField(max_length=80)),
                    ('explanation_zh', models.CharField(max_length=300)),
                    ('explanation_en', models.CharField(max_length=300)),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='decisioning.strategyversion')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('version', 'code'), name='decision_rule_once')],
                },
            ),
            migrations.CreateModel(
                name='DecisionRecord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('record_no', models.CharField(max_length=24, unique=True)),
                    ('strategy_code', models.CharField(max_length=60)),
                    ('contract_version', models.CharField(blank=True, max_length=60)),
                    ('subject_type', models.CharField(max_length=32)),
                    ('subject_id', models.BigIntegerField()),
                    ('dealer_id', models.BigIntegerField(null=True)),
                    ('outcome', models.CharField(max_length=8)),
                    ('score', models.IntegerField(null=True)),
                    ('rule_codes', models.JSONField()),
                    ('fault_codes', models.JSONField()),
                    ('inputs', models.JSONField()),
                    ('policy', models.JSONField(default=dict)),
                    ('result', models.JSONField()),
                    ('trace', models.BinaryField()),
                    ('duration_us', models.PositiveIntegerField()),
                    ('business_on', models.DateField()),
                    ('decided_at', models.DateTimeField(auto_now_add=True)),
                    ('content_hash', models.CharField(max_length=64)),
                    ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.department')),
                    ('legal_entity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.legalentity')),
                    ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.employee')),
                    ('calibration', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='decisioning.policycalibration')),
                    ('version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='decisioning.strategyversion')),
                ],
                options={
                    'indexes': [models.Index(fields=['subject_type', 'subject_id'], name='decision_record_subject'), models.Index(fields=['outcome', 'id'], name='decision_record_outcome'), models.Index(fields=['score', 'id'], name='decision_record_score'), models.Index(fields=['business_on', 'id'], name='decision_record_day'), models.Index(fields=['decided_at', 'id'], name='decision_record_decided'), models.Index(fields=['strategy_code', 'id'], name='decision_record_strategy'), models.Index(fields=['department', '-id'], name='decision_record_department'), models.Index(fields=['dealer_id', '-id'], name='decision_record_dealer'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('record_no'), name='text_pattern_ops'), name='decision_record_no_prefix')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['approve', 'refer', 'decline'])), name='decision_record_outcome'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'approve'), _negated=True), ('fault_codes', []), _connector='OR'), name='decision_record_safe')],
                },
            ),
            migrations.CreateModel(
                name='MarketPrice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('observed_on', models.DateField()),
                    ('vehicle_series', models.CharField(max_length=100)),
                    ('region', models.CharField(blank=True, max_length=6)),
                    ('price_index', models.DecimalField(decimal_places=4, max_digits=12)),
                    ('move_rate', models.DecimalField(decimal_places=6, max_digits=10, null=True)),
                    ('days_inside', models.PositiveIntegerField()),
                    ('feed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prices', to='decisioning.marketfeed')),
                ],
                options={
                    'indexes': [models.Index(fields=['vehicle_series', 'region', '-observed_on'], name='market_price_series'), models.Index(fields=['-observed_on', 'id'], name='market_price_latest'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('vehicle_series'), name='text_pattern_ops'), name='market_price_prefix')],
                    'constraints': [models.UniqueConstraint(fields=('feed', 'vehicle_series', 'region'), name='market_price_once'), models.CheckConstraint(condition=models.Q(('price_index__gt', 0)), name='market_price_positive')],
                },
            ),
        ),
    ]
