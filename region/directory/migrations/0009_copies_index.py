from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('directory', '0008_copies'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name=model,
            index=models.Index(
                condition=models.Q(('copy_of__isnull', False)),
                fields=['copy_of'],
                name=f'{prefix}_copies',
            ),
        )
        for model, prefix in (('listedservice', 'listed'), ('partnersservice', 'partners'))
    ]
