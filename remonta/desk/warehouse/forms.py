"""What the warehouse's pages ask for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import Tracking, parts_for
from remonta.kernel.actor import Actor
from remonta.kernel.gs1 import trade_item
from remonta.kernel.texts import clean
from remonta.stock.commands import ANY, Which
from remonta.stock.queries import PLACE_KINDS, Place, places_holding, put_away, store_places
from remonta.stock.workflow import WriteOffCause
from remonta.supply.commands import Delivered
from remonta.web.listing import ListFilter
from remonta.web.requests import Request

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2200, 1, 1)
MOST_LINES = 300
WHERE = [("", _("in stock")), ("quarantine", _("quarantine")), ("repair", _("in repairs"))]
MOST = Decimal(1_000_000)


def thousandths(text: str) -> int | None:
    """`2`, `2.5` and `2,5` as integer thousandths; None for anything else, zero and less included."""
    try:
        value = Decimal(text.strip().replace(",", ".").replace("\u00a0", ""))
    except InvalidOperation:
        return None
    return int(value * 1000) if value.is_finite() and 0 < value <= MOST and int(value * 1000) > 0 else None


def day_of(text: str) -> date | None:
    """`2027-02-28` as a day; None for anything else, a day that no calendar has included."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def end_of(day: date) -> datetime:
    """When that day ended, in the reader's zone; what lies outside the years that pages know is the first or last."""
    known = min(max(day, FIRST_DAY), LAST_DAY)
    return timezone.make_aware(datetime.combine(known + timedelta(days=1), time.min)) - timedelta(microseconds=1)


def uid_in(values: QueryDict, name: str) -> UUID:
    """The uid that a hidden field or a choice holds. Raises BadRequest for anything else: the form is not ours."""
    if (found := _uid(values.get(name) or "")) is None:
        raise BadRequest(name)
    return found


def which_of(request: Request, part_uid: UUID) -> Which:
    """Of a part kept by serial number or by batch, the numbers or the batch that were typed into the field `which`."""
    text = clean(request.POST.get("which", ""))[:400]
    kept = parts_for(request.actor).values_list("tracking", flat=True).get(uid=part_uid) if text else None
    if kept == Tracking.SERIAL:
        return Which(serials=tuple(text.replace(",", " ").split()))
    return Which(batch=text) if kept == Tracking.BATCH else ANY


def serials_in(text: str) -> tuple[str, ...]:
    """Serial numbers one a line, or with commas or semicolons between; each once."""
    return tuple(dict.fromkeys(word for word in map(clean, re.split(r"[\n,;]", text)) if word))


def which_in(values: QueryDict) -> Which:
    """The serial numbers or the batch that a form names. Raises BadRequest for a day that is none."""
    text = values.get("expires_on", "").strip()
    day = day_of(text)
    if text and day is None:
        raise BadRequest("expires_on")
    batch = clean(values.get("batch", ""))[:60]
    return Which(serials_in(values.get("serials", "")), batch, day)


