import django.db.models.deletion
import remonta.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('identity', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Customer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=remonta.kernel.ids.uuid7, unique=True)),
                ('kind', models.CharField(choices=[('person', 'person'), ('company', 'company')], default='person', max_length=10)),
                ('name', models.CharField(max_length=200)),
                ('sort_name', models.CharField(max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(choices=[('en', 'English'), ('ru', 'Русский'), ('pl', 'Polski'), ('zh-hans', '简体中文')], default='en', max_length=10)),
                ('tax_id', models.CharField(blank=True, max_length=40)),
                ('note', models.TextField(blank=True)),
                ('flags', models.JSONField(blank=True, default=list)),
                ('may_contact', models.JSONField(blank=True, default=dict)),
                ('created_at', models.DateTimeField()),
                ('account_manager', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duplicates', to='customers.customer')),
            ],
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=remonta.kernel.ids.uuid7, unique=True)),
                ('label', models.CharField(blank=True, max_length=60)),
                ('lines', models.CharField(max_length=300)),
                ('city', models.CharField(blank=True, max_length=120)),
                ('postcode', models.CharField(blank=True, max_length=20)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to='customers.customer')),
            ],
        ),
        migrations.CreateModel(
            name='KnownCustomer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.centre')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='known_at', to='customers.customer')),
            ],
        ),
        migrations.CreateModel(
            name='Phone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20)),
                ('reversed_digits', models.CharField(max_length=20)),
                ('label', models.CharField(blank=True, max_length=40)),
                ('takes_sms', models.BooleanField(default=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phones', to='customers.customer')),
            ],
        ),
        migrations.CreateModel(
            name='Relation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('household', 'same household'), ('member', 'works for')], max_length=12)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='customers.customer')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.customer')),
            ],
        ),
        migrations.AddIndex(
            model_name='customer',
            index=models.Index(fields=['sort_name', 'id'], name='customer_sorted'),
        ),
        migrations.AddConstraint(
            model_name='knowncustomer',
            constraint=models.UniqueConstraint(fields=('customer', 'centre'), name='known_customer_once'),
        ),
        migrations.AddIndex(
            model_name='phone',
            index=models.Index(fields=['number'], name='phone_number'),
        ),
        migrations.AddIndex(
            model_name='phone',
            index=models.Index(fields=['reversed_digits'], name='phone_tail'),
        ),
        migrations.AddConstraint(
            model_name='phone',
            constraint=models.UniqueConstraint(fields=('customer', 'number'), name='phone_once'),
        ),
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.UniqueConstraint(fields=('customer', 'other', 'kind'), name='relation_once'),
        ),
    ]
