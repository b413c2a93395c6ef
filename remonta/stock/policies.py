"""Who may see, move and keep things."""

from django.utils.translation import gettext_lazy as _

from remonta.identity.roles import Role
from remonta.kernel.actor import Permission

COUNTER = (Role.RECEPTIONIST, Role.CASHIER, Role.OPERATOR, Role.ACCOUNT_MANAGER)
BENCH = (Role.ENGINEER, Role.WORKSHOP_MANAGER, Role.GROUP_LEAD)
LEADS = (Role.DISPATCHER, Role.SERVICE_MANAGER, Role.HEAD)
STORE = (Role.STOREKEEPER, Role.PURCHASER, Role.LOGISTICIAN)
HANDS = (Role.RECEPTIONIST, Role.CASHIER, Role.ACCOUNT_MANAGER, *BENCH, *LEADS, *STORE, Role.QUALITY)

PERMISSIONS = (
    Permission(
        "stock.see",
        _("See what is in stock, here and elsewhere"),
        (*COUNTER, *BENCH, *LEADS, *STORE, Role.PARTNER_STAFF),
        wide=True,
    ),
    Permission(
        "stock.see_places",
        _("See places and what is there"),
        (*COUNTER, *BENCH, *LEADS, *STORE, Role.QUALITY, Role.PARTNER_STAFF),
    ),
    Permission("stock.move_units", _("Move units from place to place"), (*HANDS, Role.PARTNER_STAFF)),
    Permission(
        "stock.keep",
        _("Put parts away, quarantine and scrap them"),
        (Role.STOREKEEPER, Role.WORKSHOP_MANAGER, Role.HEAD, Role.PARTNER_STAFF),
    ),
    Permission(
        "stock.manage_places",
        _("Add, rename and archive places"),
        (Role.STOREKEEPER, Role.WORKSHOP_MANAGER, Role.HEAD, Role.PARTNER_STAFF),
    ),
    Permission("stock.count", _("Count what is in stock"), (*BENCH, *STORE, *LEADS, Role.PARTNER_STAFF)),
    Permission(
        "stock.lead_counts",
        _("Begin and finish stocktakes"),
        (Role.STOREKEEPER, Role.WORKSHOP_MANAGER, Role.HEAD, Role.PARTNER_STAFF),
    ),
    Permission(
        "stock.approve_counts",
        _("Approve the differences of stocktakes"),
        (Role.WORKSHOP_MANAGER, Role.SERVICE_MANAGER, Role.HEAD, Role.PARTNER_STAFF),
    ),
    Permission(
        "stock.take_apart",
        _("Take units apart"),
        (Role.STOREKEEPER, Role.WORKSHOP_MANAGER, Role.HEAD),
    ),
    Permission("stock.post_counts", _("Post the differences of stocktakes"), ()),
    Permission(
        "stock.keep_levels",
        _("Say how much of a part should be there"),
        (Role.STOREKEEPER, Role.PURCHASER, Role.WORKSHOP_MANAGER, Role.HEAD, Role.PARTNER_STAFF),
    ),
    Permission("stock.see_transfers", _("See transfers between centres"), (*BENCH, *LEADS, *STORE)),
    Permission(
        "stock.ask_transfers",
        _("Ask other centres for parts"),
        (*BENCH, Role.STOREKEEPER, Role.PURCHASER, Role.SERVICE_MANAGER, Role.HEAD),
    ),
    Permission(
        "stock.give_transfers",
        _("Approve and send transfers"),
        (Role.STOREKEEPER, Role.WORKSHOP_MANAGER, Role.HEAD),
    ),
    Permission(
        "stock.take_transfers",
        _("Receive transfers"),
        (Role.STOREKEEPER, Role.WORKSHOP_MANAGER, Role.HEAD),
    ),
    Permission(
        "stock.settle_transfers",
        _("Settle the differences of transfers"),
        (Role.WORKSHOP_MANAGER, Role.SERVICE_MANAGER, Role.HEAD),
    ),
    Permission("stock.close_transfers", _("Close settled transfers"), ()),
    Permission(
        "stock.see_cost",
        _("See what parts cost us"),
        (Role.PURCHASER, Role.SERVICE_MANAGER, Role.HEAD),
    ),
    Permission(
        "stock.see_loaners",
        _("See loaners and who has them"),
        (*COUNTER, *BENCH, *LEADS, Role.STOREKEEPER, Role.LOGISTICIAN, Role.PARTNER_STAFF),
    ),
    Permission(
        "stock.lend",
        _("Lend loaners and take them back"),
        (Role.RECEPTIONIST, Role.CASHIER, Role.ACCOUNT_MANAGER, Role.WORKSHOP_MANAGER, *LEADS, Role.PARTNER_STAFF),
    ),
    Permission(
        "stock.keep_loaners",
        _("Keep the pool of loaners"),
        (Role.STOREKEEPER, Role.WORKSHOP_MANAGER, Role.SERVICE_MANAGER, Role.HEAD, Role.PARTNER_STAFF),
    ),
)
