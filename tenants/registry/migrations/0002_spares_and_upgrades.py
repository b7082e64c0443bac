"""Schemas made in advance, and the attempts to bring those of tenants to a newer version."""

import django.db.models.deletion
import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Spare',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('schema_name', models.CharField(max_length=40, unique=True)),
                ('role_name', models.CharField(max_length=63, unique=True)),
                ('ddl', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['made_at', 'id'],
            },
        ),
        # One text before, a list of statements now; what is empty is rendered again when needed.
        migrations.RunSQL("UPDATE registry_schemaversion SET statements = '[]'", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='schemaversion',
            name='statements',
            field=models.JSONField(),
        ),
        migrations.CreateModel(
            name='Upgrade',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('before', models.CharField(max_length=64)),
                ('after', models.CharField(max_length=64)),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('failed_in', models.CharField(blank=True, max_length=200)),
                ('error', models.CharField(blank=True, max_length=500)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='upgrades', to='registry.tenant')),
            ],
            options={
                'ordering': ['-began_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('began_at')), _connector='OR'), name='upgrade_ends_after_start')],
            },
        ),
    ]
