import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import tenants.teams.content
import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dialogue', '0004_notes'),
        ('documents', '0006_filing'),
        ('meetings', '0010_results'),
        ('people', '0005_role_basis'),
        ('teams', '0003_minutes_and_voices'),
    ]

    operations = [
        migrations.CreateModel(
            name='Undertaking',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('NOT_BEGUN', 'nierozpoczęte'), ('UNDER_WAY', 'w toku'), ('DONE', 'wykonane'), ('GIVEN_UP', 'zaniechane')], default='NOT_BEGUN', max_length=9)),
                ('ended_on', models.DateField(null=True, verbose_name='zakończono')),
                ('version', models.PositiveIntegerField(default=0)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.team')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', False), ('state__in', ['DONE', 'GIVEN_UP'])), models.Q(models.Q(('state__in', ['DONE', 'GIVEN_UP']), _negated=True), ('ended_on__isnull', True)), _connector='OR'), name='undertaking_ended_on_a_day')],
            },
        ),
        migrations.CreateModel(
            name='ProgressNote',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('on', models.DateField(verbose_name='stan na dzień')),
                ('state', models.CharField(choices=[('NOT_BEGUN', 'nierozpoczęte'), ('UNDER_WAY', 'w toku'), ('DONE', 'wykonane'), ('GIVEN_UP', 'zaniechane')], max_length=9)),
                ('value', models.PositiveIntegerField(null=True, verbose_name='wartość wskaźnika')),
                ('text', tenants.teams.content.ContentField(default='', verbose_name='opis')),
                ('who', tenants.teams.content.ContentField(verbose_name='kto zapisał')),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('undertaking', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='dialogue.undertaking')),
            ],
            options={
                'ordering': ['-on', '-noted_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ActionPlan',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('DRAFT', 'w przygotowaniu'), ('PROPOSED', 'przedstawiony zespołowi'), ('ADOPTED', 'przyjęty'), ('REPLACED', 'zastąpiony nowszą wersją'), ('DROPPED', 'porzucony')], default='DRAFT', max_length=8)),
                ('series', models.UUIDField(default=uuid6.uuid7)),
                ('number', models.PositiveSmallIntegerField(null=True, verbose_name='wersja')),
                ('from_on', models.DateField(verbose_name='okres od')),
                ('until_on', models.DateField(verbose_name='okres do')),
                ('about', tenants.teams.content.ContentField(default='', verbose_name='wprowadzenie')),
                ('adopted_on', models.DateField(null=True, verbose_name='przyjęto')),
                ('in_force_from', models.DateField(null=True, verbose_name='obowiązuje od')),
                ('ended_on', models.DateField(null=True, verbose_name='zastąpiono')),
                ('reason', tenants.teams.content.ContentField(default='', verbose_name='powód porzucenia')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('version', models.PositiveIntegerField(default=0)),
                ('amends', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dialogue.actionplan')),
                ('follows', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dialogue.actionplan')),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meetings.agendaitem')),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meeting')),
                ('scan', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='teams.team')),
            ],
            options={
                'ordering': ['-from_on', '-created_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='plan_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('adopted_on__isnull', False), ('in_force_from__isnull', False), ('number__isnull', False), ('state__in', ['ADOPTED', 'REPLACED'])), models.Q(models.Q(('state__in', ['ADOPTED', 'REPLACED']), _negated=True), ('adopted_on__isnull', True), ('in_force_from__isnull', True), ('number__isnull', True)), _connector='OR'), name='plan_adopted_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', False), ('state', 'REPLACED')), models.Q(models.Q(('state', 'REPLACED'), _negated=True), ('ended_on__isnull', True)), _connector='OR'), name='plan_replaced_on_a_day'), models.UniqueConstraint(fields=('series', 'number'), name='plan_version_once'), models.UniqueConstraint(condition=models.Q(('state__in', ['DRAFT', 'PROPOSED'])), fields=('series',), name='plan_drafted_once'), models.UniqueConstraint(condition=models.Q(('state', 'ADOPTED')), fields=('series',), name='plan_adopted_once')],
            },
        ),
        migrations.CreateModel(
            name='PlanGoal',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('series', models.UUIDField(default=uuid6.uuid7)),
                ('position', models.PositiveSmallIntegerField()),
                ('title', tenants.teams.content.ContentField(verbose_name='cel')),
                ('text', tenants.teams.content.ContentField(default='', verbose_name='opis')),
                ('version', models.PositiveIntegerField(default=0)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='dialogue.actionplan')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanActivity',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('text', tenants.teams.content.ContentField(verbose_name='co zostanie zrobione')),
                ('partners_text', tenants.teams.content.ContentField(default='', verbose_name='partnerzy spoza zespołu')),
                ('from_on', models.DateField(verbose_name='termin od')),
                ('until_on', models.DateField(verbose_name='termin do')),
                ('resources', tenants.teams.content.ContentField(default='', verbose_name='zasoby')),
                ('cost_bearer', tenants.teams.content.ContentField(default='', verbose_name='kto ponosi koszt')),
                ('cost', models.PositiveIntegerField(null=True, verbose_name='szacowany koszt w zł')),
                ('indicator', tenants.teams.content.ContentField(default='', verbose_name='wskaźnik')),
                ('unit', tenants.teams.content.ContentField(default='', verbose_name='jednostka')),
                ('target', models.PositiveIntegerField(null=True, verbose_name='wartość docelowa')),
                ('version', models.PositiveIntegerField(default=0)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='dialogue.plangoal')),
                ('undertaking', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='dialogue.undertaking')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='activity_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='ActivityPartner',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partners', to='dialogue.planactivity')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('activity', 'organisation'), name='activity_partner_once')],
            },
        ),
        migrations.CreateModel(
            name='ActivityProposal',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('WAITING', 'czeka na odpowiedź'), ('ACCEPTED', 'wpisana do planu'), ('REFUSED', 'odrzucona'), ('WITHDRAWN', 'wycofana')], default='WAITING', max_length=9)),
                ('text', tenants.teams.content.ContentField(verbose_name='co zostanie zrobione')),
                ('why', tenants.teams.content.ContentField(default='', verbose_name='po co')),
                ('partners_text', tenants.teams.content.ContentField(default='', verbose_name='z kim')),
                ('resources', tenants.teams.content.ContentField(default='', verbose_name='zasoby')),
                ('until_on', models.DateField(null=True, verbose_name='do kiedy')),
                ('proposed_on', models.DateField(verbose_name='zgłoszono')),
                ('answer', tenants.teams.content.ContentField(default='', verbose_name='powód odmowy')),
                ('answered_on', models.DateField(null=True, verbose_name='odpowiedziano')),
                ('version', models.PositiveIntegerField(default=0)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='dialogue.actionplan')),
            ],
            options={
                'ordering': ['proposed_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', True), ('state', 'WAITING')), models.Q(models.Q(('state', 'WAITING'), _negated=True), ('answered_on__isnull', False)), _connector='OR'), name='proposal_answered_on_a_day')],
            },
        ),
    ]
