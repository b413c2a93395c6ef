"""Who may do what about quality."""

from django.utils.translation import gettext_lazy as _

from remonta.identity.roles import Role
from remonta.kernel.actor import Permission

CHECKERS = (
    *(Role.QUALITY, Role.ENGINEER, Role.WORKSHOP_MANAGER, Role.GROUP_LEAD, Role.HEAD),
    Role.PARTNER_STAFF,
)

PERMISSIONS = (
    Permission("quality.see", _("See final checks and ratings"), (*CHECKERS, Role.RECEPTIONIST, Role.SERVICE_MANAGER)),
    Permission("quality.check", _("Make the final check"), CHECKERS),
)
