from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('data_protection', '0004_signed_first'),
    ]

    operations = [
        ValidateConstraint('dataprocessingagreement', 'agreement_signed_first'),
    ]
