"""Who may bring data in from files."""

from django.utils.translation import gettext_lazy as _

from remonta.identity.roles import Role
from remonta.kernel.actor import Permission

PERMISSIONS = (
    Permission("exchange.import", _("Bring data in from files, and undo it"), (Role.SERVICE_MANAGER, Role.HEAD)),
    Permission("exchange.import_prices", _("Read price lists of suppliers from files, and undo it"), (Role.PURCHASER,)),
)
