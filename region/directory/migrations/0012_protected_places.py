"""Nothing that leads to a protected place is listed, by the database too; rows that had it are cut."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

LEADS = ['city', 'contact_name', 'email', 'features', 'owner_number', 'postal_code', 'seat', 'street', 'website']


def cut(apps, editor):
    for name in ("ListedService", "PartnersService"):
        rows = apps.get_model("directory", name).objects.using(editor.connection.alias)
        leads = Q(facts__has_any_keys=LEADS) | Q(location_id__isnull=False)
        wrong = rows.filter(leads, facts__has_key="is_protected").order_by("pk")
        while batch := list(wrong[:500]):
            for row in batch:
                row.facts = {key: value for key, value in row.facts.items() if key not in LEADS}
                row.location_id = None
            rows.bulk_update(batch, ["facts", "location_id"])


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0011_known_id'),
    ]

    operations = [
        AddConstraintNotValid(
            model_name=model,
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('facts__has_key', 'is_protected'), _negated=True), models.Q(models.Q(('facts__has_any_keys', LEADS), _negated=True), ('location_id', None)), _connector='OR'), name=f'{prefix}_protected_has_no_place'),
        )
        for model, prefix in (('listedservice', 'listed'), ('partnersservice', 'partners'))
    ] + [migrations.RunPython(cut, migrations.RunPython.noop)]
