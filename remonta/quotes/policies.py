"""Who may do what with quotes."""

from django.utils.translation import gettext_lazy as _

from remonta.identity.roles import Role
from remonta.kernel.actor import Permission

COUNTER = (Role.RECEPTIONIST, Role.CASHIER, Role.OPERATOR, Role.ACCOUNT_MANAGER)
BENCH = (Role.ENGINEER, Role.WORKSHOP_MANAGER, Role.GROUP_LEAD, Role.SERVICE_MANAGER, Role.HEAD, Role.PARTNER_STAFF)

PERMISSIONS = (
    Permission("quotes.see", _("See quotes"), (*COUNTER, *BENCH, Role.QUALITY)),
    Permission("quotes.write", _("Write quotes"), (Role.RECEPTIONIST, Role.ACCOUNT_MANAGER, *BENCH)),
    Permission("quotes.send", _("Send quotes to customers"), (Role.RECEPTIONIST, Role.ACCOUNT_MANAGER, *BENCH)),
    Permission(
        "quotes.answer",
        _("Record a customer’s answer"),
        (*COUNTER, Role.WORKSHOP_MANAGER, Role.HEAD, Role.PARTNER_STAFF),
    ),
    Permission("quotes.price", _("Change prices in quotes"), (Role.ACCOUNT_MANAGER, Role.WORKSHOP_MANAGER, Role.HEAD)),
    Permission("quotes.expire", _("Let quotes expire"), ()),
)
