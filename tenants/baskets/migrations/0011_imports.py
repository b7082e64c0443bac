import django.core.serializers.json
import django.db.models.deletion
import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('baskets', '0010_duplicates'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportFile',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('INSTITUTIONS', 'instytucje'), ('SERVICES', 'usługi')], max_length=12, verbose_name='co jest w pliku')),
                ('name', models.CharField(max_length=200, verbose_name='plik')),
                ('state', models.CharField(choices=[('CHECKING', 'sprawdzamy wiersze'), ('READY', 'czeka na decyzję'), ('WRITING', 'zapisujemy'), ('DONE', 'zapisano'), ('DROPPED', 'odrzucono')], default='CHECKING', max_length=8)),
                ('how', models.CharField(blank=True, choices=[('OWNER', 'instytucja'), ('PHONE', 'telefonicznie'), ('VISIT', 'na miejscu'), ('LETTER', 'pismem albo e-mailem'), ('IMPORT', 'oświadczenie przy imporcie')], default='', max_length=6)),
                ('came_on', models.DateField(verbose_name='wczytano')),
                ('by_name', models.CharField(max_length=200, verbose_name='kto')),
                ('account_id', models.UUIDField(null=True)),
                ('ended_on', models.DateField(null=True, verbose_name='zakończono')),
                ('version', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AlterField(
            model_name='checkcall',
            name='how',
            field=models.CharField(choices=[('OWNER', 'instytucja'), ('PHONE', 'telefonicznie'), ('VISIT', 'na miejscu'), ('LETTER', 'pismem albo e-mailem'), ('IMPORT', 'oświadczenie przy imporcie')], max_length=6, verbose_name='jak'),
        ),
        migrations.AlterField(
            model_name='service',
            name='confirmed_how',
            field=models.CharField(blank=True, choices=[('OWNER', 'instytucja'), ('PHONE', 'telefonicznie'), ('VISIT', 'na miejscu'), ('LETTER', 'pismem albo e-mailem'), ('IMPORT', 'oświadczenie przy imporcie')], default='', max_length=6),
        ),
        migrations.AlterField(
            model_name='serviceentry',
            name='confirmed_how',
            field=models.CharField(blank=True, choices=[('OWNER', 'instytucja'), ('PHONE', 'telefonicznie'), ('VISIT', 'na miejscu'), ('LETTER', 'pismem albo e-mailem'), ('IMPORT', 'oświadczenie przy imporcie')], default='', max_length=6),
        ),
        migrations.AlterField(
            model_name='checkanswer',
            name='how',
            field=models.CharField(choices=[('OWNER', 'instytucja'), ('PHONE', 'telefonicznie'), ('VISIT', 'na miejscu'), ('LETTER', 'pismem albo e-mailem'), ('IMPORT', 'oświadczenie przy imporcie')], max_length=6, verbose_name='skąd to wiadomo'),
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(verbose_name='wiersz')),
                ('cells', models.JSONField(default=dict)),
                ('values', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('name', models.CharField(blank=True, default='', max_length=300, verbose_name='nazwa')),
                ('key', models.CharField(blank=True, default='', max_length=400)),
                ('verdict', models.CharField(blank=True, choices=[('NEW', 'nowy'), ('CHANGED', 'zmieniony'), ('SAME', 'powtórzony'), ('WRONG', 'błędny')], default='', max_length=7, verbose_name='co z nim będzie')),
                ('reason', models.CharField(blank=True, default='', max_length=2000, verbose_name='dlaczego')),
                ('is_written', models.BooleanField(default=False)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='baskets.importfile')),
            ],
            options={
                'ordering': ['source', 'number'],
                'constraints': [models.UniqueConstraint(fields=('source', 'number'), name='import_row_once'), models.CheckConstraint(condition=models.Q(('is_written', False), ('verdict__in', ('NEW', 'CHANGED')), _connector='OR'), name='import_written_good')],
            },
        ),
    ]
