"""Who may do what with requests and work orders."""

from django.utils.translation import gettext_lazy as _

from remonta.identity.roles import Role
from remonta.kernel.actor import Permission

COUNTER = (Role.RECEPTIONIST, Role.CASHIER, Role.OPERATOR, Role.ACCOUNT_MANAGER)
BENCH = (Role.ENGINEER, Role.WORKSHOP_MANAGER, Role.GROUP_LEAD)
LEADS = (Role.WORKSHOP_MANAGER, Role.GROUP_LEAD, Role.DISPATCHER, Role.SERVICE_MANAGER, Role.HEAD)
STORE = (Role.STOREKEEPER, Role.PURCHASER, Role.LOGISTICIAN)
PARTNER = (Role.PARTNER_STAFF,)

PERMISSIONS = (
    Permission(
        "orders.see",
        _("See orders of the centre"),
        (*COUNTER, *BENCH, *LEADS, *STORE, Role.QUALITY, *PARTNER),
    ),
    Permission("orders.state", _("Tell the state of any repair in the network"), (Role.OPERATOR, Role.HEAD), wide=True),
    Permission("orders.register", _("Register requests"), (*COUNTER, *LEADS, *PARTNER)),
    Permission("orders.take_in", _("Take units in"), (Role.RECEPTIONIST, Role.ACCOUNT_MANAGER, *LEADS, *PARTNER)),
    Permission("orders.work", _("Diagnose and repair"), (*BENCH, Role.HEAD, *PARTNER)),
    Permission(
        "orders.stop", _("Stop work and return a unit unrepaired"), (Role.RECEPTIONIST, *BENCH, *LEADS, *PARTNER)
    ),
    Permission("orders.plan", _("Set dates, priorities and statuses"), (Role.RECEPTIONIST, *LEADS, *PARTNER)),
    Permission("orders.give", _("Give work to people"), (*LEADS, *PARTNER)),
    Permission(
        "orders.lift_holds",
        _("Let an order go on although a loaner is not back"),
        (Role.WORKSHOP_MANAGER, Role.SERVICE_MANAGER, Role.HEAD, *PARTNER),
    ),
    Permission("orders.hand_over", _("Hand units over"), (Role.RECEPTIONIST, Role.CASHIER, *LEADS, *PARTNER)),
    Permission("orders.cancel", _("Cancel work orders"), (Role.RECEPTIONIST, Role.OPERATOR, *LEADS, *PARTNER)),
    Permission(
        "orders.write", _("Write notes and attach photos"), (*COUNTER, *BENCH, *LEADS, *STORE, Role.QUALITY, *PARTNER)
    ),
    Permission("orders.passcode", _("See a device's passcode"), (Role.RECEPTIONIST, *BENCH, *PARTNER, Role.HEAD)),
    Permission("orders.tasks", _("Give and finish tasks"), (*COUNTER, *BENCH, *LEADS, *STORE, Role.QUALITY, *PARTNER)),
    Permission("orders.routes", _("Change routes and statuses"), (Role.SERVICE_MANAGER, Role.HEAD)),
)
