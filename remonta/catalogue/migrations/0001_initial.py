import django.db.models.deletion
import remonta.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('identity', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Brand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=remonta.kernel.ids.uuid7, unique=True)),
                ('name', models.CharField(max_length=120, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=remonta.kernel.ids.uuid7, unique=True)),
                ('code', models.CharField(max_length=40, unique=True)),
                ('names', models.JSONField(default=dict)),
                ('accessories', models.JSONField(default=list)),
                ('looks', models.JSONField(default=list)),
                ('asks_passcode', models.BooleanField(default=False)),
                ('serial_is_imei', models.BooleanField(default=False)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='catalogue.category')),
            ],
        ),
        migrations.CreateModel(
            name='ChecklistItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=remonta.kernel.ids.uuid7, unique=True)),
                ('moment', models.CharField(choices=[('intake', 'at intake'), ('bench', 'on the bench'), ('final', 'final check'), ('handover', 'at hand-over')], max_length=10)),
                ('names', models.JSONField(default=dict)),
                ('required', models.BooleanField(default=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('category', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='checklist', to='catalogue.category')),
            ],
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=remonta.kernel.ids.uuid7, unique=True)),
                ('number', models.CharField(max_length=80, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('sort_name', models.CharField(max_length=120)),
                ('words', models.TextField(blank=True)),
                ('measure', models.CharField(choices=[('pc', 'pc'), ('m', 'm'), ('g', 'g'), ('ml', 'ml'), ('h', 'h')], default='pc', max_length=4)),
                ('gtin', models.CharField(blank=True, max_length=14)),
                ('serialised', models.BooleanField(default=False)),
                ('exchange', models.BooleanField(default=False)),
                ('archived_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('gtin', ''), _negated=True), fields=['gtin'], name='part_gtin'), models.Index(fields=['sort_name', 'id'], name='part_sorted')],
            },
        ),
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=remonta.kernel.ids.uuid7, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('code', models.CharField(blank=True, max_length=80)),
                ('sort_name', models.CharField(max_length=120)),
                ('words', models.TextField(blank=True)),
                ('archived_at', models.DateTimeField(null=True)),
                ('brand', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='products', to='catalogue.brand')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='products', to='catalogue.category')),
            ],
        ),
        migrations.CreateModel(
            name='PartFit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fits', to='catalogue.part')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='catalogue.product')),
            ],
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=remonta.kernel.ids.uuid7, unique=True)),
                ('code', models.CharField(max_length=40, unique=True)),
                ('names', models.JSONField(default=dict)),
                ('words', models.TextField(blank=True)),
                ('minutes', models.PositiveIntegerField(default=60)),
                ('keywords', models.TextField(blank=True)),
                ('archived_at', models.DateTimeField(null=True)),
                ('category', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='services', to='catalogue.category')),
                ('product', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='services', to='catalogue.product')),
            ],
        ),
        migrations.CreateModel(
            name='Price',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=6, max_digits=18)),
                ('cost', models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ('tax_code', models.CharField(default='standard', max_length=20)),
                ('since', models.DateField()),
                ('legal_entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.legalentity')),
                ('part', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='prices', to='catalogue.part')),
                ('service', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='prices', to='catalogue.service')),
            ],
        ),
        migrations.CreateModel(
            name='KnownFault',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('symptoms', models.JSONField(default=dict)),
                ('remedy', models.JSONField(default=dict)),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='known_faults', to='catalogue.product')),
                ('service', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='catalogue.service')),
            ],
        ),
        migrations.CreateModel(
            name='FaultCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=remonta.kernel.ids.uuid7, unique=True)),
                ('kind', models.CharField(choices=[('symptom', 'symptom'), ('defect', 'defect'), ('repair', 'repair')], max_length=10)),
                ('code', models.CharField(max_length=20)),
                ('names', models.JSONField(default=dict)),
                ('category', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='catalogue.category')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'code'), name='fault_code_once')],
            },
        ),
        migrations.AddIndex(
            model_name='product',
            index=models.Index(fields=['sort_name', 'id'], name='product_sorted'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.UniqueConstraint(condition=models.Q(('brand', None), _negated=True), fields=('brand', 'name'), name='product_once'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.UniqueConstraint(condition=models.Q(('brand', None)), fields=('name',), name='product_once_without_brand'),
        ),
        migrations.AddConstraint(
            model_name='partfit',
            constraint=models.UniqueConstraint(fields=('part', 'product'), name='part_fit_once'),
        ),
        migrations.AddIndex(
            model_name='price',
            index=models.Index(fields=['legal_entity', 'part', 'since'], name='price_of_part'),
        ),
        migrations.AddIndex(
            model_name='price',
            index=models.Index(fields=['legal_entity', 'service', 'since'], name='price_of_service'),
        ),
        migrations.AddConstraint(
            model_name='price',
            constraint=models.CheckConstraint(condition=models.Q(('part', None), ('service', None), _connector='XOR'), name='price_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='price',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='price_not_negative'),
        ),
    ]
