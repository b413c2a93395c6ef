"""Who may ask for parts, issue them, receive goods and see what is missing."""

from django.utils.translation import gettext_lazy as _

from remonta.identity.roles import Role
from remonta.kernel.actor import Permission

COUNTER = (Role.RECEPTIONIST, Role.OPERATOR, Role.CASHIER, Role.ACCOUNT_MANAGER)
BENCH = (Role.ENGINEER, Role.WORKSHOP_MANAGER, Role.GROUP_LEAD)
LEADS = (Role.DISPATCHER, Role.SERVICE_MANAGER, Role.HEAD)
STORE = (Role.STOREKEEPER, Role.PURCHASER, Role.LOGISTICIAN)
PARTNER = (Role.PARTNER_STAFF,)

PERMISSIONS = (
    Permission("supply.see", _("See parts asked for repairs"), (*COUNTER, *BENCH, *LEADS, *STORE, *PARTNER)),
    Permission("supply.ask", _("Ask for parts"), (*BENCH, *LEADS, Role.STOREKEEPER, *PARTNER)),
    Permission(
        "supply.issue",
        _("Issue parts to repairs and take them back"),
        (Role.STOREKEEPER, Role.WORKSHOP_MANAGER, Role.HEAD, *PARTNER),
    ),
    Permission("supply.receive", _("Receive goods"), (Role.STOREKEEPER, Role.PURCHASER, Role.HEAD, *PARTNER)),
    Permission(
        "supply.see_demand",
        _("See what is missing in the network"),
        (Role.PURCHASER, Role.STOREKEEPER, Role.SERVICE_MANAGER, Role.HEAD, *PARTNER),
        wide=True,
    ),
    Permission(
        "supply.expect", _("Say when a missing part comes"), (Role.PURCHASER, Role.STOREKEEPER, Role.HEAD, *PARTNER)
    ),
    Permission(
        "supply.see_suppliers",
        _("See suppliers and rates"),
        (Role.PURCHASER, Role.STOREKEEPER, Role.LOGISTICIAN, Role.SERVICE_MANAGER),
        wide=True,
    ),
    Permission(
        "supply.keep_suppliers",
        _("Keep suppliers, their prices and rates"),
        (Role.PURCHASER, Role.SERVICE_MANAGER),
        wide=True,
    ),
    Permission(
        "supply.see_orders",
        _("See what is on order"),
        (Role.PURCHASER, Role.STOREKEEPER, Role.LOGISTICIAN, Role.SERVICE_MANAGER, Role.WORKSHOP_MANAGER),
    ),
    Permission("supply.buy", _("Order parts from suppliers"), (Role.PURCHASER,)),
    Permission(
        "supply.send_back",
        _("Send goods back to suppliers"),
        (Role.STOREKEEPER, Role.PURCHASER, Role.WORKSHOP_MANAGER),
    ),
    Permission(
        "supply.plan",
        _("Have it worked out what to order, and plan spare parts"),
        (Role.PURCHASER, Role.STOREKEEPER, Role.SERVICE_MANAGER),
    ),
    Permission("supply.work_out", _("Work out what to order"), ()),
    Permission(
        "supply.request",
        _("Ask purchasing for parts"),
        (Role.ENGINEER, Role.WORKSHOP_MANAGER, Role.STOREKEEPER, Role.PURCHASER, Role.SERVICE_MANAGER),
    ),
    Permission(
        "supply.terms",
        _("Change who pays for an issued part"),
        (Role.WORKSHOP_MANAGER, Role.SERVICE_MANAGER, Role.HEAD, *PARTNER),
    ),
)