class QuantityField(forms.CharField):
    """A number of pieces, metres or grams, kept in thousandths."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        if (found := thousandths(text)) is None:
            raise forms.ValidationError(_now("Say how many, more than zero."))
        return found


class PlaceChoice(forms.TypedChoiceField):
    """One of the places offered, by its uid; nothing chosen is None."""

    def __init__(self, **values: Any) -> None:
        super().__init__(coerce=UUID, empty_value=None, **values)

    def offer(self, places: Iterable[Place], *none: tuple[str, Any]) -> None:
        self.choices = [*none, *((str(place.uid), str(place)) for place in places)]


class StockFilter(ListFilter):
    q = forms.CharField(label=_("Part"), max_length=80, widget=forms.SearchInput)
    place = forms.CharField(label=_("Place"), max_length=40)
    kind = forms.ChoiceField(label=_("Where"), choices=WHERE)


class PlaceFilter(ListFilter):
    q = forms.CharField(label=_("Code or name"), max_length=80, widget=forms.SearchInput)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("any kind")), *PLACE_KINDS])
    archived = forms.BooleanField(label=_("Archived"))


class PlaceForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=PLACE_KINDS)
    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("What the label says, such as B-03."))
    name = forms.CharField(label=_("Name"), max_length=120, required=False)


class BinsForm(forms.Form):
    zone = forms.CharField(
        label=_("Zone"), max_length=20, required=False, help_text=_("Without one, what the address begins with.")
    )
    first = forms.CharField(label=_("First address"), max_length=40, help_text=_("Such as A-01-01."))
    last = forms.CharField(
        label=_("Last address"), max_length=40, help_text=_("Such as C-04-20. Every address between the two is made.")
    )


class PartMoveForm(forms.Form):
    """From one place of the centre to another, into quarantine, or away."""

    source_uid = PlaceChoice(label=_("From"))
    target_uid = PlaceChoice(label=_("To"), required=False)
    quantity = QuantityField(label=_("How many"), max_length=12, initial="1")
    serials = forms.CharField(
        label=_("Serial numbers"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-scan-field": "", "data-scan-lines": ""}),
        help_text=_("One a line; their number counts."),
    )
    batch = forms.CharField(label=_("Batch"), max_length=60, required=False)
    cause = forms.ChoiceField(
        label=_("Why it is scrapped"),
        choices=WriteOffCause.choices,
        required=False,
        help_text=_("Only for what is thrown away."),
    )

    def __init__(self, *args: Any, actor: Actor, centre_id: int, part_id: int, tracking: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_serial = tracking == "serial"
        if not self.by_serial:
            del self.fields["serials"]
        if tracking != "batch":
            del self.fields["batch"]
        self.fields["quantity"].required = not self.by_serial
        source, target = self.fields["source_uid"], self.fields["target_uid"]
        assert isinstance(source, PlaceChoice)
        assert isinstance(target, PlaceChoice)
        source.offer(places_holding(actor, centre_id, part_id))
        target.offer(store_places(actor, centre_id)[:500], ("", _("quarantine")))

    def clean(self) -> dict[str, Any]:
        """`which` is what the serial numbers or the batch say; pieces are as many as their numbers."""
        values: dict[str, Any] = super().clean() or {}
        which = Which(serials_in(values.pop("serials", "")), clean(values.pop("batch", "")))
        if which.serials:
            values["quantity"] = 1000 * len(which.serials)
        elif values.get("quantity") is None and self.by_serial:
            self.add_error("serials", _now("Scan the serial numbers, or say how many when it is all that lies there."))
        return {**values, "which": which}


class DeliveryForm(forms.Form):
    supplier = forms.CharField(label=_("Supplier"), max_length=200)
    note_number = forms.CharField(label=_("Delivery note"), max_length=80, required=False)


@dataclass
class DeliveryLine:
    """One line of a delivery as it was typed, with what is wrong about it."""

    part: Any
    place: str
    quantity: str
    cost: str = ""
    serials: str = ""
    batch: str = ""
    expires_on: str = ""
    errors: list[str] = field(default_factory=list)

    def which(self) -> Which:
        """Which of the part came; keeps what is wrong about it."""
        day = day_of(self.expires_on)
        if self.expires_on and day is None:
            self.errors.append(_now("Type the day as year, month and day."))
        tracking, serials = getattr(self.part, "tracking", ""), serials_in(self.serials)
        if tracking == "serial" and not serials:
            self.errors.append(_now("Scan the serial numbers, one a line."))
        if tracking == "batch" and not clean(self.batch):
            self.errors.append(_now("Say which batch, as printed on the goods."))
        return Which(serials, clean(self.batch)[:60], day)


COLUMNS = ("part", "place", "quantity", "cost", "serials", "batch", "expires_on")


def delivery_lines(actor: Actor, centre_id: int, posted: QueryDict) -> tuple[list[DeliveryLine], list[Delivered]]:
    """The posted lines for showing again, and for booking; nothing to book while one of them has an error."""
    columns = [posted.getlist(name)[:MOST_LINES] for name in COLUMNS]
    codes = {text.strip().upper() for text in columns[1]}
    parts = {part.uid: part for part in parts_for(actor).filter(uid__in=[*filter(None, map(_uid, columns[0]))])}
    places = {place.code: place for place in store_places(actor, centre_id).filter(code__in=codes)}
    shown, booked = [], []
    for part_text, place_text, quantity, cost, serials, batch, day in zip_longest(*columns, fillvalue=""):
        part = parts.get(_uid(part_text) or UUID(int=0))
        line = DeliveryLine(part, place_text.strip().upper(), quantity, cost, serials, batch, day)
        which = line.which()
        if getattr(part, "tracking", "") == "serial" and which.serials:
            line.quantity = quantity = str(len(which.serials))
        amount, price, place = thousandths(quantity), _price(cost), places.get(line.place)
        if part is None:
            line.errors.append(_now("There is no such part."))
        if place is None:
            line.errors.append(_now("There is no such bin in this centre."))
        if amount is None:
            line.errors.append(_now("Say how many, more than zero."))
        if cost.strip() and price is None:
            line.errors.append(_now("Type the price as a number."))
        shown.append(line)
        if part and place and amount and not line.errors:
            booked.append(Delivered(part.uid, place.uid, amount, price, which))
    return shown, booked if len(booked) == len(shown) else []


def _price(text: str) -> Decimal | None:
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value < MOST else None


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def proposed_bin(request: Request, centre_id: int, part: Any) -> str:
    """The code of the bin in which a part that comes should be put; nothing when none fits."""
    place = put_away(request.actor, centre_id, part.pk) if part else None
    return place.code if place else ""


def line_before(request: Request) -> Any:
    """The part of the line before, when it is one whose serial number or batch may be scanned next; else None."""
    uid = _uid(request.GET.get("after", ""))
    kept = parts_for(request.actor).filter(uid=uid) if uid else None
    return kept.exclude(tracking="quantity").first() if kept is not None else None


def scanned_line(part: Any, bin_: str, code: str, *, own: bool = True) -> DeliveryLine:
    """A line for one scan: a GS1 barcode says which piece or batch came; what is no code of the part is its serial
    number, or its batch."""
    item = trade_item(code)
    line = DeliveryLine(part, bin_, str(item.quantity if item else 1))
    if item:
        line.serials, line.batch = item.serial, item.batch
        line.expires_on = item.expires_on.isoformat() if item.expires_on else ""
    elif not own and part.tracking == "serial":
        line.serials = code
    elif not own:
        line.batch = code
    return line
