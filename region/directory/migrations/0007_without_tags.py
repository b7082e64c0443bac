from django.db import migrations


class Migration(migrations.Migration):

    contracts = '0.1.0'  # no release before this one had a directory

    dependencies = [
        ('directory', '0006_found_by_marks'),
    ]

    operations = [
        migrations.RemoveField(model_name=model, name=name)
        for model in ('listedservice', 'partnersservice')
        for name in ('words', 'tags')
    ]
