import django.db.models.deletion
import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('baskets', '0009_editions'),
    ]

    operations = [
        migrations.CreateModel(
            name='DistinctServices',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('decided_on', models.DateField(verbose_name='kiedy')),
                ('decided_by_name', models.CharField(max_length=200, verbose_name='kto')),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='baskets.service')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='baskets.service')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='distinct_services_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='distinct_services_in_order')],
            },
        ),
        migrations.CreateModel(
            name='ServiceMerge',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('merged_on', models.DateField(verbose_name='kiedy')),
                ('merged_by_name', models.CharField(max_length=200, verbose_name='kto')),
                ('source', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='merge', to='baskets.service')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gained', to='baskets.service')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='service_merge_of_two')],
            },
        ),
    ]
