import django.db.models.deletion
import remonta.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=remonta.kernel.ids.uuid7, unique=True)),
                ('listing', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=60)),
                ('query', models.CharField(max_length=1000)),
                ('created_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ViewShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('operator', 'call-centre operator'), ('receptionist', 'receptionist'), ('dispatcher', 'dispatcher'), ('workshop_manager', 'workshop manager'), ('group_lead', 'group lead'), ('engineer', 'repair engineer'), ('storekeeper', 'storekeeper'), ('purchaser', 'purchaser'), ('logistician', 'logistician'), ('cashier', 'cashier'), ('quality', 'quality controller'), ('account_manager', 'account manager'), ('service_manager', 'service manager'), ('marketing', 'marketing'), ('partner_staff', "partner's staff"), ('head', 'head of centre'), ('administrator', 'administrator')], max_length=20)),
                ('view', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='web.savedview')),
            ],
        ),
        migrations.AddIndex(
            model_name='savedview',
            index=models.Index(fields=['listing', 'account'], name='saved_view_of'),
        ),
        migrations.AddConstraint(
            model_name='viewshare',
            constraint=models.UniqueConstraint(fields=('view', 'role'), name='view_share_once'),
        ),
    ]
