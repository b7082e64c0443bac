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
            name='Card',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('competences', models.TextField(blank=True, default='', verbose_name='kompetencje pracowników')),
                ('resources', models.TextField(blank=True, default='', verbose_name='zasoby do udostępnienia')),
                ('begun_on', models.DateField(verbose_name='założona')),
                ('version', models.PositiveIntegerField(default=0)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='service_cards', to='people.organisation')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('organisation',), name='card_once'),
                    models.UniqueConstraint(models.Value(1), condition=models.Q(('organisation', None)), name='card_of_lead_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='nazwa usługi')),
                ('cycle', models.PositiveSmallIntegerField(choices=[(30, 'co 30 dni'), (90, 'co 90 dni'), (180, 'co pół roku'), (365, 'raz w roku')], default=365, verbose_name='jak często potwierdzać')),
                ('changed_on', models.DateField(null=True, verbose_name='treść zmieniona')),
                ('confirmed_on', models.DateField(null=True, verbose_name='potwierdzona')),
                ('due_on', models.DateField(null=True, verbose_name='do potwierdzenia')),
                ('confirmed_how', models.CharField(blank=True, choices=[('OWNER', 'instytucja'), ('PHONE', 'telefonicznie'), ('VISIT', 'na miejscu'), ('LETTER', 'pismem albo e-mailem')], default='', max_length=6)),
                ('confirmed_by_name', models.CharField(blank=True, default='', max_length=200)),
                ('reviewed_on', models.DateField(null=True, verbose_name='przejrzana przez Lidera')),
                ('stopped_from', models.DateField(null=True, verbose_name='przerwa od')),
                ('stopped_until', models.DateField(null=True, verbose_name='przerwa do')),
                ('stopped_why', models.CharField(blank=True, default='', max_length=300, verbose_name='powód przerwy')),
                ('ended_on', models.DateField(null=True, verbose_name='nie działa od')),
                ('ended_why', models.CharField(blank=True, default='', max_length=300, verbose_name='powód zakończenia')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('version', models.PositiveIntegerField(default=0)),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='baskets.card')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('stopped_until__isnull', True), ('stopped_until__gte', models.F('stopped_from')), _connector='OR'), name='service_break_in_order'),
                    models.CheckConstraint(condition=models.Q(models.Q(('confirmed_on', None), ('due_on', None)), models.Q(('due_on__isnull', False), models.Q(('confirmed_how', ''), _negated=True), models.Q(('confirmed_by_name', ''), _negated=True)), _connector='OR'), name='service_confirmed_by_somebody'),
                ],
                'ordering': ['created_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ServiceEntry',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(verbose_name='numer')),
                ('state', models.CharField(choices=[('DRAFT', 'szkic'), ('FILED', 'czeka na Lidera'), ('RETURNED', 'zwrócona do poprawy'), ('ACCEPTED', 'w koszyku'), ('REPLACED', 'zastąpiona nowszą')], default='DRAFT', max_length=8)),
                ('filed_on', models.DateField(null=True, verbose_name='przekazana')),
                ('filed_by_name', models.CharField(blank=True, default='', max_length=200)),
                ('confirmed_how', models.CharField(blank=True, choices=[('OWNER', 'instytucja'), ('PHONE', 'telefonicznie'), ('VISIT', 'na miejscu'), ('LETTER', 'pismem albo e-mailem')], default='', max_length=6)),
                ('decided_on', models.DateField(null=True, verbose_name='rozpatrzona')),
                ('decided_by_name', models.CharField(blank=True, default='', max_length=200)),
                ('reason', models.CharField(blank=True, default='', max_length=1000, verbose_name='co poprawić')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=200, verbose_name='nazwa usługi')),
                ('type_code', models.CharField(max_length=40, verbose_name='rodzaj')),
                ('about', models.TextField(max_length=2000, verbose_name='na czym polega')),
                ('groups', models.JSONField(default=list, verbose_name='dla kogo')),
                ('area', models.CharField(blank=True, default='', max_length=300, verbose_name='na jakim terenie')),
                ('ways', models.JSONField(default=list, verbose_name='gdzie')),
                ('legal_basis', models.CharField(blank=True, default='', max_length=300, verbose_name='podstawa prawna')),
                ('access', models.TextField(max_length=2000, verbose_name='jak skorzystać')),
                ('referral', models.CharField(blank=True, default='', max_length=300, verbose_name='kto kieruje')),
                ('needs_decision', models.BooleanField(default=False, verbose_name='trzeba decyzji administracyjnej')),
                ('conditions', models.TextField(blank=True, default='', max_length=2000, verbose_name='warunki')),
                ('papers', models.TextField(blank=True, default='', max_length=2000, verbose_name='potrzebne dokumenty')),
                ('cost', models.CharField(choices=[('FREE', 'bezpłatnie'), ('PARTLY', 'częściowo odpłatnie'), ('PAID', 'odpłatnie')], max_length=6, verbose_name='koszt')),
                ('cost_about', models.CharField(blank=True, default='', max_length=300, verbose_name='ile to kosztuje')),
                ('hours', models.JSONField(null=True, verbose_name='godziny')),
                ('hours_about', models.CharField(blank=True, default='', max_length=300, verbose_name='uwagi o godzinach')),
                ('waiting_days', models.PositiveSmallIntegerField(null=True, verbose_name='czas oczekiwania w dniach')),
                ('places', models.PositiveSmallIntegerField(null=True, verbose_name='wolne miejsca')),
                ('counted_on', models.DateField(null=True, verbose_name='stan na dzień')),
                ('valid_from', models.DateField(null=True, verbose_name='działa od')),
                ('valid_until', models.DateField(null=True, verbose_name='działa do')),
                ('street', models.CharField(blank=True, default='', max_length=200, verbose_name='ulica i numer')),
                ('postal_code', models.CharField(blank=True, default='', max_length=6, verbose_name='kod pocztowy')),
                ('city', models.CharField(blank=True, default='', max_length=100, verbose_name='miejscowość')),
                ('is_protected', models.BooleanField(default=False, verbose_name='adres chroniony')),
                ('features', models.JSONField(default=dict, verbose_name='dostępność')),
                ('languages', models.JSONField(default=list, verbose_name='języki')),
                ('contact_name', models.CharField(blank=True, default='', max_length=200, verbose_name='osoba do kontaktu')),
                ('phone', models.CharField(blank=True, default='', max_length=40, verbose_name='telefon')),
                ('email', models.EmailField(blank=True, default='', max_length=254, verbose_name='adres e-mail')),
                ('website', models.URLField(blank=True, default='', verbose_name='strona internetowa')),
                ('sees_service', models.CharField(choices=[('PUBLIC', 'wszyscy'), ('REGION', 'partnerzy w województwie'), ('TENANT', 'Lider i kooperanci tego Partnerstwa'), ('OFFICE', 'tylko OPS i Lider')], default='TENANT', max_length=6, verbose_name='kto widzi usługę')),
                ('sees_contact', models.CharField(choices=[('PUBLIC', 'wszyscy'), ('REGION', 'partnerzy w województwie'), ('TENANT', 'Lider i kooperanci tego Partnerstwa'), ('OFFICE', 'tylko OPS i Lider')], default='TENANT', max_length=6, verbose_name='kto widzi kontakt')),
                ('sees_place', models.CharField(choices=[('PUBLIC', 'wszyscy'), ('REGION', 'partnerzy w województwie'), ('TENANT', 'Lider i kooperanci tego Partnerstwa'), ('OFFICE', 'tylko OPS i Lider')], default='TENANT', max_length=6, verbose_name='kto widzi adres')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='baskets.service')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('service', 'number'), name='entry_number_once'),
                    models.UniqueConstraint(condition=models.Q(('state__in', ['DRAFT', 'FILED', 'RETURNED'])), fields=('service',), name='entry_one_open'),
                    models.UniqueConstraint(condition=models.Q(('state', 'ACCEPTED')), fields=('service',), name='entry_one_in_basket'),
                    models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='entry_valid_in_order'),
                    models.CheckConstraint(condition=models.Q(('is_protected', False), models.Q(('postal_code', ''), ('street', '')), _connector='OR'), name='entry_protected_has_no_address'),
                    models.CheckConstraint(condition=models.Q(models.Q(('places', None), ('waiting_days', None)), ('counted_on__isnull', False), _connector='OR'), name='entry_counts_have_a_day'),
                ],
                'ordering': ['number'],
            },
        ),
    ]
