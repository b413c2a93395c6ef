"""Goods that go back to their supplier: the list, a new return, and the page on which it is sent and answered."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.desk.buying.frame import with_tabs
from remonta.desk.buying.return_forms import (
    AnswerForm,
    ArrivedForm,
    BeginReturnForm,
    CreditForm,
    ReturnFilter,
    ReturnLineForm,
    SendBackForm,
)
from remonta.documents.commands import print_supplier_return
from remonta.identity.queries import names_of
from remonta.kernel.refusals import Missing
from remonta.stock.queries import store_places
from remonta.supply.commands import (
    add_return_line,
    answer_return,
    begin_return,
    cancel_return,
    credit_return,
    drop_return_line,
    give_return_up,
    replace_return,
    send_return,
    take_return_back,
)
from remonta.supply.queries import ReturnPage, SupplierReturn, return_page, supplier_returns_for, suppliers_for
from remonta.web.answers import answer_form, go, operation_of, uid_of
from remonta.web.form_page import form_page
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request
from remonta.web.templatetags.web import badge
from remonta.web.timeline import told

PAGE = "desk/buying/return.html"
TONES = {"asked": "info", "sent": "wait", "accepted": "warn", "refused": "bad", "replaced": "good", "credited": "good"}
LIST_WORDS = {
    "live_list": "supply.supplierreturn",
    "empty_title": gettext_lazy("Nothing has gone back yet"),
    "empty_text": gettext_lazy("Wrong, surplus and failed parts go back to their supplier from here."),
}


def _narrow(rows: QuerySet[SupplierReturn], wanted: Mapping[str, Any], request: Request) -> QuerySet[SupplierReturn]:
    if "q" in wanted:
        rows = rows.filter(number__icontains=wanted["q"].strip())
    if "supplier" in wanted:
        rows = rows.filter(supplier__name__icontains=wanted["supplier"].strip())
    return rows.filter(state=wanted["state"]) if "state" in wanted else rows


RETURNS = Listing(
    name="goods-returns",
    title=gettext_lazy("Returns to suppliers"),
    columns=(
        Column("number", gettext_lazy("Number"), sort="id"),
        Column("supplier", gettext_lazy("Supplier"), "supplier.name"),
        Column(
            "state",
            gettext_lazy("State"),
            lambda row: row.get_state_display(),
            html=lambda row: badge(row.get_state_display(), TONES.get(row.state, "quiet")),
        ),
        Column("centre", gettext_lazy("Centre"), "centre.name"),
        Column("tracking", gettext_lazy("Tracking number")),
        Column("reference", gettext_lazy("Supplier’s number of the case")),
        Column("created_at", gettext_lazy("Begun"), kind="moment"),
        Column("sent_at", gettext_lazy("Sent"), kind="moment"),
    ),
    source=lambda request: supplier_returns_for(request.actor).select_related("supplier", "centre"),
    sort="-number",
    page="desk/buying/returns.html",
    filters=ReturnFilter,
    narrow=_narrow,
    url=PageOf("desk:goods-return"),
    context=with_tabs,
)


def returns(request: Request) -> HttpResponse:
    may_begin = request.centre is not None and request.actor.may("supply.send_back", request.centre)
    return RETURNS.answer(request, **LIST_WORDS, may_begin=may_begin)


def new(request: Request) -> HttpResponse:
    """To whom goods of this centre go back; `supplier` in the address chooses one."""
    centre = request.centre
    if centre is None:
        raise Missing
    suppliers = [*suppliers_for(request.actor).order_by("archived_at", "sort_name")]

    def run(supplier: str, note: str) -> SupplierReturn:
        said: dict[str, Any] = {"supplier_uid": uid_of(supplier), "note": note, "operation": operation_of(request)}
        return begin_return(request.actor, centre.uid, **said)

    return form_page(
        request,
        partial(BeginReturnForm, suppliers=suppliers),
        run,
        title=_("Send goods back"),
        then=_page_of,
        say=_("Add the parts that go back."),
        initial={"supplier": request.GET.get("supplier", "")},
        back_url=reverse("desk:goods-returns"),
        back_label=_("Returns to suppliers"),
        save_label=_("Go on"),
        **with_tabs(request),
    )


def one(request: Request, uid: UUID) -> HttpResponse:
    return render(request, PAGE, context_of(request, return_page(request.actor, uid)))


def add_line(request: Request, uid: UUID) -> HttpResponse:
    page = return_page(request.actor, uid)

    def run(part: Any, place: Any, **said: Any) -> SupplierReturn:
        where = {"part_uid": part.uid, "place_uid": place.uid if place else None}
        return add_return_line(request.actor, uid, **where, **said, operation=operation_of(request))

    return _step(request, page, "line_form", partial(ReturnLineForm, request=request, centre_id=page.centre_id), run)


def drop_line(request: Request, uid: UUID) -> HttpResponse:
    return go(request, _page_of(drop_return_line(request.actor, uid, operation=operation_of(request))), _("Saved."))


def send(request: Request, uid: UUID) -> HttpResponse:
    page, run = return_page(request.actor, uid), partial(send_return, request.actor, uid)
    return _step(request, page, "send_form", SendBackForm, partial(run, operation=operation_of(request)))


def answer(request: Request, uid: UUID) -> HttpResponse:
    page, run = return_page(request.actor, uid), partial(answer_return, request.actor, uid)
    return _step(request, page, "answer_form", AnswerForm, partial(run, operation=operation_of(request)))


def credit(request: Request, uid: UUID) -> HttpResponse:
    page, run = return_page(request.actor, uid), partial(credit_return, request.actor, uid)
    return _step(request, page, "credit_form", CreditForm, partial(run, operation=operation_of(request)))


def replace(request: Request, uid: UUID) -> HttpResponse:
    page = return_page(request.actor, uid)

    def run(place: Any, note_number: str) -> SupplierReturn:
        named = [(line.uid, request.POST.get(f"named-{line.uid}", "")) for line in page.lines if line.named]
        said: dict[str, Any] = {"note_number": note_number, "named": named, "operation": operation_of(request)}
        return replace_return(request.actor, uid, place_uid=place.uid, **said)

    return _step(request, page, "replace_form", partial(ArrivedForm, request=request, centre_id=page.centre_id), run)


def take_back(request: Request, uid: UUID) -> HttpResponse:
    page = return_page(request.actor, uid)
    make = partial(ArrivedForm, request=request, centre_id=page.centre_id, note=False)

    def run(place: Any) -> SupplierReturn:
        return take_return_back(request.actor, uid, place_uid=place.uid, operation=operation_of(request))

    return _step(request, page, "back_form", make, run)


def give_up(request: Request, uid: UUID) -> HttpResponse:
    return go(request, _page_of(give_return_up(request.actor, uid, operation=operation_of(request))), _("Saved."))


def cancel(request: Request, uid: UUID) -> HttpResponse:
    return go(request, _page_of(cancel_return(request.actor, uid, operation=operation_of(request))), _("Cancelled."))


def paper(request: Request, uid: UUID) -> HttpResponse:
    return redirect("desk:paper", print_supplier_return(request.actor, uid).uid)


def context_of(request: Request, page: ReturnPage) -> dict[str, Any]:
    """The page of a return; each step that is open has its form."""
    moves = {move.name for move in page.moves}
    here: dict[str, Any] = {"request": request, "centre_id": page.centre_id}
    arrives = "replace" in moves or "take_back" in moves
    credits = "credit" in moves and request.actor.may("stock.see_cost", page)
    return {
        "page": page,
        "state": badge(page.state_label, TONES.get(page.state, "quiet")),
        "may": moves,
        "events": told(page.events, names_of({line.account_id for line in page.events if line.account_id}), {}),
        "line_form": ReturnLineForm(**here, initial={"quantity": "1"}) if "change" in moves else None,
        "send_form": SendBackForm() if "send" in moves and page.lines else None,
        "answer_form": AnswerForm(initial={"reference": page.reference}) if "accept" in moves else None,
        "credit_form": CreditForm() if credits else None,
        "replace_form": ArrivedForm(**here) if "replace" in moves else None,
        "back_form": ArrivedForm(**here, note=False) if "take_back" in moves else None,
        "places": store_places(request.actor, page.centre_id)[:500] if arrives else (),
        "may_print": page.lines and request.actor.may("documents.print", page),
        **with_tabs(request),
    }


def _step(
    request: Request, page: ReturnPage, name: str, make: Callable[..., BaseForm], run: Callable[..., Any]
) -> HttpResponse:
    """One step with its form; with a mistake the page again, what was typed kept in that form."""
    form = make(request.POST)
    context = {**context_of(request, page), name: form}
    return answer_form(request, form, run, page=PAGE, then=_page_of, context=context, say=_("Saved."))


def _page_of(found: SupplierReturn) -> str:
    return reverse("desk:goods-return", args=[found.uid])
