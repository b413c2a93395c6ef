"""Batches and pieces by serial number; moves and lines of counts that name them."""

from typing import Any

import django.db.models.deletion
import remonta.kernel.ids
from django.db import migrations, models


def as_it_lies_there(apps: Any, _editor: Any) -> None:
    """What is in stock without serial numbers stays kept by quantity."""
    there = apps.get_model("stock", "Balance").objects.filter(outside=False, on_hand__gt=0)
    parts = apps.get_model("catalogue", "Part").objects.filter(tracking="serial")
    parts.filter(pk__in=there.values("part_id")).update(tracking="quantity")


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0005_tracking'),
        ('equipment', '0003_shipments'),
        ('identity', '0002_remove_setting_setting_once_remove_staff_staff_once_and_more'),
        ('stock', '0004_past_days'),
    ]

    operations = [
        migrations.RunPython(as_it_lies_there, migrations.RunPython.noop),
        migrations.CreateModel(
            name='Lot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=remonta.kernel.ids.uuid7, unique=True)),
                ('code', models.CharField(max_length=60)),
                ('expires_on', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='LotBalance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on_hand', models.BigIntegerField(default=0)),
                ('outside', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Piece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=remonta.kernel.ids.uuid7, unique=True)),
                ('serial', models.CharField(max_length=80)),
                ('serial_normal', models.CharField(max_length=80)),
                ('since', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='countline',
            name='count_of_part_once',
        ),
        migrations.AlterField(
            model_name='place',
            name='kind',
            field=models.CharField(choices=[('bin', 'bin'), ('shelf', 'shelf'), ('desk', 'desk'), ('bench', 'bench'), ('van', 'van'), ('quarantine', 'quarantine'), ('repair', 'in the repair'), ('customer', 'with the customer'), ('supplier', 'at the supplier'), ('courier', 'on the way'), ('scrap', 'scrapped'), ('difference', 'difference of a count'), ('donor', 'a unit taken apart')], max_length=12),
        ),
        migrations.AddField(
            model_name='lot',
            name='part',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.part'),
        ),
        migrations.AddField(
            model_name='countline',
            name='lot',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.lot'),
        ),
        migrations.AddField(
            model_name='move',
            name='lot',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.lot'),
        ),
        migrations.AddField(
            model_name='lotbalance',
            name='lot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='balances', to='stock.lot'),
        ),
        migrations.AddField(
            model_name='lotbalance',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.place'),
        ),
        migrations.AddField(
            model_name='piece',
            name='lot',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pieces', to='stock.lot'),
        ),
        migrations.AddField(
            model_name='piece',
            name='part',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.part'),
        ),
        migrations.AddField(
            model_name='piece',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.place'),
        ),
        migrations.AddField(
            model_name='countline',
            name='piece',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.piece'),
        ),
        migrations.AddField(
            model_name='move',
            name='piece',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stock.piece'),
        ),
        migrations.AddIndex(
            model_name='move',
            index=models.Index(condition=models.Q(('piece__isnull', False)), fields=['piece', 'id'], name='move_of_piece'),
        ),
        migrations.AddIndex(
            model_name='move',
            index=models.Index(condition=models.Q(('lot__isnull', False)), fields=['lot', 'id'], name='move_of_lot'),
        ),
        migrations.AddConstraint(
            model_name='countline',
            constraint=models.UniqueConstraint(condition=models.Q(('lot', None), ('piece', None)), fields=('counted', 'part'), name='count_of_part_once'),
        ),
        migrations.AddConstraint(
            model_name='countline',
            constraint=models.UniqueConstraint(fields=('counted', 'lot'), name='count_of_lot_once'),
        ),
        migrations.AddConstraint(
            model_name='countline',
            constraint=models.UniqueConstraint(fields=('counted', 'piece'), name='count_of_piece_once'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.UniqueConstraint(fields=('part', 'code'), name='lot_once'),
        ),
        migrations.AddIndex(
            model_name='lotbalance',
            index=models.Index(condition=models.Q(('on_hand', 0), _negated=True), fields=['place'], name='lots_in_place'),
        ),
        migrations.AddConstraint(
            model_name='lotbalance',
            constraint=models.UniqueConstraint(fields=('lot', 'place'), name='lot_balance_once'),
        ),
        migrations.AddConstraint(
            model_name='lotbalance',
            constraint=models.CheckConstraint(condition=models.Q(('outside', True), ('on_hand__gte', 0), _connector='OR'), name='lot_never_below_zero'),
        ),
        migrations.AddIndex(
            model_name='piece',
            index=models.Index(fields=['serial_normal'], name='piece_serial', opclasses=['varchar_pattern_ops']),
        ),
        migrations.AddIndex(
            model_name='piece',
            index=models.Index(fields=['place', 'part'], name='pieces_in_place'),
        ),
        migrations.AddConstraint(
            model_name='piece',
            constraint=models.UniqueConstraint(fields=('part', 'serial_normal'), name='piece_once'),
        ),
    ]
