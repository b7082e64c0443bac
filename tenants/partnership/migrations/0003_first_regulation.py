from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

from tenants.partnership import framework


def complete(apps, schema_editor):
    """What was in force before versions had states was adopted, in the framework's words."""
    alias = schema_editor.connection.alias
    version = apps.get_model("partnership", "RegulationVersion").objects.using(alias)
    partnership = apps.get_model("partnership", "Partnership").objects.using(alias).first()
    if partnership is None:
        return
    version.exclude(number=None).update(
        state="ADOPTED",
        adopted_on=models.F("in_force_from"),
        area=partnership.area,
        lead_name=partnership.lead_name,
        clauses=framework.clauses(),
    )


class Migration(migrations.Migration):
    dependencies = [("partnership", "0002_the_partnership")]

    operations = [
        migrations.RunPython(complete, migrations.RunPython.noop),
        AddConstraintNotValid(
            model_name='regulationversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('adopted_on__isnull', False), ('in_force_from__isnull', False), ('number__isnull', False), ('state', 'ADOPTED')), models.Q(models.Q(('state', 'ADOPTED'), _negated=True), ('number__isnull', True)), _connector='OR'), name='regulation_adopted_whole'),
        ),
        AddConstraintNotValid(
            model_name='regulationversion',
            constraint=models.CheckConstraint(condition=models.Q(('in_force_from__isnull', True), ('in_force_from__gte', models.F('adopted_on')), _connector='OR'), name='regulation_adopted_before_in_force'),
        ),
    ]
