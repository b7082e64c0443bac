from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('regulation', '0004_recounts'),
    ]

    operations = [
        AddConstraintNotValid(
            model_name='regulationversion',
            constraint=models.CheckConstraint(condition=models.Q(('adopted_on__isnull', True), ('adopted_on__gte', models.F('voting_from')), _connector='OR'), name='regulation_voted_then_adopted'),
        ),
        AddConstraintNotValid(
            model_name='regulationversion',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('voting_from')), _connector='OR'), name='regulation_voted_then_closed'),
        ),
    ]
