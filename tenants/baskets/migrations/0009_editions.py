import django.db.models.deletion
import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('baskets', '0008_answers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='numer')),
                ('issued_on', models.DateField(verbose_name='wydane')),
                ('issued_by_name', models.CharField(max_length=200, verbose_name='kto wydał')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='EditionItem',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('owner', models.CharField(max_length=300, verbose_name='kto pomaga')),
                ('remarks', models.CharField(blank=True, max_length=1000, verbose_name='uwagi')),
                ('confirmed_on', models.DateField(null=True, verbose_name='potwierdzona')),
                ('sees_service', models.CharField(choices=[('PUBLIC', 'wszyscy'), ('REGION', 'partnerzy w województwie'), ('TENANT', 'Lider i kooperanci tego Partnerstwa'), ('OFFICE', 'tylko OPS i Lider')], max_length=6)),
                ('sees_contact', models.CharField(choices=[('PUBLIC', 'wszyscy'), ('REGION', 'partnerzy w województwie'), ('TENANT', 'Lider i kooperanci tego Partnerstwa'), ('OFFICE', 'tylko OPS i Lider')], max_length=6)),
                ('sees_place', models.CharField(choices=[('PUBLIC', 'wszyscy'), ('REGION', 'partnerzy w województwie'), ('TENANT', 'Lider i kooperanci tego Partnerstwa'), ('OFFICE', 'tylko OPS i Lider')], max_length=6)),
                ('was_protected', models.BooleanField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='baskets.edition')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='baskets.serviceentry')),
            ],
            options={
                'ordering': ['edition', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'entry'), name='edition_entry_once')],
            },
        ),
    ]
