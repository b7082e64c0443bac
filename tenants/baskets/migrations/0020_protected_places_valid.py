from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('baskets', '0019_protected_places'),
    ]

    operations = [
        ValidateConstraint('serviceentry', 'entry_protected_has_no_seat'),
    ]
