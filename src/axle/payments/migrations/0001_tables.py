"""The tables."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import axle.payments.domain.reconciling
import axle.payments.domain.states
import axle.platform.fields


class Migration(migrations.Migration):

    replaces = [('payments', '0001_initial'), ('payments', '0003_search_indexes'), ('payments', '0004_list_indexes'), ('payments', '0005_retryable_orders'), ('payments', '0006_statement_balances')]

    initial = True

    dependencies = [
        ('platform', '0001_tables'),
    ]

    operations = [
        axle.platform.fields.CreateTables(
            migrations.CreateModel(
                name='BankNotice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('channel', models.CharField(max_length=32)),
                    ('order_no', models.CharField(db_index=True, max_length=64)),
                    ('bank_state', models.CharField(max_length=12)),
                    ('outcome', models.CharField(max_length=16)),
                    ('body_sha256', models.CharField(max_length=64)),
                    ('received_at', models.DateTimeField(auto_now_add=True)),
                ],
            ),
            migrations.CreateModel(
                name='BankAccount',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=64)),
                    ('bank_name', models.CharField(max_length=64)),
                    ('account_no', axle.platform.fields.EncryptedTextField(editable=True, mask='card')),
                    ('account_no_index', axle.platform.fields.BlindIndexField(db_index=True, editable=False, max_length=64, source='account_no')),
                    ('channel', models.CharField(max_length=32)),
                    ('ledger_account_code', models.CharField(max_length=32)),
                    ('is_payer', models.BooleanField(default=True)),
                    ('is_active', models.BooleanField(default=True)),
                    ('legal_entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.legalentity')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('account_no_index',), name='bank_account_no_once'), models.UniqueConstraint(condition=models.Q(('is_active', True), ('is_payer', True)), fields=('legal_entity',), name='one_paying_account_per_entity')],
                },
            ),
            migrations.CreateModel(
                name='BankStatementLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('bank_serial', models.CharField(max_length=64)),
                    ('direction', models.CharField(choices=[('out', 'out'), ('in', 'in')], max_length=3)),
                    ('amount_fen', axle.platform.fields.FenField()),
                    ('value_on', models.DateField()),
                    ('order_no', models.CharField(blank=True, max_length=64)),
                    ('counterparty_name', models.CharField(blank=True, max_length=128)),
                    ('counterparty_account', axle.platform.fields.EncryptedTextField(editable=True, mask='card', null=True)),
                    ('remark', models.CharField(blank=True, max_length=200)),
                    ('imported_at', models.DateTimeField(auto_now_add=True)),
                    ('bank_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payments.bankaccount')),
                ],
                options={
                    'indexes': [models.Index(fields=['bank_account', 'value_on'], name='statement_line_day')],
                    'constraints': [models.UniqueConstraint(fields=('bank_account', 'bank_serial'), name='bank_serial_once')],
                },
            ),
            migrations.CreateModel(
                name='PaymentOrder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order_no', models.CharField(max_length=24, unique=True)),
                    ('request_no', models.CharField(max_length=64, unique=True)),
                    ('amount_fen', axle.platform.fields.FenField()),
                    ('payee_name', models.CharField(max_length=128)),
                    ('payee_bank', models.CharField(max_length=128)),
                    ('payee_account', axle.platform.fields.EncryptedTextField(editable=True, mask='card')),
                    ('payee_account_index', axle.platform.fields.BlindIndexField(db_index=True, editable=False, max_length=64, source='payee_account')),
                    ('purpose', models.CharField(max_length=100)),
                    ('ref_type', models.CharField(max_length=32)),
                    ('ref_id', models.BigIntegerField()),
                    ('transfer_on', models.DateField()),
                    ('state', models.CharField(choices=[(axle.payments.domain.states.PaymentOrderState['CREATED'], axle.payments.domain.states.PaymentOrderState['CREATED']), (axle.payments.domain.states.PaymentOrderState['SENT'], axle.payments.domain.states.PaymentOrderState['SENT']), (axle.payments.domain.states.PaymentOrderState['ACCEPTED'], axle.payments.domain.states.PaymentOrderState['ACCEPTED']), (axle.payments.domain.states.PaymentOrderState['UNKNOWN'], axle.payments.domain.states.PaymentOrderState['UNKNOWN']), (axle.payments.domain.states.PaymentOrderState['SUCCEEDED'], axle.payments.domain.states.PaymentOrderState['SUCCEEDED']), (axle.payments.domain.states.PaymentOrderState['FAILED'], axle.payments.domain.states.PaymentOrderState['FAILED'])], max_length=12)),
                    ('sends', models.PositiveSmallIntegerField(default=0)),
                    ('queries', models.PositiveSmallIntegerField(default=0)),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('next_query_at', models.DateTimeField(null=True)),
                    ('bank_serial', models.CharField(blank=True, max_length=64)),
                    ('value_on', models.DateField(null=True)),
                    ('fail_code', models.CharField(blank=True, max_length=64)),
                    ('fail_message', models.CharField(blank=True, max_length=200)),
                    ('is_retryable', models.BooleanField(default=True, help_text='no: the caller asks anew when it fails')),
                    ('created_by', models.CharField(max_length=64)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('bank_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='payments.bankaccount')),
                    ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.department')),
                    ('legal_entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.legalentity')),
                    ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.employee')),
                    ('retry_of', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='retried_by', to='payments.paymentorder')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('next_query_at__isnull', False)), fields=['next_query_at'], name='payment_order_to_ask'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('order_no'), name='text_pattern_ops'), name='payment_order_no_prefix'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('payee_name'), name='text_pattern_ops'), name='payment_payee_prefix'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('request_no'), name='text_pattern_ops'), name='payment_request_prefix'), models.Index(fields=['ref_type', 'ref_id'], name='payment_order_ref'), models.Index(fields=['bank_account', 'value_on'], name='payment_order_paid_on'), models.Index(fields=['state', '-id'], name='payment_order_state'), models.Index(fields=['department', '-id'], name='payment_order_department'), models.Index(fields=['amount_fen', 'id'], name='payment_order_amount'), models.Index(fields=['transfer_on', 'id'], name='payment_order_transfer'), models.Index(fields=['value_on', 'id'], name='payment_order_value'), models.Index(fields=['created_at', 'id'], name='payment_order_created')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='payment_order_amount_positive'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'succeeded'), ('value_on__isnull', False)), models.Q(models.Q(('state', 'succeeded'), _negated=True), ('value_on__isnull', True)), _connector='OR'), name='payment_order_value_date_when_paid'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ['succeeded', 'failed'])), models.Q(models.Q(('state__in', ['succeeded', 'failed']), _negated=True), ('ended_at__isnull', True)), _connector='OR'), name='payment_order_end_when_final')],
                },
            ),
            migrations.CreateModel(
                name='PaymentStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_state', models.CharField(blank=True, max_length=12)),
                    ('to_state', models.CharField(max_length=12)),
                    ('cause', models.CharField(choices=[(axle.payments.domain.states.PaymentCause['CREATION'], axle.payments.domain.states.PaymentCause['CREATION']), (axle.payments.domain.states.PaymentCause['SEND'], axle.payments.domain.states.PaymentCause['SEND']), (axle.payments.domain.states.PaymentCause['REPLY'], axle.payments.domain.states.PaymentCause['REPLY']), (axle.payments.domain.states.PaymentCause['QUERY'], axle.payments.domain.states.PaymentCause['QUERY']), (axle.payments.domain.states.PaymentCause['NOTICE'], axle.payments.domain.states.PaymentCause['NOTICE']), (axle.payments.domain.states.PaymentCause['RECONCILIATION'], axle.payments.domain.states.PaymentCause['RECONCILIATION']), (axle.payments.domain.states.PaymentCause['INTERRUPTION'], axle.payments.domain.states.PaymentCause['INTERRUPTION'])], max_length=16)),
                    ('code', models.CharField(blank=True, max_length=64)),
                    ('message', models.CharField(blank=True, max_length=200)),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='payments.paymentorder')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('to_state__in', ['succeeded', 'failed'])), fields=('order',), name='payment_order_ends_once')],
                },
            ),
            migrations.CreateModel(
                name='Reconciliation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField()),
                    ('matched', models.PositiveIntegerField()),
                    ('breaks', models.PositiveIntegerField()),
                    ('paid_fen', axle.platform.fields.FenField()),
                    ('received_fen', axle.platform.fields.FenField()),
                    ('closing_fen', axle.platform.fields.FenField(help_text='of the bank, at the end of the day', null=True)),
                    ('run_by', models.CharField(max_length=64)),
                    ('run_at', models.DateTimeField()),
                    ('bank_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.bankaccount')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('bank_account', 'on'), name='reconciliation_day_once')],
                },
            ),
            migrations.CreateModel(
                name='ReconciliationBreak',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[(axle.payments.domain.reconciling.ReconciliationBreakKind['OURS_ONLY'], axle.payments.domain.reconciling.ReconciliationBreakKind['OURS_ONLY']), (axle.payments.domain.reconciling.ReconciliationBreakKind['THEIRS_ONLY'], axle.payments.domain.reconciling.ReconciliationBreakKind['THEIRS_ONLY']), (axle.payments.domain.reconciling.ReconciliationBreakKind['AMOUNT_DIFFERS'], axle.payments.domain.reconciling.ReconciliationBreakKind['AMOUNT_DIFFERS']), (axle.payments.domain.reconciling.ReconciliationBreakKind['STATUS_DIFFERS'], axle.payments.domain.reconciling.ReconciliationBreakKind['STATUS_DIFFERS']), (axle.payments.domain.reconciling.ReconciliationBreakKind['DATE_DIFFERS'], axle.payments.domain.reconciling.ReconciliationBreakKind['DATE_DIFFERS'])], max_length=16)),
                    ('order_no', models.CharField(blank=True, max_length=64)),
                    ('bank_serial', models.CharField(blank=True, max_length=64)),
                    ('our_amount_fen', axle.platform.fields.FenField(null=True)),
                    ('bank_amount_fen', axle.platform.fields.FenField(null=True)),
                    ('bank_state', models.CharField(blank=True, max_length=12)),
                    ('reconciliation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='found', to='payments.reconciliation')),
                ],
            ),
        ),
    ]
