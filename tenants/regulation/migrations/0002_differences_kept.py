from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('regulation', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='regulationversion',
            name='differences',
            field=models.JSONField(db_default={}, default=dict),
        ),
    ]
