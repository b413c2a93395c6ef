"""Who may do what with customers."""

from django.utils.translation import gettext_lazy as _

from remonta.identity.roles import Role
from remonta.kernel.actor import Permission

READERS = (
    Role.OPERATOR,
    Role.RECEPTIONIST,
    Role.DISPATCHER,
    Role.WORKSHOP_MANAGER,
    Role.GROUP_LEAD,
    Role.ENGINEER,
    Role.LOGISTICIAN,
    Role.CASHIER,
    Role.QUALITY,
    Role.ACCOUNT_MANAGER,
    Role.SERVICE_MANAGER,
    Role.MARKETING,
    Role.PARTNER_STAFF,
    Role.HEAD,
)
WRITERS = (
    Role.OPERATOR,
    Role.RECEPTIONIST,
    Role.DISPATCHER,
    Role.CASHIER,
    Role.ACCOUNT_MANAGER,
    Role.SERVICE_MANAGER,
    Role.PARTNER_STAFF,
    Role.HEAD,
)
KEEPERS = (Role.ACCOUNT_MANAGER, Role.SERVICE_MANAGER, Role.HEAD)

PERMISSIONS = (
    Permission("customers.see", _("See customers"), READERS, wide=True),
    Permission("customers.write", _("Add and change customers"), WRITERS, wide=True),
    Permission("customers.merge", _("Merge customers entered twice"), KEEPERS, wide=True),
    Permission("customers.erase", _("Erase what is known of a customer"), (Role.SERVICE_MANAGER, Role.HEAD), wide=True),
    Permission("customers.export", _("Export lists of customers"), (*KEEPERS, Role.MARKETING), wide=True),
)
