"""The loaner pool: what is there, what is free, who has the rest. Parse, one command or query, respond."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from remonta.desk.loans.forms import LoanerForm, LoanersFilter
from remonta.equipment.queries import Unit, units_for
from remonta.identity.queries import workplace
from remonta.kernel.ids import uuid7
from remonta.kernel.money import Money
from remonta.kernel.refusals import Missing, NotPermitted
from remonta.kernel.texts import clean, serial_normal
from remonta.spine.queries import recognise, timeline
from remonta.stock.commands import add_loaner, change_loaner, move_loaner
from remonta.stock.queries import (
    Loaner,
    LoanerShape,
    loan_of_unit,
    loan_shapes,
    loaner_shapes,
    loaners_for,
    loans_for,
    unit_places,
    whereabouts,
)
from remonta.stock.workflow import LOANER
from remonta.web.answers import answer_form, go, operation_of, uid_of
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request
from remonta.web.templatetags.web import badge
from remonta.web.timeline import told

MOVES = ("set_aside", "make_free", "withdraw", "restore")
TONES = {"free": "good", "lent": "info", "aside": "warn", "withdrawn": "quiet"}


def _narrow(rows: QuerySet[Loaner], wanted: Mapping[str, Any], request: Request) -> QuerySet[Loaner]:
    rows = rows.filter(state=wanted["state"]) if "state" in wanted else rows.exclude(state="withdrawn")
    if "q" in wanted:
        text = wanted["q"]
        rows = rows.filter(Q(name__icontains=text) | Q(unit__serial_normal__startswith=serial_normal(text)))
    return rows.filter(loan__due_on__lt=timezone.localdate()) if wanted.get("late") else rows


def _shaped(request: Request, rows: list[Loaner]) -> tuple[LoanerShape, ...]:
    return loaner_shapes(request.actor, rows, timezone.localdate())


def _state(row: LoanerShape) -> object:
    return badge(gettext("overdue"), "bad", "clock") if row.late else badge(row.state_label, TONES[row.state])


LOANERS = Listing(
    name="loaners",
    title=_("Loaners"),
    source=lambda request: loaners_for(request.actor),
    columns=(
        Column("name", _("Loaner"), sort="name"),
        Column("product", _("Model")),
        Column("serial", _("Serial number")),
        Column("state", _("State"), "state_label", html=_state),
        Column("customer", _("Customer"), right="customers.see"),
        Column("due_on", _("To be back on"), kind="day", sort="loan__due_on", nulls=True),
        Column("place", _("Place")),
        Column("deposit", _("Deposit"), kind="money"),
        Column("value", _("Value"), kind="money", shown=False),
        Column("centre", _("Centre"), shown=False),
    ),
    sort="name",
    filters=LoanersFilter,
    narrow=_narrow,
    shape=_shaped,
    url=PageOf("desk:loaner"),
    page="desk/loans/loaners.html",
)


def loaners(request: Request) -> HttpResponse:
    """The pool. A code typed or scanned into the field opens the loan by which that unit is out, else the loaner."""
    if code := clean(request.GET.get("code", "")):
        found = recognise(request.actor, code, ("unit", "loan"))
        if found and found.kind == "loan":
            return go(request, reverse("desk:loan", args=[found.uid]))
        if found and found.unit_id and (url := page_of_unit(request, found.unit_id)):
            return go(request, url)
    words = {
        "code": code,
        "live_list": "stock.loaner",
        "may_keep": request.actor.may_somewhere("stock.keep_loaners"),
        "empty_title": _("No loaners yet"),
        "empty_text": _("Put a unit of ours into the pool; then it can be lent from the page of any order."),
    }
    return LOANERS.answer(request, **words)


def page_of_unit(request: Request, unit_id: int) -> str:
    """The page of the loan by which a unit is out, else of the loaner; nothing for other units. Two statements."""
    if loan := loan_of_unit(request.actor, unit_id):
        return reverse("desk:loan", args=[loan.uid])
    one = loaners_for(request.actor).filter(unit_id=unit_id).first()
    return reverse("desk:loaner", args=[one.uid]) if one else ""


def loaner(request: Request, uid: UUID) -> HttpResponse:
    """One loaner: what it is, where it is, and to whom it was lent."""
    row = loaners_for(request.actor).get(uid=uid)
    [shape] = loaner_shapes(request.actor, [row], timezone.localdate())
    may_keep = request.actor.may("stock.keep_loaners", row)
    lines = timeline([("stock.loaner", row.pk)], limit=50)
    context = {
        "loaner": shape,
        "tone": TONES[shape.state],
        "loans": loan_shapes(request.actor, loans_for(request.actor).filter(loaner=row).order_by("-pk")[:20]),
        "may_keep": may_keep,
        "moves": [way for way in LOANER.from_here(request.actor, row) if may_keep and way.name in MOVES],
        "events": told(lines, {}, {}),
    }
    return render(request, "desk/loans/loaner.html", context)


def new(request: Request) -> HttpResponse:
    """A unit of ours is put into the pool of this centre: first the unit by its code, then what is said of it."""
    if request.centre is None:
        raise Missing
    if not request.actor.may("stock.keep_loaners", request.centre):
        raise NotPermitted
    centre = workplace(request.centre.uid)
    unit = _unit(request)
    context: dict[str, Any] = {"unit": unit, "code": clean(request.GET.get("code", ""))}
    if unit is None:
        if request.method == "POST":
            raise BadRequest("unit")
        return render(request, "desk/loans/new.html", context)
    where = whereabouts([unit.pk]).get(unit.pk)
    here = where is not None and where.centre_id is not None
    places = None if here else unit_places(request.actor, centre.id)
    make = partial(LoanerForm, currency=centre.currency, places=places)
    if request.method != "POST":
        start = {"accessories": "", "name": ""}
        return render(request, "desk/loans/new.html", {**context, "form": make(initial=start)})
    form = make(request.POST)
    return answer_form(
        request,
        form,
        lambda **sent: add_loaner(
            request.actor,
            centre.uid,
            unit_uid=unit.uid,
            said=form.said(),
            place_uid=sent.get("place_uid"),
            operation=operation_of(request),
        ),
        page="desk/loans/new.html",
        then=lambda made: reverse("desk:loaner", args=[made.uid]),
        context=context,
        say=_("It is in the pool."),
    )


def change(request: Request, uid: UUID) -> HttpResponse:
    """What is said of a loaner."""
    row = loaners_for(request.actor).get(uid=uid)
    if not request.actor.may("stock.keep_loaners", row):
        raise NotPermitted
    here = reverse("desk:loaner", args=[uid])
    context = {"title": _("Change the loaner"), "back_url": here, "back_label": row.name}
    make = partial(LoanerForm, currency=row.currency)
    if request.method != "POST":
        said = {name: getattr(row, name) for name in ("name", "condition")}
        worth = {name: Money(getattr(row, name), row.currency).major for name in ("value", "deposit")}
        form = make(initial={"operation": uuid7(), **said, **worth, "accessories": "\n".join(row.accessories)})
        return render(request, "web/form.html", {**context, "form": form})
    bound = make(request.POST)
    return answer_form(
        request,
        bound,
        lambda **sent: change_loaner(request.actor, uid, said=bound.said(), operation=operation_of(request)),
        page="web/form.html",
        then=here,
        context=context,
        say=_("Saved."),
    )


def move(request: Request, uid: UUID) -> HttpResponse:
    """Sets a loaner aside, frees it, takes it out of the pool or back into it."""
    name = request.POST.get("move", "")
    if name not in MOVES:
        raise BadRequest("move")
    move_loaner(request.actor, uid, move=name, operation=operation_of(request))
    return go(request, reverse("desk:loaner", args=[uid]), _("Saved."))


def _unit(request: Request) -> Unit | None:
    """The unit that the address names, by uid or by a code that was typed or scanned."""
    rows = units_for(request.actor).select_related("product__brand")
    if uid := request.GET.get("unit", ""):
        return rows.get(uid=uid_of(uid))
    code = clean(request.GET.get("code", ""))
    found = recognise(request.actor, code, ("unit",)) if code else None
    return rows.filter(pk=found.unit_id).first() if found and found.unit_id else None
