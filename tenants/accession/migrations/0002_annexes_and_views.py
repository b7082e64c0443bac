import django.db.models.deletion
import django.db.models.functions.datetime
import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accession', '0001_initial'),
        ('documents', '0004_signed_containers'),
        ('people', '0002_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='ViewWithheld',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reason', models.TextField(verbose_name='powód')),
                ('withheld_by_name', models.CharField(max_length=200)),
                ('withheld_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DeclarationAnnex',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('POWER', 'pełnomocnictwo'), ('OTHER', 'inny załącznik')], max_length=5, verbose_name='rodzaj')),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('removed_at', models.DateTimeField(null=True)),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='annexes', to='accession.accessiondeclaration')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('filed_with', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='annexes', to='accession.declarationstep')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('filed_with__isnull', True), ('removed_at__isnull', True), _connector='OR'), name='annex_filed_stays')],
            },
        ),
    ]
