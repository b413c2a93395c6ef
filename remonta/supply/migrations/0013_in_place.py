from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("supply", "0012_old_parts")]

    operations = [
        migrations.AddField(
            model_name="requisition",
            name="in_place",
            field=models.BooleanField(default=False),
        ),
    ]
