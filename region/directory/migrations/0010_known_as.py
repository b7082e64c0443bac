from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0009_copies_index'),
    ]

    operations = [
        migrations.AddField(
            model_name='listedservice',
            name='known_as',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='partnersservice',
            name='known_as',
            field=models.UUIDField(null=True),
        ),
        # Every unit is read anew by the clock, so that copies are known by one id.
        migrations.RunSQL('UPDATE directory_tenantlisting SET is_due = true'),
    ]
