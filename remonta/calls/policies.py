"""Who may see calls."""

from django.utils.translation import gettext_lazy as _

from remonta.identity.roles import Role
from remonta.kernel.actor import Permission

ON_THE_PHONE = (
    Role.OPERATOR,
    Role.RECEPTIONIST,
    Role.DISPATCHER,
    Role.ACCOUNT_MANAGER,
    Role.SERVICE_MANAGER,
    Role.HEAD,
)

PERMISSIONS = (
    Permission("calls.see", _("See calls and the call-back list"), (*ON_THE_PHONE, Role.PARTNER_STAFF)),
    Permission("calls.report", _("Report calls from the telephone exchange"), ()),
)
