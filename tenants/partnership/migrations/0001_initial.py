import django.db.models.deletion
import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessibilityStatement',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('entity_name', models.CharField(max_length=300, verbose_name='nazwa podmiotu publicznego')),
                ('entity_address', models.CharField(blank=True, max_length=300, verbose_name='adres siedziby')),
                ('contact_name', models.CharField(blank=True, max_length=200, verbose_name='osoba lub komórka odpowiedzialna')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='adres e-mail')),
                ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name='telefon')),
                ('published_on', models.DateField(verbose_name='data publikacji strony')),
                ('updated_on', models.DateField(verbose_name='data ostatniej istotnej aktualizacji')),
                ('prepared_on', models.DateField(verbose_name='data sporządzenia deklaracji')),
                ('reviewed_on', models.DateField(verbose_name='data ostatniego przeglądu deklaracji')),
                ('conformity', models.CharField(choices=[('FULL', 'w pełni zgodna'), ('PARTIAL', 'częściowo zgodna'), ('NONE', 'niezgodna')], default='PARTIAL', max_length=7, verbose_name='zgodność z ustawą')),
                ('known_issues', models.TextField(blank=True, verbose_name='treści niedostępne')),
                ('architecture', models.TextField(blank=True, verbose_name='dostępność architektoniczna siedziby')),
                ('is_only', models.BooleanField(default=True, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('is_only', True)), name='accessibility_is_only'), models.CheckConstraint(condition=models.Q(('reviewed_on__gte', models.F('prepared_on'))), name='accessibility_review_later')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField(verbose_name='od')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('end_cause', models.CharField(blank=True, choices=[('RESIGNATION', 'rezygnacja'), ('DISSOLUTION', 'rozwiązanie Partnerstwa')], default='', max_length=11)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.organisation')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('from_on')), _connector='OR'), name='membership_from_before_end'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('organisation',), name='membership_one_open')],
            },
        ),
        migrations.CreateModel(
            name='Engagement',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField(verbose_name='od')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('level', models.CharField(choices=[('LEADING', 'wiodące'), ('FULL', 'stałe'), ('PARTIAL', 'częściowe'), ('ON_REQUEST', 'na wezwanie')], max_length=10, verbose_name='stopień zaangażowania')),
                ('reason', models.TextField(verbose_name='uzasadnienie')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='engagements', to='partnership.membership')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('from_on')), _connector='OR'), name='engagement_from_before_end'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('membership',), name='engagement_one_open')],
            },
        ),
        migrations.CreateModel(
            name='DesignatedWorker',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField(verbose_name='od')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('position', models.CharField(max_length=120, verbose_name='stanowisko')),
                ('indicated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='designations', to='people.person')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='designated', to='partnership.membership')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('from_on')), _connector='OR'), name='designatedworker_from_before_end'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('membership', 'person'), name='designated_once')],
            },
        ),
        migrations.CreateModel(
            name='MembershipFlag',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField(verbose_name='od')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('kind', models.CharField(choices=[('KEY', 'kluczowa, niezbędna we współpracy'), ('OCCASIONAL', 'współpracuje okazjonalnie'), ('DIAGNOSES', 'prowadzi systematyczną diagnozę'), ('OFFERS_SERVICES', 'oferuje usługi istotne dla kooperacji')], max_length=15, verbose_name='cecha')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flags', to='partnership.membership')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('from_on')), _connector='OR'), name='membershipflag_from_before_end'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('membership', 'kind'), name='flag_one_open')],
            },
        ),
        migrations.CreateModel(
            name='Partnership',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('area', models.CharField(max_length=200, verbose_name='terytorialny obszar działania')),
                ('lead_name', models.CharField(max_length=300, verbose_name='pełna nazwa ośrodka (Lidera)')),
                ('lead_address', models.CharField(blank=True, max_length=300, verbose_name='adres Lidera')),
                ('contact_email', models.EmailField(blank=True, default='', max_length=254, verbose_name='adres e-mail Lidera')),
                ('contact_phone', models.CharField(blank=True, default='', max_length=40, verbose_name='telefon Lidera')),
                ('state', models.CharField(choices=[('DRAFT', 'w przygotowaniu'), ('ACTIVE', 'działa'), ('DISSOLVED', 'rozwiązane')], default='DRAFT', max_length=9)),
                ('established_on', models.DateField(null=True, verbose_name='data powołania')),
                ('dissolved_on', models.DateField(null=True, verbose_name='data rozwiązania')),
                ('is_only', models.BooleanField(default=True, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('is_only', True)), name='partnership_is_only'), models.CheckConstraint(condition=models.Q(('state', 'DRAFT'), ('established_on__isnull', False), _connector='OR'), name='partnership_established'), models.CheckConstraint(condition=models.Q(models.Q(('dissolved_on__isnull', False), ('state', 'DISSOLVED')), models.Q(models.Q(('state', 'DISSOLVED'), _negated=True), ('dissolved_on__isnull', True)), _connector='OR'), name='partnership_dissolved_both_or_neither')],
            },
        ),
        migrations.CreateModel(
            name='PartnershipCoordinator',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField(verbose_name='od')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coordinators', to='partnership.membership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coordinates', to='people.person')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('from_on')), _connector='OR'), name='partnershipcoordinator_from_before_end'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('membership', 'person'), name='coordinator_once')],
            },
        ),
    ]
