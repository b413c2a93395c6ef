"""Who may do what with work given out."""

from django.utils.translation import gettext_lazy as _

from remonta.identity.roles import Role
from remonta.kernel.actor import Permission

LEADS = (Role.WORKSHOP_MANAGER, Role.GROUP_LEAD, Role.DISPATCHER, Role.SERVICE_MANAGER, Role.HEAD)
BENCH = (Role.ENGINEER, Role.WORKSHOP_MANAGER, Role.GROUP_LEAD, Role.PARTNER_STAFF)

PERMISSIONS = (
    Permission("dispatch.see", _("See who is given what"), (*LEADS, *BENCH, Role.RECEPTIONIST, Role.QUALITY)),
    Permission("dispatch.give", _("Give work to engineers and take it back"), (*LEADS, Role.PARTNER_STAFF)),
    Permission("dispatch.answer", _("Answer work given to oneself"), BENCH),
    Permission("dispatch.work", _("Write diagnoses and measure time"), (*BENCH, Role.HEAD)),
    Permission("dispatch.load", _("See the load of each engineer"), (*LEADS, Role.RECEPTIONIST, Role.PARTNER_STAFF)),
)
