"""Who may do what with the product archive."""

from django.utils.translation import gettext_lazy as _

from remonta.identity.roles import Role
from remonta.kernel.actor import Permission

READERS = tuple(role for role in Role.values if role != Role.MARKETING)
WRITERS = (
    Role.OPERATOR,
    Role.RECEPTIONIST,
    Role.DISPATCHER,
    Role.WORKSHOP_MANAGER,
    Role.GROUP_LEAD,
    Role.ENGINEER,
    Role.STOREKEEPER,
    Role.ACCOUNT_MANAGER,
    Role.SERVICE_MANAGER,
    Role.PARTNER_STAFF,
    Role.HEAD,
)
KEEPERS = (Role.WORKSHOP_MANAGER, Role.SERVICE_MANAGER, Role.HEAD)

PERMISSIONS = (
    Permission("equipment.see", _("See units and their history"), READERS, wide=True),
    Permission("equipment.write", _("Register and change units"), WRITERS, wide=True),
    Permission("equipment.retire", _("Deactivate, reactivate and merge units"), KEEPERS, wide=True),
)
