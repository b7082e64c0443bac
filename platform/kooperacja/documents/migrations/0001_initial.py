import django.db.models.deletion
import django.db.models.functions.datetime
import kooperacja.crypto.fields
import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('original_name', models.CharField(max_length=150)),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('path', models.CharField(max_length=60, unique=True)),
                ('stored_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('stored_by_account_id', models.UUIDField(null=True)),
                ('stored_by_name', models.CharField(max_length=200)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('content_type__in', ['application/pdf', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'])), name='file_of_a_known_type'), models.CheckConstraint(condition=models.Q(('path__regex', '^\\d{4}/[0-9a-f-]{36}$')), name='file_path_is_generated')],
            },
        ),
        migrations.CreateModel(
            name='SignatureReport',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('verdict', models.CharField(choices=[('ABSENT', 'bez podpisu elektronicznego'), ('INTACT', 'dokument nie zmienił się od podpisania'), ('BROKEN', 'dokument zmieniono po podpisaniu'), ('UNREADABLE', 'podpisu nie udało się odczytać')], max_length=10)),
                ('signatures', kooperacja.crypto.fields.EncryptedJSONField()),
                ('checked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signature_report', to='documents.storedfile')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OfficeTemplate',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('version', models.PositiveIntegerField()),
                ('fields', models.JSONField(null=True)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('made_by_name', models.CharField(max_length=200)),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
            ],
            options={
                'ordering': ['-version'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'version'), name='office_template_once')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('subject', models.UUIDField()),
                ('version', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('context', kooperacja.crypto.fields.EncryptedJSONField()),
                ('frozen_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('office_template', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.officetemplate')),
                ('docx', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('pdf', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'subject', 'version'), name='one_document_a_version'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='versions_from_one')],
            },
        ),
    ]
