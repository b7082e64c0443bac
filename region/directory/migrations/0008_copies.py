from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0007_without_tags'),
    ]

    operations = [
        migrations.AddField(
            model_name='listedservice',
            name='copy_of',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='partnersservice',
            name='copy_of',
            field=models.UUIDField(null=True),
        ),
        # Every unit is read anew by the clock, so that copies are known as such.
        migrations.RunSQL('UPDATE directory_tenantlisting SET is_due = true'),
    ]
