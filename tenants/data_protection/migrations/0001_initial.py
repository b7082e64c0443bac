import django.db.models.deletion
import django.db.models.functions.datetime
import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('people', '0001_initial'),
        ('regulation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConfidentialityStatement',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField(verbose_name='od')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('recorded_by_name', models.CharField(max_length=200)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confidentiality', to='people.person')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('from_on')), _connector='OR'), name='confidentialitystatement_from_before_end'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('person', 'organisation'), name='confidentiality_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='DataProcessingAgreement',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField(verbose_name='od')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('end_reason', models.CharField(blank=True, max_length=300, verbose_name='powód zakończenia')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('kind', models.CharField(choices=[('ENTRUSTMENT', 'umowa powierzenia (art. 28 RODO)'), ('JOINT', 'uzgodnienia współadministratorów (art. 26 RODO)')], max_length=11, verbose_name='rodzaj')),
                ('scope', models.CharField(choices=[('FAMILIES', 'dane osób i rodzin w zespołach (ZZK i GGK)'), ('CONTACTS', 'dane kontaktowe osób z Partnerstwa')], max_length=8, verbose_name='zakres danych')),
                ('case_mark', models.CharField(blank=True, max_length=60, verbose_name='znak sprawy')),
                ('purpose', models.TextField(verbose_name='przedmiot i cel przetwarzania')),
                ('data_kinds', models.TextField(verbose_name='rodzaje danych')),
                ('person_categories', models.TextField(verbose_name='kategorie osób')),
                ('signed_on', models.DateField(verbose_name='data podpisania')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='people.organisation')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('from_on')), _connector='OR'), name='dataprocessingagreement_from_before_end')],
            },
        ),
        migrations.CreateModel(
            name='DataRulesAcknowledgement',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('text_sha256', models.CharField(max_length=64)),
                ('read_on', models.DateField()),
                ('recorded_by_name', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_rules', to='people.person')),
                ('regulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regulation.regulationversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'text_sha256'), name='data_rules_once')],
            },
        ),
        migrations.CreateModel(
            name='ProcessingAuthorisation',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField(verbose_name='od')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('end_reason', models.CharField(blank=True, max_length=300, verbose_name='powód zakończenia')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='numer w rejestrze')),
                ('position', models.CharField(max_length=120, verbose_name='stanowisko')),
                ('scope', models.CharField(choices=[('FAMILIES', 'dane osób i rodzin w zespołach (ZZK i GGK)'), ('CONTACTS', 'dane kontaktowe osób z Partnerstwa')], max_length=8, verbose_name='zakres danych')),
                ('purpose', models.CharField(max_length=300, verbose_name='cel')),
                ('granted_by_name', models.CharField(max_length=200, verbose_name='nadał(a)')),
                ('granted_on', models.DateField(verbose_name='data nadania')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='authorisations', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorisations', to='people.person')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('from_on')), _connector='OR'), name='processingauthorisation_from_before_end'), models.CheckConstraint(condition=models.Q(('from_on__gte', models.F('granted_on'))), name='authorisation_granted_first')],
            },
        ),
    ]
