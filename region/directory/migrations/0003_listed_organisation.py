from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('directory', '0002_of_hsds'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='listedservice',
            index=models.Index(fields=['organisation_id', 'id'], name='listed_organisation'),
        ),
    ]
