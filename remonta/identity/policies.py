"""Who may do what with people, centres and settings."""

from django.utils.translation import gettext_lazy as _

from remonta.identity.roles import Role
from remonta.kernel.actor import Permission

EVERYBODY = tuple(Role.values)

PERMISSIONS = (
    Permission("desk.enter", _("Work in the staff pages"), EVERYBODY),
    Permission("identity.see_staff", _("See colleagues"), EVERYBODY),
    Permission("identity.manage_staff", _("Add, change and disable people"), (Role.HEAD,)),
    Permission("identity.manage_network", _("Change legal entities, centres, groups and calendars"), (Role.HEAD,)),
    Permission("identity.manage_settings", _("Change settings"), (Role.HEAD,)),
    Permission("identity.tokens", _("Make API tokens for oneself"), EVERYBODY),
    Permission("spine.see_outbox", _("See outgoing messages and send them again"), (Role.HEAD, Role.SERVICE_MANAGER)),
    Permission("spine.see_jobs", _("See background work of others"), ()),
    Permission("spine.verify", _("Check the books"), (Role.HEAD,)),
)
