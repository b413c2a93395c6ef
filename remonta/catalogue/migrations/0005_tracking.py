"""A part is kept by quantity, by batch or by serial number; what was said to have serial numbers is kept by them."""

from typing import Any

from django.db import migrations, models


def by_serial(apps: Any, _editor: Any) -> None:
    """Those in stock by quantity only go on so: see the stock's migration."""
    apps.get_model("catalogue", "Part").objects.filter(serialised=True).update(tracking="serial")


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0004_litres'),
    ]

    operations = [
        migrations.AddField(
            model_name='part',
            name='tracking',
            field=models.CharField(choices=[('quantity', 'by quantity'), ('batch', 'by batch'), ('serial', 'by serial number')], default='quantity', max_length=8),
        ),
        migrations.RunPython(by_serial, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='part',
            name='serialised',
        ),
    ]
