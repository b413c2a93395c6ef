"""The places of work in the frame, in the order of a repair. Shown to who has one of the rights."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    label: object
    icon: str
    route: str
    rights: tuple[str, ...]


# Where the day of a role begins; whoever holds several begins at the first of the places.
HOMES = {
    "operator": "desk:calls",
    "receptionist": "desk:intake",
    "engineer": "desk:my-work",
    "workshop_manager": "desk:board",
    "dispatcher": "desk:board",
    "group_lead": "desk:board",
    "head": "desk:board",
    "service_manager": "desk:board",
    "quality": "desk:orders",
    "account_manager": "desk:customers",
    "storekeeper": "desk:stock",
    "logistician": "desk:logistics",
    "purchaser": "desk:to-order",
    "cashier": "desk:cash",
    "marketing": "desk:reports",
    "partner_staff": "desk:orders",
}
FIRST_STEPS = Place(_("First steps"), "checklist", "desk:first-steps", ("identity.manage_network",))
WORKPLACES = (
    Place(_("Calls"), "phone", "desk:calls", ("calls.see",)),
    Place(_("Take in"), "inbox", "desk:intake", ("orders.take_in",)),
    Place(_("My work"), "tool", "desk:my-work", ("dispatch.answer",)),
    Place(_("Workshop"), "layout-kanban", "desk:board", ("dispatch.see",)),
    Place(_("Orders"), "clipboard", "desk:orders", ("orders.see",)),
    Place(_("Tasks"), "checklist", "desk:tasks", ("orders.tasks",)),
    Place(_("Requests"), "message-question", "desk:requests", ("orders.register",)),
    Place(_("Loaners"), "device-laptop", "desk:loaners", ("stock.lend", "stock.keep_loaners")),
    Place(_("Warehouse"), "building-warehouse", "desk:stock", ("supply.issue", "supply.receive", "supply.expect")),
    Place(_("Logistics"), "truck-delivery", "desk:logistics", ("logistics.handle", "logistics.check")),
    Place(_("Buying"), "shopping-cart", "desk:to-order", ("supply.buy",)),
    Place(_("Money"), "cash", "desk:cash", ("billing.take", "billing.shift")),
    Place(_("Customers"), "users", "desk:customers", ("customers.see",)),
    Place(_("Units"), "device-mobile", "desk:units", ("equipment.see",)),
    Place(_("Catalogue"), "book", "desk:products", ("catalogue.write", "catalogue.price")),
    Place(_("Reports"), "chart-bar", "desk:reports", ("reports.see", "reports.own")),
    Place(_("Imports"), "database-import", "desk:imports", ("exchange.import", "exchange.import_prices")),
    Place(_("Print forms"), "printer", "desk:form-templates", ("documents.templates",)),
    Place(_("Network"), "settings", "desk:people", ("identity.manage_staff", "identity.manage_network")),
)
