"""Who may do what with money."""

from django.utils.translation import gettext_lazy as _

from remonta.identity.roles import Role
from remonta.kernel.actor import Permission

COUNTER = (Role.RECEPTIONIST, Role.CASHIER)
LEADS = (Role.WORKSHOP_MANAGER, Role.SERVICE_MANAGER, Role.HEAD)
PARTNER = (Role.PARTNER_STAFF,)

PERMISSIONS = (
    Permission("billing.see", _("See payments and invoices"), (*COUNTER, *LEADS, Role.ACCOUNT_MANAGER, *PARTNER)),
    Permission("billing.take", _("Take payments and deposits"), (*COUNTER, *LEADS, *PARTNER)),
    Permission("billing.refund", _("Give money back"), (Role.CASHIER, *LEADS, *PARTNER)),
    Permission("billing.invoice", _("Issue invoices"), (*COUNTER, *LEADS, *PARTNER)),
    Permission("billing.correct", _("Correct invoices"), (Role.SERVICE_MANAGER, Role.HEAD)),
    Permission("billing.shift", _("Open and close a cash desk"), (*COUNTER, *LEADS, *PARTNER)),
    Permission("billing.close_any", _("Close the cash desk of somebody else"), LEADS),
    Permission("billing.desks", _("Set up cash desks and card terminals"), (Role.HEAD,)),
    Permission("billing.settle", _("Say how an unclear card payment ended"), (Role.SERVICE_MANAGER, Role.HEAD)),
)
