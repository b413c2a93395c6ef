"""Every setting there is, with its kind, its default and its words. Each is layered network → region → centre."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

Value = bool | int | str


@dataclass(frozen=True)
class Known:
    """One setting. Its kind is the kind of its default; `choices` or a `pattern` narrow a text, `least` and `most` a
    number."""

    key: str
    default: Value
    label: object
    hint: object = ""
    choices: tuple[tuple[str, object], ...] = ()
    least: int = 0
    most: int = 1_000_000
    pattern: str = ""

    def admits(self, value: object) -> bool:
        """Whether the value is of this kind and within its bounds."""
        if type(value) is not type(self.default):
            return False
        if isinstance(value, int) and not isinstance(value, bool):
            return self.least <= value <= self.most
        if self.pattern and not re.fullmatch(self.pattern, str(value)):
            return False
        return not self.choices or value in dict(self.choices)


KNOWN = (
    Known(
        "quality.second_person",
        True,
        _("Final check by another person than the engineer"),
        _("Switch off in a shop where one person does everything."),
    ),
    Known(
        "orders.stale_days",
        5,
        _("Days without an entry until an order counts as forgotten"),
        _("Forgotten ones are marked in the list and on the board."),
        least=1,
        most=365,
    ),
    Known(
        "orders.promise_minutes",
        960,
        _("Working minutes promised when nothing better is known"),
        _("Filled in as “ready by” at the counter, and said beside it on the phone."),
        least=15,
    ),
    Known("links.days", 90, _("Days for which a customer’s link opens the order"), least=1, most=730),
    Known("links.quote_days", 14, _("Days for which a quote can be answered by its link"), least=1, most=365),
    Known("quotes.valid_days", 14, _("Days for which a quote’s prices hold"), least=1, most=365),
    Known("intake.passcode_days", 30, _("Days after which a passcode is erased at the latest"), least=1, most=365),
    Known(
        "intake.needs_photos",
        False,
        _("Photographs are taken at every intake"),
        _("Work begins only when there is one."),
    ),
    Known(
        "stock.negative_margin",
        False,
        _("Parts may be sold below cost price"),
        _("Otherwise a quote with such a line is not sent."),
    ),
    Known(
        "stock.loan_days", 14, _("Days for which a loaner is lent"), _("Proposed when it is lent."), least=1, most=365
    ),
    Known(
        "stock.loan_reminder_days",
        3,
        _("Days between reminders of a loaner that is not back"),
        _("The first one goes out the day after it was due."),
        least=1,
        most=90,
    ),
    Known(
        "billing.deposit_percent",
        0,
        _("Deposit asked at intake, percent of the pre-authorised spend"),
        _("Proposed at the order until something is paid."),
        most=100,
    ),
    Known("billing.pay_before_hand_over", True, _("A unit leaves only when it is paid")),
    Known("billing.on_account", True, _("Companies may pay by invoice after the hand-over")),
    Known("notices.quiet_from", "21:00", _("No messages to customers from")),
    Known("notices.quiet_until", "08:00", _("No messages to customers until")),
    Known("notices.rating_after_hours", 24, _("Hours after hand-over until a rating is asked for"), most=720),
    Known(
        "logistics.reminder_days",
        14,
        _("Days until a customer is reminded of a parcel that has not come"),
        _("Counted from the confirmation; the reminder names who cares for the customer."),
        least=1,
        most=365,
    ),
    Known(
        "logistics.late_days",
        3,
        _("Days after which a parcel or batch under way counts as late"),
        _("Counted from the day it should have arrived; then it becomes a task, a notice and a hold by itself."),
        most=365,
    ),
    Known(
        "logistics.road_days",
        5,
        _("Days a parcel or batch is usually under way"),
        _("Proposed when it is handed over without another date."),
        least=1,
        most=365,
    ),
    Known(
        "supply.service_percent",
        95,
        _("Parts at hand when they are needed, percent of months"),
        _("The higher, the larger the safety stock."),
        least=50,
        most=99,
    ),
    Known(
        "supply.history_months",
        36,
        _("Months of history from which demand for parts is forecast"),
        least=6,
        most=60,
    ),
    Known(
        "supply.lead_days",
        14,
        _("Days until a part comes when no supplier says"),
        least=1,
        most=365,
    ),
    Known(
        "supply.review_days",
        7,
        _("Days between two looks at what to order"),
        least=1,
        most=90,
    ),
    Known(
        "supply.cover_days",
        30,
        _("Days for which one order of parts is to last"),
        least=1,
        most=365,
    ),
    Known(
        "portal.frame_sites",
        "",
        _("Sites that may show the request form in a frame"),
        _("Addresses such as https://www.example.com, separated by blanks."),
    ),
    Known("portal.site_name", "", _("Name shown on the customers’ pages")),
    Known(
        "documents.receipt_terms",
        "",
        _("Terms printed on the intake receipt"),
        _("Empty: a usual sentence in the customer’s language."),
    ),
    Known(
        "documents.loan_terms",
        "",
        _("Terms printed on the loan agreement"),
        _("Empty: a usual sentence in the customer’s language."),
    ),
    Known(
        "documents.label_size",
        "58x40",
        _("Size of the labels in the printer, in millimetres"),
        _("Offered first wherever labels are printed."),
        choices=tuple((size, size.replace("x", " × ")) for size in ("58x40", "62x29", "40x25", "100x50")),
    ),
    Known("documents.act_warranty", "", _("Warranty printed on the completion act"), _("Empty: none is printed.")),
    Known(
        "desk.scan_prefix",
        "",
        _("Key that the scanner sends before each code"),
        _("One sign, such as ~, or F1 to F12. What follows it at once is a scan, also from a slow scanner."),
        pattern=r"|[!-~]|F([1-9]|1[0-2])",
    ),
)
SETTINGS = {known.key: known for known in KNOWN}
