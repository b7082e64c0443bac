from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('partnership', '0006_update_later'),
    ]

    operations = [
        ValidateConstraint('accessibilitystatement', 'accessibility_update_later'),
    ]
