from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('directory', '0005_marks'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='listedservice',
            index=GinIndex(fields=['marks'], name='listed_marks'),
        ),
        AddIndexConcurrently(
            model_name='partnersservice',
            index=GinIndex(fields=['marks'], name='partners_marks'),
        ),
        *(
            RemoveIndexConcurrently(model_name=model, name=f'{prefix}_{index}')
            for model, prefix in (('listedservice', 'listed'), ('partnersservice', 'partners'))
            for index in ('words', 'tags', 'type')
        ),
    ]
