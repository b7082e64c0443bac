from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0012_protected_places'),
    ]

    operations = [
        ValidateConstraint('listedservice', 'listed_protected_has_no_place'),
        ValidateConstraint('partnersservice', 'partners_protected_has_no_place'),
    ]
