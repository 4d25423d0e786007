"""The tables."""

import django.db.models.deletion
from django.db import migrations, models

import axle.platform.fields


class Migration(migrations.Migration):

    replaces = [('accounting', '0001_initial'), ('accounting', '0003_list_indexes'), ('accounting', '0004_statements'), ('accounting', '0005_bank_clearings'), ('accounting', '0006_voucher_documents')]

    initial = True

    dependencies = [
        ('ledger', '0001_tables'),
        ('payments', '0001_tables'),
        ('platform', '0001_tables'),
    ]

    operations = [
        axle.platform.fields.CreateTables(
            migrations.CreateModel(
                name='Statement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=48, unique=True)),
                    ('name_zh', models.CharField(max_length=80)),
                    ('name_en', models.CharField(max_length=80)),
                ],
            ),
            migrations.CreateModel(
                name='BankClearing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('complete_on', models.DateField()),
                    ('amount', axle.platform.fields.FenField(help_text='of each side; negative when it left the account')),
                    ('way', models.CharField(choices=[('alike', 'Alike'), ('reversal', 'Reversal'), ('by_hand', 'By Hand')], max_length=8)),
                    ('made_by', models.CharField(max_length=80)),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('bank_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.bankaccount')),
                ],
                options={
                    'indexes': [models.Index(fields=['bank_account', 'complete_on', 'id'], name='clearing_day')],
                },
            ),
            migrations.CreateModel(
                name='BankStart',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('start_on', models.DateField()),
                    ('balance', axle.platform.fields.FenField(help_text='of the bank, before the first day')),
                    ('set_by', models.CharField(max_length=80)),
                    ('set_at', models.DateTimeField(auto_now_add=True)),
                    ('bank_account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.bankaccount')),
                    ('legal_entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.legalentity')),
                ],
            ),
            migrations.CreateModel(
                name='ClearedLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('book_line', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cleared', to='ledger.entryline')),
                    ('clearing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='accounting.bankclearing')),
                    ('statement_line', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cleared', to='payments.bankstatementline')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('book_line__isnull', True), ('statement_line__isnull', True), _connector='XOR'), name='cleared_line_one_side')],
                },
            ),
            migrations.CreateModel(
                name='PeriodAct',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('period', models.PositiveIntegerField()),
                    ('act', models.CharField(choices=[('close', 'Close'), ('reopen', 'Reopen')], max_length=8)),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('reason', models.CharField(blank=True, max_length=200)),
                    ('checks', models.JSONField(default=list)),
                    ('checker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.user')),
                    ('legal_entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.legalentity')),
                    ('maker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.user')),
                ],
                options={
                    'indexes': [models.Index(fields=['legal_entity', 'period', 'id'], name='period_acts')],
                },
            ),
            migrations.CreateModel(
                name='PostingRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=48)),
                    ('version', models.PositiveIntegerField()),
                    ('body', models.JSONField()),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('active', 'Active')], default='draft', max_length=8)),
                    ('effective_from', models.DateField(null=True)),
                    ('made_by', models.CharField(max_length=64)),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                    ('activated_by', models.CharField(blank=True, max_length=64)),
                    ('activated_at', models.DateTimeField(null=True)),
                    ('legal_entity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.legalentity')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('kind', 'legal_entity', 'version'), name='rule_version_once', nulls_distinct=False), models.UniqueConstraint(condition=models.Q(('state', 'active')), fields=('kind', 'legal_entity', 'effective_from'), name='rule_active_from_once'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('effective_from__isnull', False), _connector='OR'), name='rule_active_has_date')],
                },
            ),
            migrations.CreateModel(
                name='StatementVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version_no', models.PositiveIntegerField()),
                    ('note', models.CharField(blank=True, max_length=200)),
                    ('created_by', models.CharField(max_length=80)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('activated_by', models.CharField(blank=True, max_length=80)),
                    ('effective_from', models.DateField(blank=True, null=True)),
                    ('retired_on', models.DateField(blank=True, null=True)),
                    ('body', models.JSONField()),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('active', 'Active'), ('retired', 'Retired')], default='draft', max_length=8)),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='accounting.statement')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('statement', 'version_no'), name='statement_version_once'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('effective_from__isnull', False), _connector='OR'), name='statement_active_has_date')],
                },
            ),
            migrations.CreateModel(
                name='Voucher',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('period', models.PositiveIntegerField()),
                    ('flow', models.CharField(choices=[('in', 'In'), ('out', 'Out'), ('none', 'None')], max_length=4)),
                    ('word', models.CharField(blank=True, max_length=2)),
                    ('number', models.PositiveIntegerField(null=True)),
                    ('amounts', models.JSONField(default=dict)),
                    ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='voucher', to='ledger.journalentry')),
                    ('legal_entity', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.legalentity')),
                    ('rule', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounting.postingrule')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('number', None)), fields=['legal_entity', 'period'], name='voucher_unnumbered'), models.Index(fields=['legal_entity', 'id'], name='voucher_entity'), models.Index(fields=['period', 'id'], name='voucher_period'), models.Index(fields=['word', 'id'], name='voucher_word')],
                    'constraints': [models.UniqueConstraint(fields=('legal_entity', 'period', 'word', 'number'), name='voucher_number_once')],
                },
            ),
            migrations.CreateModel(
                name='VoucherDocument',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('note', models.CharField(blank=True, max_length=100)),
                    ('added_by', models.CharField(max_length=80)),
                    ('added_at', models.DateTimeField(auto_now_add=True)),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.storedfile')),
                    ('voucher', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='accounting.voucher')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('voucher', 'file'), name='voucher_document_once')],
                },
            ),
        ),
    ]
