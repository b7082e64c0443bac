from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('directory', '0003_listed_organisation'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='listedservice',
            index=models.Index(fields=['location_id', 'id'], name='listed_location'),
        ),
    ]
