from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partnership", "0003_first_regulation")]

    operations = [
        ValidateConstraint("roleassignment", "role_of_office_or_partner"),
        ValidateConstraint("regulationversion", "regulation_adopted_whole"),
        ValidateConstraint("regulationversion", "regulation_adopted_before_in_force"),
    ]
