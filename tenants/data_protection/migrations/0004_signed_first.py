from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('data_protection', '0003_separate_administrators'),
    ]

    operations = [
        AddConstraintNotValid(
            model_name='dataprocessingagreement',
            constraint=models.CheckConstraint(condition=models.Q(('from_on__gte', models.F('signed_on'))), name='agreement_signed_first'),
        ),
    ]
