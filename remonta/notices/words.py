"""The occasions of messages and notices in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

SMS, EMAIL = "sms", "email"
CHANNELS = {SMS: _("SMS"), EMAIL: _("e-mail")}

# When a customer is written, in the order of a repair.
OCCASIONS = {
    "send_in": _("A parcel is expected: the logistics document"),
    "send_in_reminder": _("An expected parcel has not come"),
    "parcel_sent": _("The unit goes back by parcel"),
    "taken_in": _("The unit is taken in"),
    "quote_sent": _("A quote waits for the answer"),
    "quote_approved": _("The quote was approved"),
    "quote_declined": _("The quote was declined"),
    "parts_expected": _("Parts come on another day"),
    "parts_arrived": _("All parts are here"),
    "ready": _("The unit is repaired and ready"),
    "unrepaired": _("The unit goes back unrepaired"),
    "loan_overdue": _("A loaner is not back in time"),
    "handed_over": _("After the hand-over: asking for a rating"),
    "message": _("A colleague writes to the customer"),
    "link": _("A colleague sends the link of the repair"),
}

# What may stand in braces in a text, and what it becomes.
PLACES = {
    "number": _("number of the order"),
    "device": _("the device"),
    "centre": _("name of the centre"),
    "address": _("address of the centre"),
    "phone": _("phone of the centre"),
    "link": _("address of the customer’s page"),
    "ready": _("promised date and time"),
    "until": _("last day of the quote"),
    "necessary": _("price of what is necessary"),
    "whole": _("price of everything offered"),
    "total": _("what the repair costs"),
    "owed": _("what is still to pay"),
    "comes": _("day on which the parts come"),
    "loaner": _("the loaner"),
    "back_by": _("day on which the loaner was to be back"),
    "text": _("what the colleague wrote"),
    "parcel": _("number of the parcel"),
    "carrier": _("the courier"),
    "tracking": _("the courier’s number"),
    "person": _("who cares for the customer"),
}

# What stands under the bell.
NOTICES = {
    "work_offered": gettext_noop("%(number)s: work is offered to you"),
    "quote_approved": gettext_noop("%(number)s: the customer approved the quote"),
    "quote_declined": gettext_noop("%(number)s: the customer declined the quote"),
    "part_arrived": gettext_noop("%(number)s: part %(part)s is here"),
    "order_late": gettext_noop("%(number)s is late"),
    "customer_wrote": gettext_noop("%(number)s: the customer wrote a message"),
    "rating_poor": gettext_noop("%(number)s: the customer gave %(score)s of 5"),
    "check_failed": gettext_noop("%(number)s did not pass the final check"),
    "message_failed": gettext_noop("%(number)s: a message to the customer did not get through"),
    "task_given": gettext_noop("You have a new task"),
    "parcel_late": gettext_noop("Parcel %(number)s is late"),
    "shipment_lost": gettext_noop("Shipment %(number)s: the courier has lost it"),
    "shipment_returned": gettext_noop("Shipment %(number)s came back to the sender"),
    "shipment_refused": gettext_noop("Shipment %(number)s was refused by the courier"),
    "shipment_late": gettext_noop("Shipment %(number)s is overdue"),
    "round_planned": gettext_noop("Round %(number)s is planned for you"),
    "batch_late": gettext_noop("Batch %(number)s is late"),
    "transfer_asked": gettext_noop("Transfer %(number)s: another centre asks you for parts"),
    "transfer_refused": gettext_noop("Transfer %(number)s is refused"),
    "transfer_sent": gettext_noop("Transfer %(number)s is on the way to you"),
}
SIGNS = {
    "work_offered": "tool",
    "quote_approved": "circle-check",
    "quote_declined": "circle-x",
    "part_arrived": "package",
    "order_late": "clock",
    "customer_wrote": "message",
    "rating_poor": "star",
    "check_failed": "alert-triangle",
    "message_failed": "mail",
    "task_given": "checklist",
    "parcel_late": "truck-delivery",
    "shipment_lost": "alert-triangle",
    "shipment_returned": "arrow-back-up",
    "shipment_refused": "circle-x",
    "shipment_late": "clock",
    "round_planned": "route",
    "batch_late": "truck-delivery",
    "transfer_asked": "arrows-left-right",
    "transfer_refused": "circle-x",
    "transfer_sent": "truck-delivery",
}
