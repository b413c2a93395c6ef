"""Who may read which figures."""

from django.utils.translation import gettext_lazy as _

from remonta.identity.roles import Role
from remonta.kernel.actor import Permission

LEADS = (Role.WORKSHOP_MANAGER, Role.GROUP_LEAD, Role.SERVICE_MANAGER, Role.HEAD)

PERMISSIONS = (
    Permission("reports.see", _("See the figures of the centre"), LEADS),
    Permission("reports.own", _("See the figures of one's own work"), (Role.ENGINEER,)),
)
