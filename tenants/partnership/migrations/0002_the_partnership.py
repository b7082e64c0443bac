import django.db.models.deletion
import django.db.models.functions.datetime
import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_initial'),
        ('partnership', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='accessiondeclaration',
            name='applicant',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.person'),
        ),
        migrations.AddField(
            model_name='membership',
            name='end_cause',
            field=models.CharField(blank=True, choices=[('RESIGNATION', 'rezygnacja'), ('DISSOLUTION', 'rozwiązanie Partnerstwa')], default='', max_length=11),
        ),
        migrations.AddField(
            model_name='organisation',
            name='competences',
            field=models.TextField(blank=True, default='', verbose_name='kompetencje'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='legal_basis',
            field=models.TextField(blank=True, default='', verbose_name='podstawa prawna działania'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='ways_of_working',
            field=models.TextField(blank=True, default='', verbose_name='sposoby działania'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='contact_email',
            field=models.EmailField(blank=True, default='', max_length=254, verbose_name='adres e-mail Lidera'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='contact_phone',
            field=models.CharField(blank=True, default='', max_length=40, verbose_name='telefon Lidera'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='adopted_on',
            field=models.DateField(null=True, verbose_name='przyjęty w dniu'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='adopted_place',
            field=models.CharField(blank=True, default='', max_length=100, verbose_name='miejsce przyjęcia'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='amends',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.regulationversion'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='area',
            field=models.CharField(blank=True, default='', max_length=200, verbose_name='terytorialny obszar działania'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='clauses',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='closed_on',
            field=models.DateField(null=True, verbose_name='zakończono bez przyjęcia'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='common_goal',
            field=models.TextField(blank=True, default='', verbose_name='wspólny cel'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='created_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='decision_process',
            field=models.TextField(blank=True, default='', verbose_name='przebieg procesu decyzyjnego'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='email_is_meeting',
            field=models.BooleanField(default=False, verbose_name='sesja e-mailowa liczy się jako spotkanie'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='guest_consent',
            field=models.CharField(choices=[('NO_OBJECTION', 'gdy nikt się nie sprzeciwi w terminie'), ('MAJORITY', 'gdy zgodzi się ponad połowa kooperantów'), ('ALL', 'gdy zgodzą się wszyscy kooperanci')], default='NO_OBJECTION', max_length=12, verbose_name='zgoda na gości'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='guest_days',
            field=models.PositiveSmallIntegerField(default=3, verbose_name='dni roboczych na sprzeciw'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='information_exchange',
            field=models.TextField(blank=True, default='', verbose_name='kanały i zakres wymiany informacji'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='justification',
            field=models.TextField(blank=True, default='', verbose_name='uzasadnienie zmiany'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='knowledge_exchange',
            field=models.TextField(blank=True, default='', verbose_name='kanały i zakres wymiany wiedzy'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='lead_name',
            field=models.CharField(blank=True, default='', max_length=300, verbose_name='pełna nazwa Lidera'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='majority_base',
            field=models.CharField(choices=[('FIRST_RESIGNATION', 'kooperanci w dniu pierwszej liczonej rezygnacji'), ('EVER_JOINED', 'wszyscy, którzy kiedykolwiek przystąpili')], default='FIRST_RESIGNATION', max_length=17, verbose_name='podstawa większości rezygnacji'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='meetings_count',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='liczba spotkań'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='meetings_period',
            field=models.CharField(choices=[('MONTH', 'miesiąc'), ('QUARTER', 'kwartał'), ('HALF_YEAR', 'pół roku'), ('YEAR', 'rok')], default='QUARTER', max_length=9, verbose_name='w czasie'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='monitoring_rules',
            field=models.TextField(blank=True, default='', verbose_name='zasady monitoringu i ewaluacji'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='organisational_frame',
            field=models.TextField(blank=True, default='', verbose_name='ramy organizacyjne'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='place',
            field=models.CharField(blank=True, default='', max_length=300, verbose_name='adres stałego miejsca spotkań'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='place_policy',
            field=models.CharField(choices=[('FIXED', 'stałe miejsce'), ('ROTATING', 'kolejno u każdego z Partnerów')], default='FIXED', max_length=8, verbose_name='miejsce spotkań'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='reason',
            field=models.TextField(blank=True, default='', verbose_name='powód wycofania'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='resignation_days',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='dni do skutku rezygnacji'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='resignation_effect',
            field=models.CharField(choices=[('RECEIVED', 'w dniu wpływu do Lidera'), ('DAYS_AFTER', 'po liczbie dni od wpływu'), ('END_OF_MONTH', 'z końcem miesiąca, w którym wpłynęła')], default='RECEIVED', max_length=12, verbose_name='skutek rezygnacji'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='risk_notice',
            field=models.CharField(choices=[('IMMEDIATELY', 'natychmiast'), ('WITHOUT_DELAY', 'niezwłocznie')], default='WITHOUT_DELAY', max_length=13, verbose_name='informowanie o ryzykach'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='signed_file',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='state',
            field=models.CharField(choices=[('DRAFT', 'projekt'), ('VOTING', 'głosowanie trwa'), ('ADOPTED', 'przyjęty'), ('REJECTED', 'odrzucony'), ('WITHDRAWN', 'wycofany')], default='DRAFT', max_length=9),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='template_number',
            field=models.PositiveIntegerField(null=True, verbose_name='szablon regionalny'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='voting_from',
            field=models.DateField(null=True, verbose_name='głosowanie od'),
        ),
        migrations.AddField(
            model_name='regulationversion',
            name='voting_until',
            field=models.DateField(null=True, verbose_name='głosowanie do'),
        ),
        migrations.AlterField(
            model_name='regulationversion',
            name='decision_days',
            field=models.PositiveSmallIntegerField(default=30, verbose_name='dni na decyzję o deklaracji'),
        ),
        migrations.AlterField(
            model_name='regulationversion',
            name='in_force_from',
            field=models.DateField(null=True, verbose_name='obowiązuje od'),
        ),
        migrations.AlterField(
            model_name='regulationversion',
            name='number',
            field=models.PositiveIntegerField(null=True, unique=True, verbose_name='numer'),
        ),
        migrations.AddConstraint(
            model_name='regulationversion',
            constraint=models.UniqueConstraint(models.F('state'), condition=models.Q(('state__in', ['DRAFT', 'VOTING'])), name='regulation_one_of_each_open_state'),
        ),
        migrations.AddConstraint(
            model_name='regulationversion',
            constraint=models.CheckConstraint(condition=models.Q(('voting_until__isnull', True), ('voting_until__gte', models.F('voting_from')), _connector='OR'), name='regulation_voting_days'),
        ),
        migrations.AddConstraint(
            model_name='regulationversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'WITHDRAWN'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='regulation_withdrawn_with_reason'),
        ),
        migrations.CreateModel(
            name='CommunityResource',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField(verbose_name='od')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('name', models.CharField(max_length=300, verbose_name='nazwa')),
                ('kind', models.CharField(choices=[('FIRE_BRIGADE', 'ochotnicza straż pożarna'), ('RURAL_WOMEN', 'koło gospodyń wiejskich'), ('VILLAGE_HEAD', 'sołtys, rada sołecka'), ('VOLUNTEERS', 'wolontariusze'), ('PARISH', 'parafia'), ('CLUB', 'klub, stowarzyszenie zwykłe'), ('BUSINESS', 'przedsiębiorca'), ('OTHER', 'inne')], max_length=12, verbose_name='rodzaj')),
                ('area', models.CharField(blank=True, max_length=200, verbose_name='miejscowość, sołectwo')),
                ('offers', models.TextField(verbose_name='w czym może pomóc')),
                ('contact_name', models.CharField(blank=True, max_length=200, verbose_name='osoba do kontaktu')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='adres e-mail')),
                ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name='telefon')),
                ('version', models.PositiveIntegerField(default=0)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('from_on')), _connector='OR'), name='communityresource_from_before_end')],
            },
        ),
        migrations.CreateModel(
            name='ConfidentialityStatement',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField(verbose_name='od')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('recorded_by_name', models.CharField(max_length=200)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confidentiality', to='partnership.person')),
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
                ('kind', models.CharField(choices=[('ENTRUSTMENT', 'umowa powierzenia (art. 28 RODO)'), ('JOINT', 'uzgodnienia współadministratorów (art. 26 RODO)')], max_length=11, verbose_name='rodzaj')),
                ('scope', models.CharField(choices=[('FAMILIES', 'dane osób i rodzin w zespołach (ZZK i GGK)'), ('CONTACTS', 'dane kontaktowe osób z Partnerstwa')], max_length=8, verbose_name='zakres danych')),
                ('case_mark', models.CharField(blank=True, max_length=60, verbose_name='znak sprawy')),
                ('purpose', models.TextField(verbose_name='przedmiot i cel przetwarzania')),
                ('data_kinds', models.TextField(verbose_name='rodzaje danych')),
                ('person_categories', models.TextField(verbose_name='kategorie osób')),
                ('signed_on', models.DateField(verbose_name='data podpisania')),
                ('end_reason', models.CharField(blank=True, max_length=300, verbose_name='powód zakończenia')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='partnership.organisation')),
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
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_rules', to='partnership.person')),
                ('regulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.regulationversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'text_sha256'), name='data_rules_once')],
            },
        ),
        migrations.CreateModel(
            name='DesignatedWorker',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField(verbose_name='od')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('position', models.CharField(max_length=120, verbose_name='stanowisko')),
                ('indicated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.person')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='designated', to='partnership.membership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='designations', to='partnership.person')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('from_on')), _connector='OR'), name='designatedworker_from_before_end'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('membership', 'person'), name='designated_once')],
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
            name='ProcessingAuthorisation',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField(verbose_name='od')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='numer w rejestrze')),
                ('position', models.CharField(max_length=120, verbose_name='stanowisko')),
                ('scope', models.CharField(choices=[('FAMILIES', 'dane osób i rodzin w zespołach (ZZK i GGK)'), ('CONTACTS', 'dane kontaktowe osób z Partnerstwa')], max_length=8, verbose_name='zakres danych')),
                ('purpose', models.CharField(max_length=300, verbose_name='cel')),
                ('granted_by_name', models.CharField(max_length=200, verbose_name='nadał(a)')),
                ('granted_on', models.DateField(verbose_name='data nadania')),
                ('end_reason', models.CharField(blank=True, max_length=300, verbose_name='powód zakończenia')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='authorisations', to='partnership.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorisations', to='partnership.person')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('from_on')), _connector='OR'), name='processingauthorisation_from_before_end'), models.CheckConstraint(condition=models.Q(('from_on__gte', models.F('granted_on'))), name='authorisation_granted_first')],
            },
        ),
        migrations.CreateModel(
            name='Recruitment',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('origin', models.CharField(choices=[('OFFICE', 'zaproszenie Lidera'), ('PUBLIC_PAGE', 'zgłoszenie ze strony Partnerstwa'), ('NEED', 'potrzeba zgłoszona przez zespół')], max_length=11)),
                ('state', models.CharField(choices=[('ASKED', 'zgłosiła się'), ('INVITED', 'zaproszona'), ('REPLIED', 'odpowiedziała'), ('JOINED', 'przystąpiła'), ('DECLINED', 'odmówiła'), ('CLOSED', 'zamknięta')], default='INVITED', max_length=8)),
                ('institution_name', models.CharField(max_length=300, verbose_name='nazwa instytucji')),
                ('sector', models.CharField(blank=True, choices=[('SOCIAL', 'pomoc społeczna'), ('EDUCATION', 'edukacja'), ('HEALTH', 'zdrowie'), ('SAFETY', 'policja i bezpieczeństwo'), ('JUSTICE', 'wymiar sprawiedliwości'), ('LABOUR', 'rynek pracy'), ('CULTURE', 'kultura i sport'), ('HOUSING', 'mieszkalnictwo'), ('NGO', 'organizacje pozarządowe'), ('CHURCH', 'kościoły'), ('LOCAL_GOVERNMENT', 'jednostki samorządu'), ('OTHER', 'inne')], max_length=16, verbose_name='sektor')),
                ('contact_name', models.CharField(blank=True, max_length=200, verbose_name='imię i nazwisko')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='adres e-mail')),
                ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name='telefon')),
                ('message', models.TextField(blank=True, verbose_name='wiadomość')),
                ('began_on', models.DateField(verbose_name='od dnia')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('version', models.PositiveIntegerField(default=0)),
                ('declaration', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recruitments', to='partnership.accessiondeclaration')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recruitments', to='partnership.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'began_on'], name='recruitment_state')],
            },
        ),
        migrations.CreateModel(
            name='RecruitmentStep',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('ASKED', 'zgłosiła się'), ('INVITED', 'zaproszona'), ('REPLIED', 'odpowiedziała'), ('JOINED', 'przystąpiła'), ('DECLINED', 'odmówiła'), ('CLOSED', 'zamknięta')], max_length=8)),
                ('happened_on', models.DateField(verbose_name='data')),
                ('note', models.TextField(blank=True, verbose_name='notatka')),
                ('actor_name', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('recruitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='partnership.recruitment')),
            ],
            options={
                'ordering': ['recorded_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='RegulationAcknowledgement',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.person')),
                ('regulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgements', to='partnership.regulationversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regulation', 'person'), name='acknowledged_once')],
            },
        ),
        migrations.CreateModel(
            name='RegulationBallot',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=300)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.organisation')),
                ('regulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='partnership.regulationversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regulation', 'organisation'), name='ballot_once'), models.UniqueConstraint(condition=models.Q(('organisation__isnull', True)), fields=('regulation',), name='ballot_of_lead_once')],
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
                ('ballot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='vote', to='partnership.regulationballot')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('mode', 'HERE'), ('file__isnull', False), _connector='OR'), name='paper_vote_has_scan')],
            },
        ),
        migrations.CreateModel(
            name='ResignationNotice',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('signatory_function', models.CharField(max_length=120, verbose_name='funkcja osoby podpisującej')),
                ('mode', models.CharField(choices=[('PAPER_SCAN', 'podpis odręczny (skan; oryginał przechowuje Lider)'), ('QUALIFIED', 'kwalifikowany podpis elektroniczny'), ('TRUSTED', 'podpis zaufany')], max_length=10, verbose_name='sposób podpisania')),
                ('signed_on', models.DateField(verbose_name='data podpisania')),
                ('received_on', models.DateField(verbose_name='data wpływu do Lidera')),
                ('effective_on', models.DateField(verbose_name='skutek od')),
                ('reason', models.TextField(blank=True, verbose_name='powód')),
                ('case_mark', models.CharField(blank=True, max_length=60, verbose_name='znak sprawy')),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('membership', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='resignation', to='partnership.membership')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.person')),
                ('signatory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnership.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('received_on__gte', models.F('signed_on'))), name='resignation_signed_first'), models.CheckConstraint(condition=models.Q(('effective_on__gte', models.F('received_on'))), name='resignation_received_first')],
            },
        ),
    ]
