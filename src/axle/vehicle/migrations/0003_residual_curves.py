"""What used cars are worth by model and age."""

import django.db.models.deletion
from django.db import migrations, models

import axle.platform.fields
from axle.platform.fields import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('vehicle', '0002_rules'),
    ]

    operations = [
        migrations.CreateModel(
            name='ResidualCurve',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('curve_no', models.CharField(max_length=24, unique=True)),
                ('source', models.CharField(max_length=80)),
                ('cars', models.PositiveIntegerField()),
                ('left_out', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('active', 'Active'), ('superseded', 'Superseded')], default='draft', max_length=12)),
                ('drafted_by', models.CharField(max_length=80)),
                ('drafted_by_id', models.BigIntegerField(null=True)),
                ('drafted_at', models.DateTimeField(auto_now_add=True)),
                ('activated_by', models.CharField(blank=True, max_length=80)),
                ('activated_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['-drafted_at'], name='residual_curve_latest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'active')), fields=('state',), name='residual_active_once')],
            },
        ),
        migrations.CreateModel(
            name='ResidualPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('make', models.CharField(blank=True, max_length=40)),
                ('series', models.CharField(blank=True, max_length=60)),
                ('age_months', models.PositiveSmallIntegerField()),
                ('low', axle.platform.fields.RateField(decimal_places=8, max_digits=12)),
                ('middle', axle.platform.fields.RateField(decimal_places=8, max_digits=12)),
                ('high', axle.platform.fields.RateField(decimal_places=8, max_digits=12)),
                ('cars', models.PositiveIntegerField()),
                ('curve', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='points', to='vehicle.residualcurve')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('curve', 'make', 'series', 'age_months'), name='residual_point_once')],
            },
        ),
        append_only('vehicle_residualpoint'),
    ]
