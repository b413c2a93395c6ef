import django.db.models.deletion
import remonta.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
        ('customers', '0001_initial'),
        ('identity', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=remonta.kernel.ids.uuid7, unique=True)),
                ('serial', models.CharField(blank=True, max_length=80)),
                ('serial_normal', models.CharField(blank=True, max_length=80)),
                ('second_serial', models.CharField(blank=True, max_length=80)),
                ('tag', models.CharField(blank=True, max_length=20)),
                ('quantity', models.PositiveIntegerField(default=1)),
                ('batch', models.CharField(blank=True, max_length=60)),
                ('sold_on', models.DateField(null=True)),
                ('warranty_until', models.DateField(null=True)),
                ('note', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('active', 'active'), ('deactivated', 'deactivated')], default='active', max_length=12)),
                ('created_at', models.DateTimeField()),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duplicates', to='equipment.unit')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customer')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.product')),
            ],
        ),
        migrations.CreateModel(
            name='KnownUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.centre')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='known_at', to='equipment.unit')),
            ],
        ),
        migrations.CreateModel(
            name='UnitLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('part_of', 'part of'), ('replaced_by', 'replaced by'), ('loaned_for', 'loaned for')], max_length=12)),
                ('since', models.DateTimeField()),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='equipment.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='equipment.unit')),
            ],
        ),
        migrations.AddIndex(
            model_name='unit',
            index=models.Index(condition=models.Q(('serial_normal', ''), _negated=True), fields=['serial_normal'], name='unit_serial'),
        ),
        migrations.AddIndex(
            model_name='unit',
            index=models.Index(fields=['owner'], name='unit_owner'),
        ),
        migrations.AddIndex(
            model_name='unit',
            index=models.Index(fields=['product'], name='unit_product'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('serial_normal', ''), _negated=True), ('merged_into', None)), fields=('product', 'serial_normal'), name='unit_serial_once'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(condition=models.Q(('tag', ''), _negated=True), fields=('tag',), name='unit_tag_once'),
        ),
        migrations.AddConstraint(
            model_name='knownunit',
            constraint=models.UniqueConstraint(fields=('unit', 'centre'), name='known_unit_once'),
        ),
    ]
