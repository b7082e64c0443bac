from django.contrib.postgres.search import SearchVectorField
from django.db import migrations

TABLES = ("directory_listedservice", "directory_partnersservice")


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0004_listed_location'),
    ]

    operations = [
        migrations.AddField(
            model_name='listedservice',
            name='marks',
            field=SearchVectorField(null=True),
        ),
        migrations.AddField(
            model_name='partnersservice',
            name='marks',
            field=SearchVectorField(null=True),
        ),
        # Many rows are asked for their marks; the facts, of the few that are shown, go aside instead.
        *(
            migrations.RunSQL(f'ALTER TABLE {table} ALTER COLUMN marks SET STORAGE MAIN')
            for table in TABLES
        ),
        # Every unit is read anew by the clock, so that its services get them.
        migrations.RunSQL('UPDATE directory_tenantlisting SET is_due = true'),
    ]
