"""Who may do what with the catalogue."""

from django.utils.translation import gettext_lazy as _

from remonta.identity.roles import Role
from remonta.kernel.actor import Permission

EVERYBODY = tuple(Role.values)
KEEPERS = (Role.SERVICE_MANAGER, Role.PURCHASER, Role.STOREKEEPER, Role.HEAD)
COSTS = (Role.SERVICE_MANAGER, Role.PURCHASER, Role.WORKSHOP_MANAGER, Role.HEAD)

PERMISSIONS = (
    Permission("catalogue.see", _("See models, parts and prices"), EVERYBODY, wide=True),
    Permission("catalogue.write", _("Change models, parts, works and checklists"), KEEPERS, wide=True),
    Permission("catalogue.price", _("Set prices"), (Role.SERVICE_MANAGER, Role.HEAD), wide=True),
    Permission("catalogue.see_cost", _("See what parts and works cost us"), COSTS, wide=True),
)
