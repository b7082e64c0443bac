from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('masters', '0004_protected_places'),
    ]

    operations = [
        ValidateConstraint('masterservice', 'master_protected_has_no_seat'),
    ]
