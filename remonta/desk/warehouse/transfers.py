"""Transfers between centres of ours: the list, asking for one, and the page on which it is packed and received."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import Tracking, parts_for
from remonta.desk.warehouse.forms import QuantityField, thousandths, uid_in, which_of
from remonta.desk.warehouse.frame import with_tabs
from remonta.desk.warehouse.part_field import PartField
from remonta.desk.warehouse.scanned import BinFirst, scanned_bin, scanned_part
from remonta.identity.queries import names_of
from remonta.kernel.refusals import Missing
from remonta.kernel.texts import clean
from remonta.spine.queries import timeline
from remonta.stock import commands
from remonta.stock.queries import (
    SHORTAGE,
    SURPLUS,
    Place,
    Transfer,
    giving_centres,
    places_for,
    put_away,
    store_places,
    transfer_lines,
    transfer_lines_for,
    transfers_for,
)
from remonta.stock.workflow import TRANSFER, TransferState
from remonta.supply.commands import ask_transfer_for
from remonta.web.answers import back, go, operation_of
from remonta.web.form_page import form_page
from remonta.web.listing import Column, ListFilter, Listing, PageOf
from remonta.web.requests import Request
from remonta.web.timeline import told

LIST_WORDS = {
    "live_list": "stock.transfer",
    "empty_title": _("No transfers yet"),
    "empty_text": _("Ask another centre of ours for parts that it has and you need."),
}
STEPS = {
    "send": commands.send_transfer,
    "arrive": commands.finish_receiving,
    "cancel": commands.cancel_transfer,
}
BY_FORM = ("ask", "approve", "refuse", "pack", "receive", "settle")
WAYS = [("", _("to us and from us")), ("in", _("to us")), ("out", _("from us"))]


class TransferFilter(ListFilter):
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any state")), *TransferState.choices])
    way = forms.ChoiceField(label=_("Direction"), choices=WAYS)


class TransferForm(forms.Form):
    """Which centre gives, and the first part."""

    giver = forms.ChoiceField(label=_("Which centre gives"))
    quantity = QuantityField(label=_("How many"), max_length=12)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, request: Request, **more: Any) -> None:
        super().__init__(*args, **more)
        rows: Any = giving_centres(request.centre.id if request.centre else 0)
        self.fields["giver"].choices = [(str(one.uid), one.name) for one in rows]  # type: ignore[attr-defined]
        self.fields["part"] = PartField(request=request, label=_("Part"), help_text=_("Number, barcode or name."))
        self.order_fields(["giver", "part"])


def _source(request: Request) -> QuerySet[Transfer]:
    return transfers_for(request.actor).select_related("centre", "giver").annotate(parts=Count("lines"))


def _narrow(rows: QuerySet[Transfer], wanted: Mapping[str, Any], request: Request) -> QuerySet[Transfer]:
    rows = rows.filter(state=wanted["state"]) if "state" in wanted else rows
    if "way" in wanted and request.centre:
        side = "centre_id" if wanted["way"] == "in" else "giver_id"
        rows = rows.filter(**{side: request.centre.id})
    return rows


TRANSFERS = Listing(
    name="transfers",
    title=_("Transfers"),
    columns=(
        Column("number", _("Number"), sort="id"),
        Column("state", _("State"), lambda row: row.get_state_display()),
        Column("giver", _("From"), "giver.name"),
        Column("centre", _("To"), "centre.name"),
        Column("parts", _("Kinds of parts"), kind="number"),
        Column("created_at", _("Asked for"), kind="moment"),
        Column("sent_at", _("Sent"), kind="moment"),
        Column("note", _("Note")),
    ),
    source=_source,
    sort="-number",
    page="desk/warehouse/transfers.html",
    filters=TransferFilter,
    narrow=_narrow,
    url=PageOf("desk:transfer"),
    context=with_tabs,
)


def transfers(request: Request) -> HttpResponse:
    may_ask = request.centre is not None and request.actor.may("stock.ask_transfers", request.centre)
    return TRANSFERS.answer(request, **LIST_WORDS, may_ask=may_ask)


def new(request: Request) -> HttpResponse:
    """One part asked of another centre; a link from a part's page fills the form."""
    if request.centre is None:
        raise Missing
    actor, centre = request.actor, request.centre

    def run(giver: str, part: Any, quantity: int, note: str) -> Transfer:
        asked: dict[str, Any] = {"lines": [(part.uid, quantity)], "note": note, "operation": operation_of(request)}
        return commands.ask_transfer(actor, centre.uid, giver_uid=UUID(giver), **asked)

    then = lambda made: reverse("desk:transfer", args=[made.uid])  # noqa: E731 - one line
    known = {name: request.GET[name] for name in ("part", "giver", "quantity") if name in request.GET}
    look: dict[str, Any] = {"back_url": reverse("desk:transfers"), "back_label": _("Transfers"), **with_tabs(request)}
    make = partial(TransferForm, request=request)
    return form_page(request, make, run, title=_("Ask for a transfer"), then=then, initial=known, **look)


def transfer(request: Request, uid: UUID) -> HttpResponse:
    return render(request, "desk/warehouse/transfer.html", {**_context(request, uid), **with_tabs(request)})


def line(request: Request, uid: UUID) -> HttpResponse:
    """One more part is asked for, or more or less of one."""
    quantity = 0 if request.POST.get("quantity", "").strip() in ("", "0") else _amount(request)
    found, _which = scanned_part(request, clean(request.POST.get("part", "")))
    commands.change_asked(request.actor, uid, part_uid=found, quantity=quantity, operation=operation_of(request))
    return _gone_on(request, uid)


