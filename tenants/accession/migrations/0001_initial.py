import django.db.models.deletion
import django.db.models.functions.datetime
import uuid6
from django.db import migrations, models


# A membership is founded by a declaration, which is written in the same transaction (REG §1.5).
# The table is found by the schema of the trigger's own table, as that schema may be renamed.
_FOUNDED = """
CREATE FUNCTION accession_membership_is_founded() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  is_founded boolean;
BEGIN
  EXECUTE 'SELECT EXISTS (SELECT FROM ' || quote_ident(TG_TABLE_SCHEMA)
    || '.accession_accessiondeclaration WHERE membership_id = $1)'
    INTO is_founded USING NEW.id;
  IF NOT is_founded THEN
    RAISE EXCEPTION 'a membership without the declaration that founded it'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$"""

_STATEMENTS = [
    _FOUNDED,
    "CREATE CONSTRAINT TRIGGER membership_is_founded AFTER INSERT ON partnership_membership"
    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
    " EXECUTE FUNCTION accession_membership_is_founded()",
]


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('partnership', '0001_initial'),
        ('people', '0001_initial'),
        ('regulation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessionDeclaration',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('signatory_function', models.CharField(blank=True, max_length=120, verbose_name='funkcja osoby podpisującej')),
                ('coordinator_position', models.CharField(blank=True, max_length=120, verbose_name='stanowisko koordynatora')),
                ('publish_consent', models.BooleanField(default=False, verbose_name='zgoda na publikację w wykazie członków')),
                ('case_mark', models.CharField(blank=True, max_length=60, verbose_name='znak sprawy')),
                ('mode', models.CharField(choices=[('PAPER_SCAN', 'podpis odręczny (skan; oryginał przechowuje Lider)'), ('QUALIFIED', 'kwalifikowany podpis elektroniczny'), ('TRUSTED', 'podpis zaufany')], default='PAPER_SCAN', max_length=10, verbose_name='sposób podpisania')),
                ('signed_place', models.CharField(blank=True, max_length=100, verbose_name='miejsce podpisania')),
                ('signed_on', models.DateField(null=True, verbose_name='data podpisania')),
                ('received_on', models.DateField(null=True, verbose_name='data wpływu do Lidera')),
                ('state', models.CharField(choices=[('DRAFT', 'szkic'), ('FILED', 'czeka na decyzję Lidera'), ('ACCEPTED', 'przyjęta'), ('RETURNED', 'zwrócona do poprawy'), ('REFUSED', 'odmowa przyjęcia')], default='DRAFT', max_length=8)),
                ('decided_on', models.DateField(null=True, verbose_name='data decyzji')),
                ('reason', models.TextField(blank=True, verbose_name='uzasadnienie')),
                ('annotation', models.CharField(blank=True, max_length=100, verbose_name='adnotacja Lidera')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('version', models.PositiveIntegerField(default=0)),
                ('applicant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('coordinator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('membership', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='declaration', to='partnership.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='people.organisation')),
                ('regulation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regulation.regulationversion')),
                ('signatory', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['DRAFT', 'FILED', 'RETURNED'])), fields=('organisation',), name='declaration_one_open'), models.CheckConstraint(condition=models.Q(('state', 'DRAFT'), models.Q(('coordinator__isnull', False), ('file__isnull', False), ('received_on__isnull', False), ('regulation__isnull', False), ('signatory__isnull', False), ('signed_on__isnull', False)), _connector='OR'), name='declaration_filed_whole'), models.CheckConstraint(condition=models.Q(('received_on__isnull', True), ('received_on__gte', models.F('signed_on')), _connector='OR'), name='declaration_signed_before_received'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', False), ('decided_on__isnull', False), ('state__in', ['ACCEPTED', 'REFUSED', 'RETURNED'])), models.Q(models.Q(('state__in', ['ACCEPTED', 'REFUSED', 'RETURNED']), _negated=True), ('decided_by__isnull', True), ('decided_on__isnull', True)), _connector='OR'), name='declaration_decided_both_or_neither'), models.CheckConstraint(condition=models.Q(('decided_on__isnull', True), ('decided_on__gte', models.F('received_on')), _connector='OR'), name='declaration_received_before_decided'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['RETURNED', 'REFUSED']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='declaration_reason'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'ACCEPTED'), models.Q(('annotation', ''), _negated=True)), models.Q(models.Q(('state', 'ACCEPTED'), _negated=True), ('annotation', '')), _connector='OR'), name='declaration_annotated_when_accepted'), models.CheckConstraint(condition=models.Q(models.Q(('membership__isnull', False), ('state', 'ACCEPTED')), models.Q(models.Q(('state', 'ACCEPTED'), _negated=True), ('membership__isnull', True)), _connector='OR'), name='declaration_founds_when_accepted')],
            },
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
            name='DeclarationStep',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('DRAFT', 'szkic'), ('FILED', 'czeka na decyzję Lidera'), ('ACCEPTED', 'przyjęta'), ('RETURNED', 'zwrócona do poprawy'), ('REFUSED', 'odmowa przyjęcia')], max_length=8)),
                ('happened_on', models.DateField()),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('actor_name', models.CharField(max_length=200)),
                ('reason', models.TextField(blank=True)),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='accession.accessiondeclaration')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
            ],
            options={
                'ordering': ['recorded_at', 'id'],
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
                ('declaration', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recruitments', to='accession.accessiondeclaration')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recruitments', to='people.organisation')),
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
                ('recruitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='accession.recruitment')),
            ],
            options={
                'ordering': ['recorded_at', 'id'],
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
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('signatory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('received_on__gte', models.F('signed_on'))), name='resignation_signed_first'), models.CheckConstraint(condition=models.Q(('effective_on__gte', models.F('received_on'))), name='resignation_received_first')],
            },
        ),
        migrations.RunSQL(_STATEMENTS),
    ]
