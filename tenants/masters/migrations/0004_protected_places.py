"""A protected place has no seat, by the database too; rows that had one are emptied."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


def empty(apps, editor):
    rows = apps.get_model("masters", "MasterService").objects.using(editor.connection.alias)
    wrong = rows.filter(is_protected=True).exclude(seat={}).order_by("pk")
    while ids := list(wrong.values_list("pk", flat=True)[:500]):
        rows.filter(pk__in=ids).update(seat={})


class Migration(migrations.Migration):

    dependencies = [
        ('masters', '0003_for_family'),
    ]

    operations = [
        AddConstraintNotValid(
            model_name='masterservice',
            constraint=models.CheckConstraint(condition=models.Q(('is_protected', False), ('seat', {}), _connector='OR'), name='master_protected_has_no_seat'),
        ),
        migrations.RunPython(empty, migrations.RunPython.noop),
    ]
