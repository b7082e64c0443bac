from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='listedservice',
            name='location_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='listedservice',
            name='organisation_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='partnersservice',
            name='location_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='partnersservice',
            name='organisation_id',
            field=models.UUIDField(null=True),
        ),
    ]
