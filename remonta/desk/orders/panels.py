"""Which panels of other rooms stand on the order page, for whom. Each is fetched on its own."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from remonta.orders.queries import OrderPage
from remonta.web.requests import Request


@dataclass(frozen=True)
class Panel:
    """A part of the page: the route that draws it, and the right to see it."""

    id: str
    label: object
    route: str
    right: str
    aside: bool = False


PANELS = (
    Panel("bench", _("Diagnosis and work"), "desk:order-bench", "dispatch.see"),
    Panel("quote", _("Quote"), "desk:order-quote", "quotes.see"),
    Panel("parts", _("Parts"), "desk:order-parts", "supply.see"),
    Panel("check", _("Final check"), "desk:order-check", "quality.see"),
    Panel("money", _("Money"), "desk:order-money", "billing.see", aside=True),
    Panel("place", _("Place"), "desk:order-place", "stock.see", aside=True),
    Panel("loaner", _("Loaner"), "desk:order-loaner", "stock.see_loaners", aside=True),
    Panel("road", _("On the road"), "desk:order-road", "logistics.see", aside=True),
    Panel("papers", _("Papers"), "desk:order-papers", "documents.print", aside=True),
    Panel("link", _("Customer’s page"), "desk:order-link", "orders.write", aside=True),
    Panel("messages", _("Messages"), "desk:order-messages", "orders.write", aside=True),
)


def panels_of(request: Request, order: OrderPage, *, aside: bool) -> list[dict[str, object]]:
    """The panels this person sees. No statement."""
    shown = []
    for panel in PANELS:
        if panel.aside != aside or not request.actor.may(panel.right, order):
            continue
        try:
            shown.append({"id": panel.id, "label": panel.label, "url": reverse(panel.route, args=[order.uid])})
        except NoReverseMatch:
            continue
    return shown
