"""What the counter tells."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class HandedOver(Fact):
    """Somebody took the unit and signed; `invoice_id` is what was invoiced in the same breath."""

    name = "counter.handed_over"
    says = gettext_noop("Given back and signed for")
    work_order_id: int
    hand_over_id: int
    invoice_id: int | None = None
