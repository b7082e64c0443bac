"""A protected place has no seat, by the database too; rows that had one are emptied."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


def empty(apps, editor):
    rows = apps.get_model("baskets", "ServiceEntry").objects.using(editor.connection.alias)
    wrong = rows.filter(is_protected=True).exclude(seat={}).order_by("pk")
    while ids := list(wrong.values_list("pk", flat=True)[:500]):
        rows.filter(pk__in=ids).update(seat={})


class Migration(migrations.Migration):

    dependencies = [
        ('baskets', '0018_own_types'),
    ]

    operations = [
        AddConstraintNotValid(
            model_name='serviceentry',
            constraint=models.CheckConstraint(condition=models.Q(('is_protected', False), ('seat', {}), _connector='OR'), name='entry_protected_has_no_seat'),
        ),
        migrations.RunPython(empty, migrations.RunPython.noop),
    ]
