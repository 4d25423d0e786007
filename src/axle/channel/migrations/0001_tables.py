"""The tables."""

import django.db.models.deletion
from django.db import migrations, models

import axle.platform.fields


class Migration(migrations.Migration):

    replaces = [('channel', '0001_initial')]

    initial = True

    dependencies = [
        ('platform', '0001_tables'),
    ]

    operations = [
        axle.platform.fields.CreateTables(
            migrations.CreateModel(
                name='Dealer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('dealer_no', models.CharField(max_length=24, unique=True)),
                    ('name', models.CharField(max_length=128)),
                    ('uscc', models.CharField(max_length=18, unique=True)),
                    ('region', models.CharField(db_index=True, help_text='GB/T 2260 city code', max_length=6)),
                    ('grade', models.CharField(choices=[('A', 'A'), ('B', 'B'), ('C', 'C'), ('D', 'D')], default='C', max_length=1)),
                    ('state', models.CharField(choices=[('pending', 'pending'), ('active', 'active'), ('suspended', 'suspended'), ('exited', 'exited')], default='pending', max_length=12)),
                    ('contact_name', models.CharField(max_length=64)),
                    ('contact_phone', axle.platform.fields.EncryptedTextField(editable=True, mask='phone')),
                    ('account_name', models.CharField(blank=True, max_length=128)),
                    ('account_bank', models.CharField(blank=True, max_length=64)),
                    ('account_no', axle.platform.fields.EncryptedTextField(editable=True, mask='card', null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.department')),
                    ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.employee')),
                ],
                options={
                    'indexes': [models.Index(fields=['state', '-created_at'], name='dealer_by_state')],
                },
            ),
        ),
    ]
