"""The roles a person can hold, several at once, each in one centre or in the whole network."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OPERATOR = "operator", _("call-centre operator")
    RECEPTIONIST = "receptionist", _("receptionist")
    DISPATCHER = "dispatcher", _("dispatcher")
    WORKSHOP_MANAGER = "workshop_manager", _("workshop manager")
    GROUP_LEAD = "group_lead", _("group lead")
    ENGINEER = "engineer", _("repair engineer")
    STOREKEEPER = "storekeeper", _("storekeeper")
    PURCHASER = "purchaser", _("purchaser")
    LOGISTICIAN = "logistician", _("logistician")
    CASHIER = "cashier", _("cashier")
    QUALITY = "quality", _("quality controller")
    ACCOUNT_MANAGER = "account_manager", _("account manager")
    SERVICE_MANAGER = "service_manager", _("service manager")
    MARKETING = "marketing", _("marketing")
    PARTNER_STAFF = "partner_staff", _("partner's staff")
    HEAD = "head", _("head of centre")
    ADMINISTRATOR = "administrator", _("administrator")
