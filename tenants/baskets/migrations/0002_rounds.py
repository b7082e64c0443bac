import django.db.models.deletion
import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('baskets', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CardCheck',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('opened_on', models.DateField(verbose_name='od')),
                ('closed_on', models.DateField(null=True, verbose_name='do')),
                ('state', models.CharField(choices=[('OPEN', 'czeka na odpowiedź'), ('SILENT', 'brak kontaktu'), ('DONE', 'potwierdzono')], default='OPEN', max_length=6)),
                ('version', models.PositiveIntegerField(default=0)),
                ('card', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='baskets.card')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state', 'DONE'), _negated=True), fields=('card',), name='check_one_open'),
                    models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='check_opened_first'),
                ],
                'ordering': ['opened_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='CheckCall',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('called_on', models.DateField(verbose_name='kiedy')),
                ('how', models.CharField(choices=[('OWNER', 'instytucja'), ('PHONE', 'telefonicznie'), ('VISIT', 'na miejscu'), ('LETTER', 'pismem albo e-mailem')], max_length=6, verbose_name='jak')),
                ('by_name', models.CharField(max_length=200)),
                ('check_round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='baskets.cardcheck')),
            ],
            options={
                'ordering': ['called_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ServiceReport',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=1000, verbose_name='co jest nie tak')),
                ('reported_on', models.DateField(verbose_name='zgłoszono')),
                ('by_name', models.CharField(max_length=200, verbose_name='kto')),
                ('settled_on', models.DateField(null=True, verbose_name='załatwiono')),
                ('settled_by_name', models.CharField(blank=True, default='', max_length=200)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='baskets.service')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('settled_on__isnull', True), ('settled_on__gte', models.F('reported_on')), _connector='OR'), name='report_settled_after'),
                ],
                'ordering': ['reported_on', 'id'],
            },
        ),
    ]
