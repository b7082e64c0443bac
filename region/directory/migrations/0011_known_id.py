from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('directory', '0010_known_as'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='listedservice',
            index=models.Index(Coalesce('known_as', 'id'), name='listed_known_id'),
        ),
    ]
