import django.db.models.deletion
import django.db.models.functions.datetime
import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=300, verbose_name='pełna nazwa')),
                ('sector', models.CharField(choices=[('SOCIAL', 'pomoc społeczna'), ('EDUCATION', 'edukacja'), ('HEALTH', 'zdrowie'), ('SAFETY', 'policja i bezpieczeństwo'), ('JUSTICE', 'wymiar sprawiedliwości'), ('LABOUR', 'rynek pracy'), ('CULTURE', 'kultura i sport'), ('HOUSING', 'mieszkalnictwo'), ('NGO', 'organizacje pozarządowe'), ('CHURCH', 'kościoły'), ('LOCAL_GOVERNMENT', 'jednostki samorządu'), ('OTHER', 'inne')], max_length=16, verbose_name='sektor')),
                ('legal_form', models.CharField(blank=True, max_length=120, verbose_name='forma prawna')),
                ('nip', models.CharField(blank=True, max_length=10, verbose_name='NIP')),
                ('regon', models.CharField(blank=True, max_length=14, verbose_name='REGON')),
                ('krs', models.CharField(blank=True, max_length=10, verbose_name='KRS')),
                ('street', models.CharField(blank=True, max_length=200, verbose_name='ulica i numer')),
                ('postal_code', models.CharField(blank=True, max_length=6, verbose_name='kod pocztowy')),
                ('city', models.CharField(max_length=100, verbose_name='miejscowość')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adres e-mail')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telefon')),
                ('website', models.URLField(blank=True, verbose_name='strona internetowa')),
                ('edelivery', models.CharField(blank=True, max_length=40, verbose_name='adres do e-Doręczeń')),
                ('competences', models.TextField(blank=True, default='', verbose_name='kompetencje')),
                ('ways_of_working', models.TextField(blank=True, default='', verbose_name='sposoby działania')),
                ('legal_basis', models.TextField(blank=True, default='', verbose_name='podstawa prawna działania')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('version', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('regon', ''), _negated=True), fields=('regon',), name='organisation_regon_once')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('full_name', models.CharField(max_length=200, verbose_name='imię i nazwisko')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adres e-mail')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telefon')),
                ('account_id', models.UUIDField(editable=False, null=True, unique=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('version', models.PositiveIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['email'], name='person_email')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField(verbose_name='od')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('function', models.CharField(max_length=120, verbose_name='funkcja')),
                ('is_head', models.BooleanField(default=False, verbose_name='kieruje instytucją')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='people.person')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('from_on')), _connector='OR'), name='post_from_before_end'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('person', 'organisation', 'function'), name='post_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='RoleAssignment',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField(verbose_name='od')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('role', models.CharField(choices=[('ROPS_COORDINATOR', 'koordynator ROPS'), ('TENANT_ADMIN', 'administrator OPS'), ('LEAD', 'Lider'), ('NETWORK_OFFICER', 'pracownik ds. sieci'), ('SOCIAL_WORKER', 'pracownik socjalny'), ('PARTNER_COORDINATOR', 'koordynator Partnerstwa'), ('PARTNER_HEAD', 'kierujący instytucją'), ('PARTNER_WORKER', 'pracownik kooperanta'), ('APPLICANT', 'składający deklarację'), ('DPO', 'inspektor ochrony danych')], max_length=20, verbose_name='rola')),
                ('granted_by', models.CharField(max_length=200)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='role_assignments', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_assignments', to='people.person')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('from_on')), _connector='OR'), name='roleassignment_from_before_end'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('person', 'role', 'organisation'), name='role_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', True), ('role__in', ['DPO', 'LEAD', 'NETWORK_OFFICER', 'SOCIAL_WORKER', 'TENANT_ADMIN'])), models.Q(('organisation__isnull', False), ('role__in', ['APPLICANT', 'PARTNER_COORDINATOR', 'PARTNER_HEAD', 'PARTNER_WORKER'])), _connector='OR'), name='role_of_office_or_partner')],
            },
        ),
    ]
