import django.core.serializers.json
import django.utils.timezone
import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('outbox_id', models.UUIDField(unique=True)),
                ('account_id', models.UUIDField(null=True)),
                ('email', models.EmailField(max_length=254)),
                ('code', models.CharField(max_length=60)),
                ('sent_at', models.DateTimeField(auto_now_add=True)),
                ('message_id', models.CharField(max_length=320)),
            ],
            options={
                'verbose_name_plural': 'deliveries',
                'ordering': ['-sent_at'],
            },
        ),
        migrations.CreateModel(
            name='Outgoing',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=30)),
                ('payload', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('dedupe', models.CharField(max_length=200, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('available_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('last_error', models.CharField(blank=True, max_length=200)),
                ('done_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['available_at', 'id'],
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('done_at__isnull', True)), fields=['available_at', 'id'], name='notifications_outgoing_waiting')],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('account_id', models.UUIDField()),
                ('code', models.CharField(max_length=60)),
                ('channel', models.CharField(choices=[('EMAIL', 'e-mail')], max_length=5)),
                ('is_on', models.BooleanField()),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account_id', 'code', 'channel'), name='preference_once')],
            },
        ),
    ]
