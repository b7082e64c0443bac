import django.db.models.deletion
import django.utils.timezone
import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0007_delegates_and_advisers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField(verbose_name='od')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('unit', models.CharField(max_length=6)),
                ('county_id', models.UUIDField()),
                ('county_name', models.CharField(max_length=200)),
                ('agreement_id', models.UUIDField()),
                ('agreement_name', models.CharField(max_length=300, verbose_name='porozumienie')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('from_on')), _connector='OR'), name='group_from_before_end'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('unit',), name='ggk_one_open')],
            },
        ),
        migrations.CreateModel(
            name='GroupCoordinator',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_on', models.DateField(verbose_name='od')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('appointed_by_name', models.CharField(max_length=200)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coordinators', to='ggk.group')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('from_on')), _connector='OR'), name='groupcoordinator_from_before_end'),
                    models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('group',), name='ggk_coordinator_one_open'),
                ],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DelegationRequest',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('party_id', models.UUIDField()),
                ('party_name', models.CharField(max_length=300, verbose_name='instytucja')),
                ('party_number', models.CharField(blank=True, default='', max_length=14)),
                ('function', models.CharField(max_length=120, verbose_name='funkcja')),
                ('from_on', models.DateField(verbose_name='od kiedy potrzebna')),
                ('answer_by', models.DateField(verbose_name='odpowiedź do')),
                ('asked_on', models.DateField(verbose_name='poproszono')),
                ('asked_by_name', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('ASKED', 'czekamy na odpowiedź'), ('NAMED', 'wskazano osobę'), ('SEATED', 'w składzie grupy'), ('DECLINED', 'osoba nie przyjęła delegacji'), ('REFUSED', 'instytucja odmówiła'), ('NOT_OURS', 'instytucja: to nie nasze'), ('WITHDRAWN', 'prośba wycofana'), ('EXPIRED', 'minął termin odpowiedzi'), ('UNDELIVERED', 'prośby nie doręczono'), ('ENDED', 'delegacja zakończona')], default='ASKED', max_length=11)),
                ('version', models.PositiveIntegerField(default=0)),
                ('answered_on', models.DateField(null=True, verbose_name='odpowiedź z dnia')),
                ('full_name', models.CharField(blank=True, default='', max_length=200, verbose_name='osoba')),
                ('email', models.EmailField(blank=True, default='', max_length=254, verbose_name='adres e-mail')),
                ('named_function', models.CharField(blank=True, default='', max_length=120, verbose_name='funkcja osoby')),
                ('serves_from', models.DateField(null=True, verbose_name='delegowana od')),
                ('until', models.DateField(null=True, verbose_name='delegowana do')),
                ('reason', models.CharField(blank=True, default='', max_length=1000, verbose_name='powód')),
                ('accepted_on', models.DateField(null=True, verbose_name='przyjęto')),
                ('ends_on', models.DateField(null=True, verbose_name='koniec')),
                ('end_reason', models.CharField(blank=True, choices=[('RECALLED', 'instytucja odwołała delegację'), ('LEFT_INSTITUTION', 'osoba odeszła z instytucji'), ('PARTY_LEFT', 'instytucja nie jest już Stroną porozumienia'), ('AGREEMENT_ENDED', 'porozumienie się zakończyło'), ('TERM', 'minął czas, na który delegowano'), ('GROUP_CLOSED', 'grupa zakończyła działanie'), ('RELEASED', 'ośrodek zakończył udział tej osoby w grupie')], default='', max_length=16, verbose_name='dlaczego się kończy')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='ggk.group')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state__in', ['ASKED', 'NAMED'])), fields=('group', 'party_id', 'function'), name='delegation_one_open'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['NAMED', 'SEATED']), _negated=True), models.Q(('answered_on__isnull', False), ('organisation__isnull', False), ('person__isnull', False)), _connector='OR'), name='delegation_named_somebody'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'SEATED'), _negated=True), ('accepted_on__isnull', False), _connector='OR'), name='delegation_seated_accepted'),
                    models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ends_on__isnull', True)), models.Q(('ends_on__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='delegation_ends_for_a_reason'),
                    models.CheckConstraint(condition=models.Q(('answered_on__isnull', True), ('answered_on__gte', models.F('asked_on')), _connector='OR'), name='delegation_asked_first'),
                ],
                'ordering': ['-asked_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='DelegationStep',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('ASKED', 'czekamy na odpowiedź'), ('NAMED', 'wskazano osobę'), ('SEATED', 'w składzie grupy'), ('DECLINED', 'osoba nie przyjęła delegacji'), ('REFUSED', 'instytucja odmówiła'), ('NOT_OURS', 'instytucja: to nie nasze'), ('WITHDRAWN', 'prośba wycofana'), ('EXPIRED', 'minął termin odpowiedzi'), ('UNDELIVERED', 'prośby nie doręczono'), ('ENDED', 'delegacja zakończona')], max_length=11)),
                ('happened_on', models.DateField()),
                ('note', models.CharField(blank=True, default='', max_length=1000)),
                ('actor_name', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('delegation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='ggk.delegationrequest')),
            ],
            options={
                'ordering': ['recorded_at', 'id'],
            },
        ),
    ]
