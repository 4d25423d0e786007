"""The tables."""

import django.db.models.deletion
from django.db import migrations, models

import axle.platform.fields


class Migration(migrations.Migration):

    replaces = [('product', '0001_initial'), ('product', '0003_draft_terms')]

    initial = True

    dependencies = [
        ('platform', '0001_tables'),
    ]

    operations = [
        axle.platform.fields.CreateTables(
            migrations.CreateModel(
                name='Product',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=40, unique=True)),
                    ('name_zh', models.CharField(max_length=80)),
                    ('name_en', models.CharField(max_length=80)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('legal_entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.legalentity')),
                ],
            ),
            migrations.CreateModel(
                name='ProductVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version_no', models.PositiveIntegerField()),
                    ('note', models.CharField(blank=True, max_length=200)),
                    ('created_by', models.CharField(max_length=80)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('activated_by', models.CharField(blank=True, max_length=80)),
                    ('effective_from', models.DateField(blank=True, null=True)),
                    ('retired_on', models.DateField(blank=True, null=True)),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('active', 'Active'), ('retired', 'Retired')], default='draft', max_length=12)),
                    ('terms', models.JSONField()),
                    ('revision', models.PositiveIntegerField(default=1)),
                    ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='product.product')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('product', 'version_no'), name='product_version_no_once'), models.UniqueConstraint(condition=models.Q(('state', 'active')), fields=('product',), name='product_version_active_once'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('effective_from__isnull', False), _connector='OR'), name='product_version_dated_when_active')],
                },
            ),
        ),
    ]
