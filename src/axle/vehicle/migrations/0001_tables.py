"""The tables."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import axle.platform.fields


class Migration(migrations.Migration):

    replaces = [('vehicle', '0001_initial'), ('vehicle', '0003_list_indexes')]

    initial = True

    dependencies = [
        ('platform', '0001_tables'),
    ]

    operations = [
        axle.platform.fields.CreateTables(
            migrations.CreateModel(
                name='Trim',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('make', models.CharField(max_length=40)),
                    ('series', models.CharField(max_length=60)),
                    ('model_year', models.PositiveSmallIntegerField()),
                    ('name', models.CharField(max_length=100)),
                    ('guide_price', axle.platform.fields.FenField()),
                    ('energy', models.CharField(choices=[('petrol', 'Petrol'), ('diesel', 'Diesel'), ('hybrid', 'Hybrid'), ('plug_in', 'Plug In'), ('electric', 'Electric')], max_length=12)),
                    ('vehicle_class', models.CharField(choices=[('passenger', 'Passenger'), ('light_truck', 'Light Truck'), ('heavy_truck', 'Heavy Truck')], default='passenger', max_length=16)),
                    ('is_on_sale', models.BooleanField(default=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('make', 'series', 'model_year', 'name'), name='trim_once')],
                },
            ),
            migrations.CreateModel(
                name='Vehicle',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('vin', models.CharField(max_length=17, unique=True)),
                    ('is_new', models.BooleanField()),
                    ('use', models.CharField(choices=[('private', 'Private'), ('commercial', 'Commercial')], default='private', max_length=12)),
                    ('price', axle.platform.fields.FenField()),
                    ('plate_no', models.CharField(blank=True, max_length=10)),
                    ('engine_no', models.CharField(blank=True, max_length=30)),
                    ('colour', models.CharField(blank=True, max_length=20)),
                    ('first_registered_on', models.DateField(blank=True, null=True)),
                    ('mileage_km', models.PositiveIntegerField(blank=True, null=True)),
                    ('dealer_id', models.BigIntegerField(db_index=True, help_text='the channel that entered it', null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.department')),
                    ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='platform.employee')),
                    ('trim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vehicle.trim')),
                ],
                options={
                    'indexes': [models.Index(fields=['-created_at'], name='vehicle_latest'), models.Index(fields=['price', 'id'], name='vehicle_price'), models.Index(fields=['is_new', '-created_at'], name='vehicle_new'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('vin'), name='text_pattern_ops'), name='vehicle_vin_prefix'), models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('plate_no'), name='text_pattern_ops'), name='vehicle_plate_prefix')],
                },
            ),
            migrations.CreateModel(
                name='Appraisal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('value', axle.platform.fields.FenField()),
                    ('condition', models.CharField(choices=[('A', 'A'), ('B', 'B'), ('C', 'C'), ('D', 'D')], max_length=1)),
                    ('note', models.CharField(blank=True, max_length=500)),
                    ('appraised_on', models.DateField()),
                    ('appraiser_name', models.CharField(max_length=64)),
                    ('appraiser_id', models.BigIntegerField(null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('vehicle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appraisals', to='vehicle.vehicle')),
                ],
            ),
        ),
    ]
