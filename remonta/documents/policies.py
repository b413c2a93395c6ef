"""Who may do what with print forms."""

from django.utils.translation import gettext_lazy as _

from remonta.identity.roles import Role
from remonta.kernel.actor import Permission

COUNTER = (Role.OPERATOR, Role.RECEPTIONIST, Role.CASHIER, Role.ACCOUNT_MANAGER)
LEADS = (Role.DISPATCHER, Role.WORKSHOP_MANAGER, Role.GROUP_LEAD, Role.SERVICE_MANAGER, Role.HEAD)
FLOOR = (Role.ENGINEER, Role.STOREKEEPER, Role.PURCHASER, Role.LOGISTICIAN, Role.QUALITY, Role.PARTNER_STAFF)

PERMISSIONS = (
    Permission("documents.see", _("See printed forms"), (*COUNTER, *LEADS, *FLOOR)),
    Permission("documents.print", _("Print forms and labels"), (*COUNTER, *LEADS, *FLOOR)),
    Permission("documents.templates", _("Change how forms look"), (Role.HEAD,)),
)
