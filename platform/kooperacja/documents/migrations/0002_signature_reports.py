import django.db.models.deletion
import django.db.models.functions.datetime
import kooperacja.crypto.fields
import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_initial'),
    ]

    operations = [
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
    ]
