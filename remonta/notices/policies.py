"""Who may do what with notices."""

from django.utils.translation import gettext_lazy as _

from remonta.identity.roles import Role
from remonta.kernel.actor import Permission

PERMISSIONS = (
    Permission(
        "notices.texts", _("Change the texts customers are written"), (Role.SERVICE_MANAGER, Role.MARKETING, Role.HEAD)
    ),
)
