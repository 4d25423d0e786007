"""The tables."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
from django.db import migrations, models

import axle.platform.fields


class Migration(migrations.Migration):

    replaces = [('ledger', '0001_initial'), ('ledger', '0003_list_indexes')]

    initial = True

    dependencies = [
        ('platform', '0001_tables'),
    ]

    operations = [
        axle.platform.fields.CreateTables(
            migrations.CreateModel(
                name='AccountMovement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('booked_on', models.DateField()),
                    ('debit', axle.platform.fields.FenField()),
                    ('credit', axle.platform.fields.FenField()),
                ],
                options={
                    'db_table': 'ledger_accountmovement',
                    'managed': False,
                },
            ),
            migrations.CreateModel(
                name='Account',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=24)),
                    ('name_zh', models.CharField(max_length=80)),
                    ('name_en', models.CharField(max_length=80)),
                    ('category', models.CharField(choices=[('asset', 'Asset'), ('liability', 'Liability'), ('equity', 'Equity'), ('income', 'Income'), ('expense', 'Expense'), ('memo', 'Memo')], max_length=12)),
                    ('normal_side', models.CharField(choices=[('debit', 'Debit'), ('credit', 'Credit')], max_length=6)),
                    ('level', models.PositiveSmallIntegerField()),
                    ('is_postable', models.BooleanField()),
                    ('is_active', models.BooleanField(default=True)),
                    ('legal_entity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.legalentity')),
                    ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='ledger.account')),
                ],
                options={
                    'indexes': [models.Index(fields=['code'], name='account_subtree', opclasses=['text_pattern_ops'])],
                    'constraints': [models.UniqueConstraint(fields=('legal_entity', 'code'), name='account_code_once', nulls_distinct=False)],
                },
            ),
            migrations.CreateModel(
                name='AccountDay',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('booked_on', models.DateField()),
                    ('debit', axle.platform.fields.FenField()),
                    ('credit', axle.platform.fields.FenField()),
                    ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                    ('legal_entity', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.legalentity')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('legal_entity', 'account', 'booked_on'), name='account_day_once')],
                },
            ),
            migrations.CreateModel(
                name='AccountDayDelta',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('booked_on', models.DateField()),
                    ('debit', axle.platform.fields.FenField()),
                    ('credit', axle.platform.fields.FenField()),
                    ('account', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                    ('legal_entity', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.legalentity')),
                ],
            ),
            migrations.CreateModel(
                name='JournalEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('entry_no', models.CharField(max_length=24, unique=True)),
                    ('kind', models.CharField(max_length=48)),
                    ('event_no', models.CharField(max_length=80)),
                    ('value_on', models.DateField()),
                    ('booked_on', models.DateField()),
                    ('period', models.PositiveIntegerField()),
                    ('summary', models.CharField(max_length=200)),
                    ('source_type', models.CharField(max_length=40)),
                    ('source_id', models.BigIntegerField()),
                    ('amount', axle.platform.fields.FenField()),
                    ('is_red', models.BooleanField(default=False)),
                    ('posted_at', models.DateTimeField(auto_now_add=True)),
                    ('posted_xid', models.BigIntegerField(editable=False, null=True)),
                    ('checker', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.user')),
                    ('legal_entity', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.legalentity')),
                    ('maker', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.user')),
                    ('reversal_of', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='ledger.journalentry')),
                ],
                options={
                    'indexes': [models.Index(fields=['legal_entity', 'period', 'id'], name='entry_by_period'), models.Index(fields=['source_type', 'source_id'], name='entry_by_source'), models.Index(fields=['booked_on', 'id'], name='entry_by_day'), models.Index(fields=['kind', 'id'], name='entry_by_kind'), models.Index(fields=['amount', 'id'], name='entry_by_amount'), models.Index(fields=['is_red', 'id'], name='entry_by_colour'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('entry_no'), name='text_pattern_ops'), name='entry_no_prefix'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('event_no'), name='text_pattern_ops'), name='entry_event_prefix'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('summary'), name='text_pattern_ops'), name='entry_summary_prefix')],
                    'constraints': [models.UniqueConstraint(fields=('event_no', 'kind'), name='entry_event_once'), models.CheckConstraint(condition=models.Q(('maker', models.F('checker')), _negated=True), name='entry_two_people'), models.CheckConstraint(condition=models.Q(('period', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('booked_on__year'), '*', models.Value(100)), '+', models.F('booked_on__month')))), name='entry_period_of_booking')],
                },
            ),
            migrations.CreateModel(
                name='EntryLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('line_no', models.PositiveSmallIntegerField()),
                    ('booked_on', models.DateField()),
                    ('debit', axle.platform.fields.FenField(default=0)),
                    ('credit', axle.platform.fields.FenField(default=0)),
                    ('summary', models.CharField(blank=True, max_length=200)),
                    ('dimensions', models.JSONField(default=dict)),
                    ('loan_no', models.CharField(blank=True, max_length=32)),
                    ('contract_no', models.CharField(blank=True, max_length=32)),
                    ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account')),
                    ('legal_entity', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.legalentity')),
                    ('entry', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='ledger.journalentry')),
                ],
                options={
                    'indexes': [models.Index(fields=['account', 'legal_entity', 'booked_on', 'id'], include=('debit', 'credit'), name='line_account_ledger'), models.Index(condition=models.Q(('loan_no', ''), _negated=True), fields=['loan_no'], name='line_by_loan'), models.Index(condition=models.Q(('contract_no', ''), _negated=True), fields=['contract_no'], name='line_by_contract'), models.Index(fields=['booked_on', 'id'], name='line_by_day'), models.Index(fields=['legal_entity', 'id'], name='line_by_entity'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('loan_no'), name='text_pattern_ops'), name='line_loan_prefix'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('contract_no'), name='text_pattern_ops'), name='line_contract_prefix')],
                    'constraints': [models.UniqueConstraint(fields=('entry', 'line_no'), name='line_no_once'), models.CheckConstraint(condition=models.Q(models.Q(('debit', 0), models.Q(('credit', 0), _negated=True)), models.Q(models.Q(('debit', 0), _negated=True), ('credit', 0)), _connector='OR'), name='line_one_sided')],
                },
            ),
            migrations.CreateModel(
                name='Period',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('period', models.PositiveIntegerField()),
                    ('is_closed', models.BooleanField(default=False)),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.user')),
                    ('legal_entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.legalentity')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('legal_entity', 'period'), name='period_once')],
                },
            ),
        ),
    ]
