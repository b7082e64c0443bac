from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

from tenants.exchange.clauses import framework


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
        clauses=framework(),
    )


OFFICE = ['DPO', 'LEAD', 'NETWORK_OFFICER', 'SOCIAL_WORKER', 'TENANT_ADMIN']
PARTNERS = ['APPLICANT', 'PARTNER_COORDINATOR', 'PARTNER_HEAD', 'PARTNER_WORKER']


class Migration(migrations.Migration):
    dependencies = [("partnership", "0002_the_partnership")]
    # The rule for roles that is dropped here comes back wider, so no release misses it.
    contracts = "0.0.9"

    operations = [
        migrations.AlterField(
            model_name='roleassignment',
            name='role',
            field=models.CharField(choices=[('ROPS_COORDINATOR', 'koordynator ROPS'), ('TENANT_ADMIN', 'administrator OPS'), ('LEAD', 'Lider'), ('NETWORK_OFFICER', 'pracownik ds. sieci'), ('SOCIAL_WORKER', 'pracownik socjalny'), ('PARTNER_COORDINATOR', 'koordynator Partnerstwa'), ('PARTNER_HEAD', 'kierujący instytucją'), ('PARTNER_WORKER', 'pracownik kooperanta'), ('APPLICANT', 'składający deklarację'), ('DPO', 'inspektor ochrony danych')], max_length=20, verbose_name='rola'),
        ),
        migrations.RemoveConstraint('roleassignment', 'role_of_office_or_partner'),
        AddConstraintNotValid(
            model_name='roleassignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', True), ('role__in', OFFICE)), models.Q(('organisation__isnull', False), ('role__in', PARTNERS)), _connector='OR'), name='role_of_office_or_partner'),
        ),
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
