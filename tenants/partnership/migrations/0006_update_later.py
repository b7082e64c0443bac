from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partnership', '0005_papers_kept'),
    ]

    operations = [
        AddConstraintNotValid(
            model_name='accessibilitystatement',
            constraint=models.CheckConstraint(condition=models.Q(('updated_on__gte', models.F('published_on'))), name='accessibility_update_later'),
        ),
    ]