def move(request: Request, uid: UUID) -> HttpResponse:
    """Approved with what is granted, refused with a reason, sent, received, cancelled."""
    step, operation = request.POST.get("move", ""), operation_of(request)
    if step == "approve":
        granted = [(one.uid, _granted(request, one)) for one in _lines(request, uid)]
        commands.approve_transfer(request.actor, uid, granted=granted, operation=operation)
    elif step == "refuse":
        commands.refuse_transfer(request.actor, uid, reason=request.POST.get("reason", ""), operation=operation)
    elif step in STEPS:
        STEPS[step](request.actor, uid, operation=operation)
    else:
        raise BadRequest("move")
    return go(request, reverse("desk:transfer", args=[uid]), _now("Saved."))


def scanned(request: Request, uid: UUID) -> HttpResponse:
    """A bin is where the next parts come from or go to; a part is packed or received. What is received without a bin
    goes into the one proposed for it."""
    found = transfers_for(request.actor).get(uid=uid)
    code, coming = clean(request.POST.get("code", "")), _coming(request, found)
    place = scanned_bin(request, found.centre_id if coming else found.giver_id, code)
    if place is None:
        part, which = scanned_part(request, code)
        place = _chosen(request) or (_proposed(request, found.centre_id, part) if coming else None)
        if place is None:
            raise BinFirst
        asked: dict[str, Any] = {"part_uid": part, "place_uid": place.uid, "quantity": _amount(request), "which": which}
        run = commands.receive_transferred if coming else commands.pack_part
        run(request.actor, uid, **asked, operation=operation_of(request))
    return _gone_on(request, uid, place)


def unpack(request: Request, uid: UUID) -> HttpResponse:
    """What is packed of a line goes back into its bin; `uid` is the line's."""
    found = commands.unpack_part(request.actor, uid, operation=operation_of(request))
    return _gone_on(request, found.uid)


def settle(request: Request, uid: UUID) -> HttpResponse:
    """How a difference ended; `uid` is the line's."""
    place = uid_in(request.POST, "place") if _said(request) else None
    asked: dict[str, Any] = {name: request.POST.get(name, "") for name in ("way", "note")}
    asked |= {"place_uid": place, "quantity": _amount(request) if request.POST.get("quantity", "").strip() else None}
    part = transfer_lines_for(request.actor).values_list("part__uid", flat=True).get(uid=uid)
    asked["which"] = which_of(request, part)
    found = commands.settle_difference(request.actor, uid, **asked, operation=operation_of(request))
    return go(request, reverse("desk:transfer", args=[found.uid]), _now("Saved."))


def for_repair(request: Request, uid: UUID) -> HttpResponse:
    """A part that a repair waits for is asked of another centre; `uid` is the requisition's."""
    giver = uid_in(request.POST, "giver")
    done = ask_transfer_for(request.actor, uid, giver_uid=giver, operation=operation_of(request))
    said = _now("%(part)s is asked for there. It is set aside for the repair when it comes.")
    return go(request, back(request, reverse("desk:demand")), said % {"part": done.part.number})


def _context(request: Request, uid: UUID, place: Place | None = None) -> dict[str, Any]:
    actor = request.actor
    found = transfers_for(actor).select_related("centre", "giver", "account").get(uid=uid)
    moves = TRANSFER.open_to(actor, found)
    may = {one.name for one in moves}
    here = found.giver_id if "pack" in may else found.centre_id
    lines, events = transfer_lines(actor, found), timeline([("stock.transfer", found.pk)])
    return {
        "transfer": found,
        "lines": lines,
        "tracked": any(one.tracking != Tracking.QUANTITY for one in lines),
        "may": may,
        "moves": [one for one in moves if one.name not in BY_FORM],
        "place": place,
        "bins": store_places(actor, here)[:500] if may & {"pack", "receive", "settle"} else (),
        "shortage": [(one.value, one.label) for one in SHORTAGE],
        "surplus": [(one.value, one.label) for one in SURPLUS],
        "may_print": any(actor.may_at("documents.print", at) for at in (found.giver_id, found.centre_id)),
        "events": told(events, names_of({one.account_id for one in events if one.account_id}), {}),
    }


def _gone_on(request: Request, uid: UUID, place: Place | None = None) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "desk/warehouse/_transfer.html", _context(request, uid, place))
    return go(request, reverse("desk:transfer", args=[uid]))


def _lines(request: Request, uid: UUID) -> Any:
    return transfers_for(request.actor).get(uid=uid).lines.all()


def _granted(request: Request, row: Any) -> int:
    """What was typed beside a line; without that field, all that is asked. Raises BadRequest."""
    text = request.POST.get(f"granted-{row.uid}")
    if text is None:
        return int(row.asked)
    found = 0 if text.strip() in ("", "0") else thousandths(text)
    if found is None:
        raise BadRequest("granted")
    return found


def _amount(request: Request) -> int:
    return thousandths(request.POST.get("quantity") or "1") or 0


def _coming(request: Request, found: Transfer) -> bool:
    """Whether goods come or are packed, as the page said; a scan that arrives again says the same."""
    step = request.POST.get("step", "")
    return step == "receive" if step else found.state == TransferState.SENT


def _said(request: Request) -> bool:
    return bool(request.POST.get("place"))


def _chosen(request: Request) -> Place | None:
    """The bin that was scanned before."""
    if not _said(request):
        return None
    return places_for(request.actor).filter(uid=uid_in(request.POST, "place")).first()


def _proposed(request: Request, centre_id: int, part_uid: UUID) -> Place | None:
    part_id = parts_for(request.actor).values_list("pk", flat=True).get(uid=part_uid)
    return put_away(request.actor, centre_id, part_id)
