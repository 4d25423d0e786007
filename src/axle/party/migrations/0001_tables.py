"""The tables."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import axle.platform.fields


class Migration(migrations.Migration):

    replaces = [('party', '0001_initial'), ('party', '0002_search_indexes'), ('party', '0003_list_indexes'), ('party', '0004_watch_list')]

    initial = True

    dependencies = [
        ('platform', '0001_tables'),
    ]

    operations = [
        axle.platform.fields.CreateTables(
            migrations.CreateModel(
                name='Customer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('customer_no', models.CharField(max_length=24, unique=True)),
                    ('name', models.CharField(max_length=50)),
                    ('id_no', axle.platform.fields.EncryptedTextField(editable=True, mask='id_no')),
                    ('id_no_index', axle.platform.fields.BlindIndexField(db_index=True, editable=False, max_length=64, source='id_no')),
                    ('id_is_long_term', models.BooleanField(default=False)),
                    ('id_valid_until', models.DateField(null=True)),
                    ('gender', models.CharField(choices=[('male', 'Male'), ('female', 'Female')], max_length=6)),
                    ('birthday', models.DateField()),
                    ('phone', axle.platform.fields.EncryptedTextField(editable=True, mask='phone')),
                    ('phone_index', axle.platform.fields.BlindIndexField(db_index=True, editable=False, max_length=64, source='phone')),
                    ('marital_status', models.CharField(blank=True, choices=[('single', 'Single'), ('married', 'Married'), ('divorced', 'Divorced'), ('widowed', 'Widowed')], max_length=12)),
                    ('education', models.CharField(blank=True, choices=[('primary', 'Primary'), ('secondary', 'Secondary'), ('college', 'College'), ('bachelor', 'Bachelor'), ('postgraduate', 'Postgraduate')], max_length=12)),
                    ('residence_kind', models.CharField(blank=True, choices=[('owned', 'Owned'), ('mortgaged', 'Mortgaged'), ('family', 'Family'), ('rented', 'Rented')], max_length=12)),
                    ('residence_address', axle.platform.fields.EncryptedTextField(editable=True, mask='address', null=True)),
                    ('region_code', models.CharField(blank=True, max_length=6)),
                    ('employment_kind', models.CharField(blank=True, choices=[('employed', 'Employed'), ('self_employed', 'Self Employed'), ('public_service', 'Public Service'), ('farmer', 'Farmer'), ('driver', 'Driver'), ('retired', 'Retired'), ('unemployed', 'Unemployed')], max_length=16)),
                    ('employer', models.CharField(blank=True, max_length=200)),
                    ('employment_months', models.PositiveIntegerField(null=True)),
                    ('monthly_income', axle.platform.fields.FenField(null=True)),
                    ('monthly_debt', axle.platform.fields.FenField(null=True)),
                    ('has_driving_licence', models.BooleanField(null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.department')),
                    ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.employee')),
                ],
                options={
                    'indexes': [models.Index(fields=['name', 'birthday'], name='customer_name_birthday', opclasses=['text_pattern_ops', 'date_ops']), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('name'), name='text_pattern_ops'), name='customer_name_prefix'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('customer_no'), name='text_pattern_ops'), name='customer_no_prefix'), models.Index(fields=['department', '-id'], name='customer_department'), models.Index(fields=['owner', '-id'], name='customer_owner'), models.Index(fields=['gender', 'id'], name='customer_gender'), models.Index(fields=['employment_kind', 'id'], name='customer_employment'), models.Index(fields=['marital_status', 'id'], name='customer_marital'), models.Index(fields=['monthly_income', 'id'], name='customer_income'), models.Index(fields=['created_at', 'id'], name='customer_created')],
                    'constraints': [models.UniqueConstraint(fields=('id_no_index',), name='customer_id_once')],
                },
            ),
            migrations.CreateModel(
                name='BankCard',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('card_no', axle.platform.fields.EncryptedTextField(editable=True, mask='card')),
                    ('card_no_index', axle.platform.fields.BlindIndexField(db_index=True, editable=False, max_length=64, source='card_no')),
                    ('bank_code', models.CharField(blank=True, max_length=16)),
                    ('bank_name', models.CharField(max_length=60)),
                    ('reserved_phone', axle.platform.fields.EncryptedTextField(editable=True, mask='phone', null=True)),
                    ('is_default', models.BooleanField(default=False)),
                    ('state', models.CharField(choices=[('active', 'Active'), ('disabled', 'Disabled')], default='active', max_length=12)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_cards', to='party.customer')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('customer', 'card_no_index'), name='customer_card_once'), models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('customer',), name='customer_default_card_once'), models.CheckConstraint(condition=models.Q(('is_default', False), ('state', 'active'), _connector='OR'), name='customer_default_card_active')],
                },
            ),
            migrations.CreateModel(
                name='CustomerContact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=60)),
                    ('relation', models.CharField(choices=[('spouse', 'Spouse'), ('parent', 'Parent'), ('child', 'Child'), ('sibling', 'Sibling'), ('friend', 'Friend'), ('colleague', 'Colleague')], max_length=12)),
                    ('phone', axle.platform.fields.EncryptedTextField(editable=True, mask='phone')),
                    ('phone_index', axle.platform.fields.BlindIndexField(db_index=True, editable=False, max_length=64, source='phone')),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='party.customer')),
                ],
            ),
            migrations.CreateModel(
                name='CustomerDealer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('dealer_id', models.BigIntegerField()),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dealers', to='party.customer')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('dealer_id', 'customer'), name='customer_dealer_once')],
                },
            ),
            migrations.CreateModel(
                name='WatchEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('entry_no', models.CharField(max_length=24, unique=True)),
                    ('watch_list', models.CharField(choices=[('black', 'black'), ('grey', 'grey')], max_length=8)),
                    ('subject_kind', models.CharField(choices=[('id_no', 'id_no'), ('phone', 'phone'), ('card', 'card'), ('plate', 'plate'), ('vin', 'vin'), ('company', 'company'), ('device', 'device')], max_length=12)),
                    ('value', axle.platform.fields.EncryptedTextField(editable=True, mask='text')),
                    ('value_index', axle.platform.fields.BlindIndexField(db_index=True, editable=False, max_length=64, source='value')),
                    ('shown', models.CharField(max_length=100)),
                    ('name', models.CharField(blank=True, max_length=60)),
                    ('reason', models.CharField(choices=[('fraud', 'Fraud'), ('false_documents', 'False Documents'), ('loan_broker', 'Loan Broker'), ('identity_misused', 'Identity Misused'), ('serious_arrears', 'Serious Arrears'), ('vehicle_moved_away', 'Vehicle Moved Away'), ('court_debtor', 'Court Debtor'), ('authority', 'Authority'), ('other', 'Other')], max_length=24)),
                    ('source', models.CharField(choices=[('own', 'Own'), ('dealer', 'Dealer'), ('industry', 'Industry'), ('court', 'Court'), ('police', 'Police')], max_length=12)),
                    ('note', models.CharField(max_length=500)),
                    ('listed_on', models.DateField()),
                    ('expires_on', models.DateField(null=True)),
                    ('state', models.CharField(choices=[('listed', 'Listed'), ('lifted', 'Lifted'), ('expired', 'Expired')], default='listed', max_length=8)),
                    ('listed_by', models.CharField(max_length=64)),
                    ('lifted_by', models.CharField(blank=True, max_length=64)),
                    ('lifted_on', models.DateField(null=True)),
                    ('lift_note', models.CharField(blank=True, max_length=500)),
                ],
                options={
                    'indexes': [models.Index(fields=['listed_on', 'id'], name='watch_listed')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'listed')), fields=('value_index', 'subject_kind'), name='watch_value_once'), models.CheckConstraint(condition=models.Q(('expires_on__isnull', True), ('expires_on__gte', models.F('listed_on')), _connector='OR'), name='watch_dates')],
                },
            ),
            migrations.CreateModel(
                name='WatchMatch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('debtor', 'debtor'), ('contact', 'contact'), ('employer', 'employer'), ('vehicle', 'vehicle')], max_length=12)),
                    ('watch_list', models.CharField(choices=[('black', 'black'), ('grey', 'grey')], max_length=8)),
                    ('ref_type', models.CharField(max_length=16)),
                    ('ref_id', models.BigIntegerField()),
                    ('ref_no', models.CharField(max_length=24)),
                    ('on', models.DateField()),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='party.watchentry')),
                ],
                options={
                    'indexes': [models.Index(fields=['on', 'id'], name='watch_match_on')],
                    'constraints': [models.UniqueConstraint(fields=('ref_type', 'ref_id', 'entry', 'role'), name='watch_match_once')],
                },
            ),
        ),
    ]
