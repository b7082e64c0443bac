import django.db.models.deletion
import django.db.models.functions.datetime
import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RegulationVersion',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('DRAFT', 'projekt'), ('VOTING', 'głosowanie trwa'), ('ADOPTED', 'przyjęty'), ('REJECTED', 'odrzucony'), ('WITHDRAWN', 'wycofany')], default='DRAFT', max_length=9)),
                ('number', models.PositiveIntegerField(null=True, unique=True, verbose_name='numer')),
                ('title', models.CharField(max_length=200, verbose_name='tytuł')),
                ('clauses', models.JSONField(default=list)),
                ('area', models.CharField(blank=True, default='', max_length=200, verbose_name='terytorialny obszar działania')),
                ('lead_name', models.CharField(blank=True, default='', max_length=300, verbose_name='pełna nazwa Lidera')),
                ('adopted_on', models.DateField(null=True, verbose_name='przyjęty w dniu')),
                ('adopted_place', models.CharField(blank=True, default='', max_length=100, verbose_name='miejsce przyjęcia')),
                ('in_force_from', models.DateField(null=True, verbose_name='obowiązuje od')),
                ('meetings_count', models.PositiveSmallIntegerField(default=1, verbose_name='liczba spotkań')),
                ('meetings_period', models.CharField(choices=[('MONTH', 'miesiąc'), ('QUARTER', 'kwartał'), ('HALF_YEAR', 'pół roku'), ('YEAR', 'rok')], default='QUARTER', max_length=9, verbose_name='w czasie')),
                ('place_policy', models.CharField(choices=[('FIXED', 'stałe miejsce'), ('ROTATING', 'kolejno u każdego z Partnerów')], default='FIXED', max_length=8, verbose_name='miejsce spotkań')),
                ('place', models.CharField(blank=True, default='', max_length=300, verbose_name='adres stałego miejsca spotkań')),
                ('risk_notice', models.CharField(choices=[('IMMEDIATELY', 'natychmiast'), ('WITHOUT_DELAY', 'niezwłocznie')], default='WITHOUT_DELAY', max_length=13, verbose_name='informowanie o ryzykach')),
                ('common_goal', models.TextField(blank=True, default='', verbose_name='wspólny cel')),
                ('organisational_frame', models.TextField(blank=True, default='', verbose_name='ramy organizacyjne')),
                ('information_exchange', models.TextField(blank=True, default='', verbose_name='kanały i zakres wymiany informacji')),
                ('knowledge_exchange', models.TextField(blank=True, default='', verbose_name='kanały i zakres wymiany wiedzy')),
                ('decision_process', models.TextField(blank=True, default='', verbose_name='przebieg procesu decyzyjnego')),
                ('monitoring_rules', models.TextField(blank=True, default='', verbose_name='zasady monitoringu i ewaluacji')),
                ('decision_days', models.PositiveSmallIntegerField(default=30, verbose_name='dni na decyzję o deklaracji')),
                ('majority_base', models.CharField(choices=[('FIRST_RESIGNATION', 'kooperanci w dniu pierwszej liczonej rezygnacji'), ('EVER_JOINED', 'wszyscy, którzy kiedykolwiek przystąpili')], default='FIRST_RESIGNATION', max_length=17, verbose_name='podstawa większości rezygnacji')),
                ('resignation_effect', models.CharField(choices=[('RECEIVED', 'w dniu wpływu do Lidera'), ('DAYS_AFTER', 'po liczbie dni od wpływu'), ('END_OF_MONTH', 'z końcem miesiąca, w którym wpłynęła')], default='RECEIVED', max_length=12, verbose_name='skutek rezygnacji')),
                ('resignation_days', models.PositiveSmallIntegerField(default=0, verbose_name='dni do skutku rezygnacji')),
                ('guest_consent', models.CharField(choices=[('NO_OBJECTION', 'gdy nikt się nie sprzeciwi w terminie'), ('MAJORITY', 'gdy zgodzi się ponad połowa kooperantów'), ('ALL', 'gdy zgodzą się wszyscy kooperanci')], default='NO_OBJECTION', max_length=12, verbose_name='zgoda na gości')),
                ('guest_days', models.PositiveSmallIntegerField(default=3, verbose_name='dni roboczych na sprzeciw')),
                ('email_is_meeting', models.BooleanField(default=False, verbose_name='sesja e-mailowa liczy się jako spotkanie')),
                ('justification', models.TextField(blank=True, default='', verbose_name='uzasadnienie zmiany')),
                ('voting_from', models.DateField(null=True, verbose_name='głosowanie od')),
                ('voting_until', models.DateField(null=True, verbose_name='głosowanie do')),
                ('closed_on', models.DateField(null=True, verbose_name='zakończono bez przyjęcia')),
                ('reason', models.TextField(blank=True, default='', verbose_name='powód wycofania')),
                ('template_number', models.PositiveIntegerField(null=True, verbose_name='szablon regionalny')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('version', models.PositiveIntegerField(default=0)),
                ('amends', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regulation.regulationversion')),
                ('signed_file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(models.F('state'), condition=models.Q(('state__in', ['DRAFT', 'VOTING'])), name='regulation_one_of_each_open_state'), models.CheckConstraint(condition=models.Q(models.Q(('adopted_on__isnull', False), ('in_force_from__isnull', False), ('number__isnull', False), ('state', 'ADOPTED')), models.Q(models.Q(('state', 'ADOPTED'), _negated=True), ('number__isnull', True)), _connector='OR'), name='regulation_adopted_whole'), models.CheckConstraint(condition=models.Q(('in_force_from__isnull', True), ('in_force_from__gte', models.F('adopted_on')), _connector='OR'), name='regulation_adopted_before_in_force'), models.CheckConstraint(condition=models.Q(('voting_until__isnull', True), ('voting_until__gte', models.F('voting_from')), _connector='OR'), name='regulation_voting_days'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'WITHDRAWN'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='regulation_withdrawn_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='RegulationBallot',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=300)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('regulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='regulation.regulationversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regulation', 'organisation'), name='ballot_once'), models.UniqueConstraint(condition=models.Q(('organisation__isnull', True)), fields=('regulation',), name='ballot_of_lead_once')],
            },
        ),
        migrations.CreateModel(
            name='RegulationAcknowledgement',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('regulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgements', to='regulation.regulationversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regulation', 'person'), name='acknowledged_once')],
            },
        ),
        migrations.CreateModel(
            name='RegulationVote',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('choice', models.CharField(choices=[('YES', 'za'), ('NO', 'przeciw'), ('ABSTAIN', 'wstrzymuje się')], max_length=7)),
                ('cast_on', models.DateField(verbose_name='data głosu')),
                ('mode', models.CharField(choices=[('HERE', 'oddany tutaj, na własnym koncie'), ('PAPER_SCAN', 'na piśmie (skan; oryginał przechowuje Lider)')], max_length=10)),
                ('actor_name', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('ballot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='vote', to='regulation.regulationballot')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('mode', 'HERE'), ('file__isnull', False), _connector='OR'), name='paper_vote_has_scan')],
            },
        ),
    ]
