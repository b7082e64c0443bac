from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('regulation', '0005_voting_days'),
    ]

    operations = [
        ValidateConstraint('regulationversion', 'regulation_voted_then_adopted'),
        ValidateConstraint('regulationversion', 'regulation_voted_then_closed'),
    ]
