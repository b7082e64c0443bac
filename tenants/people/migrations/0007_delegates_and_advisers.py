from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_party_role'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='roleassignment',
            name='role_of_office_or_partner',
        ),
        migrations.AlterField(
            model_name='roleassignment',
            name='role',
            field=models.CharField(choices=[('ROPS_COORDINATOR', 'koordynator ROPS'), ('TENANT_ADMIN', 'administrator OPS'), ('LEAD', 'osoba reprezentująca Lidera'), ('NETWORK_OFFICER', 'pracownik ds. sieci'), ('SOCIAL_WORKER', 'pracownik socjalny'), ('PARTNER_COORDINATOR', 'koordynator Partnerstwa'), ('PARTNER_HEAD', 'kierujący instytucją'), ('PARTNER_WORKER', 'pracownik kooperanta'), ('APPLICANT', 'składający deklarację'), ('AGREEMENT_PARTY', 'działający za Stronę porozumienia'), ('ADVISER', 'doradca ROPS'), ('DELEGATE', 'delegat do GGK'), ('DPO', 'inspektor ochrony danych')], max_length=20, verbose_name='rola'),
        ),
        AddConstraintNotValid(
            model_name='roleassignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', True), ('role__in', ['ADVISER', 'DPO', 'LEAD', 'NETWORK_OFFICER', 'SOCIAL_WORKER', 'TENANT_ADMIN'])), models.Q(('organisation__isnull', False), ('role__in', ['AGREEMENT_PARTY', 'APPLICANT', 'DELEGATE', 'PARTNER_COORDINATOR', 'PARTNER_HEAD', 'PARTNER_WORKER'])), _connector='OR'), name='role_of_office_or_partner'),
        ),
    ]
