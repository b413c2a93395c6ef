"""What the pages of the road ask for."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from remonta.counter.commands import Came, Opened, Repair, Unlike, Which, Who
from remonta.desk.orders.forms import LONG, OperationForm
from remonta.logistics.commands import BatchAsked
from remonta.logistics.queries import DifferenceKind, Purpose
from remonta.web.listing import ListFilter

MOST_ROWS = 50
SHORT_TEXT = forms.Textarea(attrs={"rows": 2})
WHEN = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
NAMES = re.compile(r"[,;\n]")


class CheckForm(OperationForm):
    """Everything a send-in needs before logistics sees it."""

    customer_uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    language = forms.ChoiceField(label=_("Customer’s language"), choices=settings.LANGUAGES, required=False)
    product_uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    serial = forms.CharField(label=_("Serial number"), max_length=80, required=False)
    fault = forms.CharField(label=_("What is wrong"), max_length=20_000, widget=LONG)
    route = forms.ChoiceField(label=_("Kind of order"))
    hint = forms.CharField(
        label=_("Likely path"),
        max_length=2000,
        required=False,
        widget=SHORT_TEXT,
        help_text=_("In words for whoever opens the parcel: repair here, on to a partner, a claim to the maker."),
    )

    def __init__(self, *args: Any, routes: Any = (), **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["route"].choices = list(routes)  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """As the command takes it."""
        given = self.cleaned_data
        phones = tuple(filter(None, [given["phone"]]))
        who = Who(
            uid=given["customer_uid"],
            name=given["name"],
            phones=phones,
            email=given["email"],
            language=given["language"],
        )
        which = Which(product_uid=given["product_uid"], serial=given["serial"])
        repair = Repair(fault=given["fault"], route=given["route"], channel="web")
        return {"who": who, "which": which, "repair": repair, "hint": given["hint"], "operation": given["operation"]}


class AnswerForm(OperationForm):
    """Asking back, or refusing; both in words for the customer."""

    move = forms.ChoiceField(choices=[("ask_back", ""), ("refuse", "")])
    question = forms.CharField(label=_("In words for the customer"), max_length=5000, required=False, widget=LONG)


class AnnounceForm(OperationForm):
    """The customer will send it in."""

    address = forms.CharField(
        label=_("Address to which it goes back"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)


class AsideForm(OperationForm):
    """A parcel without a document."""

    sender_name = forms.CharField(label=_("Sender on the parcel"), max_length=200, required=False)
    courier = forms.CharField(label=_("Courier"), max_length=80, required=False)
    tracking = forms.CharField(label=_("Courier’s number"), max_length=80, required=False)
    note = forms.CharField(label=_("What is in it"), max_length=2000, required=False, widget=SHORT_TEXT)


class PackForm(OperationForm):
    """Where a parcel goes; what was scanned into it stands beside as `scanned`."""

    address = forms.CharField(label=_("Goes to"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3}))
    note = forms.CharField(label=_("Note"), max_length=2000, required=False)


PARCEL_MOVES = ("pick_up", "deliver", "unpack", "call_off")
BATCH_MOVES = ("seal", "unseal", "send", "arrive", "finish", "cancel")


class ParcelMoveForm(OperationForm):
    """Picked up, delivered, unpacked again, called off."""

    move = forms.ChoiceField(choices=[(one, "") for one in PARCEL_MOVES], widget=forms.HiddenInput)
    courier = forms.CharField(label=_("Courier or driver"), max_length=80, required=False)
    tracking = forms.CharField(label=_("Courier’s number"), max_length=80, required=False)
    due_at = forms.DateTimeField(label=_("Should arrive by"), required=False, widget=WHEN)
    taken_by = forms.CharField(label=_("Taken by"), max_length=200, required=False)
    note = forms.CharField(label=_("Note"), max_length=2000, required=False)


class BatchForm(OperationForm):
    """Where a batch goes."""

    to_centre_uid = forms.TypedChoiceField(label=_("To the centre"), required=False, coerce=UUID, empty_value=None)
    to_name = forms.CharField(label=_("Or to a maker or partner outside"), max_length=200, required=False)
    to_address = forms.CharField(label=_("Address"), max_length=1000, required=False, widget=SHORT_TEXT)
    purpose = forms.ChoiceField(label=_("Why"), choices=Purpose.choices, initial=Purpose.REPAIR)
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=SHORT_TEXT)

    def __init__(self, *args: Any, centres: Any = (), **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["to_centre_uid"].choices = [("", _("no centre of ours")), *centres]  # type: ignore[attr-defined]

    def asked(self) -> BatchAsked:
        """As the command takes it."""
        said = dict(self.cleaned_data)
        said.pop("operation")
        return BatchAsked(**said)


class BatchMoveForm(OperationForm):
    """A step of a batch, with what it asks for."""

    move = forms.ChoiceField(choices=[(one, "") for one in BATCH_MOVES], widget=forms.HiddenInput)
    seal = forms.CharField(label=_("Seal"), max_length=40, required=False)
    courier = forms.CharField(label=_("Courier or driver"), max_length=80, required=False)
    tracking = forms.CharField(label=_("Courier’s number"), max_length=80, required=False)
    due_at = forms.DateTimeField(label=_("Should arrive by"), required=False, widget=WHEN)


class SendOnForm(OperationForm):
    """Where a unit should go on to."""

    to_centre_uid = forms.TypedChoiceField(label=_("To the centre"), required=False, coerce=UUID, empty_value=None)
    to_name = forms.CharField(label=_("Or to a maker or partner outside"), max_length=200, required=False)
    purpose = forms.ChoiceField(label=_("Why"), choices=Purpose.choices)
    task = forms.CharField(label=_("What is to be done there"), max_length=2000, required=False, widget=SHORT_TEXT)

    def __init__(self, *args: Any, centres: Any = (), **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["to_centre_uid"].choices = [("", "–"), *centres]  # type: ignore[attr-defined]


class RoadFilter(ListFilter):
    """What lists of parcels and batches are narrowed by."""

    state = forms.ChoiceField(label=_("State"))
    number = forms.CharField(label=_("Number"), max_length=20)
    late = forms.BooleanField(label=_("late"))


def opened_from(posted: QueryDict) -> Opened:
    """What was ticked and written when a parcel was opened: fields `came`, `looks-<uid>`, `with-<uid>`, rows of
    unknown units (`new_product`, `new_serial`, `new_fault`, `new_with`) and of differences (`kind`, `thing`, `why`)."""
    came = [
        Came(
            order_uid=uid,
            looks=posted.get(f"looks-{uid}", "")[:2000],
            accessories=_names(posted.get(f"with-{uid}", "")),
        )
        for uid in filter(None, map(uid_or_none, posted.getlist("came")[:MOST_ROWS]))
    ]
    unknown = [posted.getlist(name)[:MOST_ROWS] for name in ("new_product", "new_serial", "new_fault", "new_with")]
    for product, serial, fault, things in zip(*unknown, strict=False):
        if product_uid := uid_or_none(product):
            which = Which(product_uid=product_uid, serial=serial[:80])
            came.append(Came(which=which, fault=fault[:2000], accessories=_names(things)))
    rows = [posted.getlist(name)[:MOST_ROWS] for name in ("kind", "thing", "why")]
    unlike = [
        Unlike(kind=kind if kind in DifferenceKind.values else "other", thing=thing[:200], note=why[:2000])
        for kind, thing, why in zip(*rows, strict=False)
        if thing.strip()
    ]
    return Opened(
        came=tuple(came),
        unlike=tuple(unlike),
        place_uid=uid_or_none(posted.get("place", "")),
        courier=posted.get("courier", "")[:80],
        tracking=posted.get("tracking", "")[:80],
    )


def uid_or_none(text: object) -> UUID | None:
    """The uid a field holds, if it holds one."""
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in NAMES.split(text)[:MOST_ROWS] if name.strip())
