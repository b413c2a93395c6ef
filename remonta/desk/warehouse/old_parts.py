"""Parts taken out of customers' units: what waits in quarantine, and sending it to the maker or to scrap."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from remonta.desk.billing.forms import OperationForm
from remonta.desk.warehouse.frame import with_tabs
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.stock.workflow import WriteOffCause
from remonta.supply.commands import settle_old_part
from remonta.supply.queries import OldPartLine, old_part_lines, old_parts_for
from remonta.supply.workflow import SEND_CAUSES, OldPartState
from remonta.web.answers import answer_form
from remonta.web.listing import Column, ListFilter, Listing, PageOf
from remonta.web.requests import Request

WORDS = {
    "live_list": "supply.oldpart",
    "empty_title": _("No old parts"),
    "empty_text": _("A part that is taken out of a customer’s unit and put into quarantine on the order stands here."),
}


class OldPartsFilter(ListFilter):
    q = forms.CharField(label=_("Part"), max_length=80, widget=forms.SearchInput)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any state")), *OldPartState.choices])


class SettleForm(OperationForm):
    """Where it goes, and why."""

    what = forms.ChoiceField(label=_("What becomes of it"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        send = [(f"send:{code}", label) for code, label in SEND_CAUSES.items()]
        scrap = [(f"scrap:{code}", label) for code, label in WriteOffCause.choices]
        groups = [(gettext("Send to the maker"), send), (gettext("Scrap"), scrap)]
        self.fields["what"].choices = groups  # type: ignore[attr-defined]


def _narrow(rows: QuerySet[Any], wanted: Mapping[str, Any], _request: Request) -> QuerySet[Any]:
    rows = rows.filter(state=wanted["state"]) if "state" in wanted else rows
    return rows.filter(part__number__istartswith=wanted["q"]) if "q" in wanted else rows


def _shaped(request: Request, rows: list[Any]) -> tuple[OldPartLine, ...]:
    found = old_part_lines(old_parts_for(request.actor).filter(pk__in=[row.pk for row in rows]))
    known = {line.id: line for line in found}
    return tuple(known[row.pk] for row in rows)


OLD_PARTS = Listing(
    name="old-parts",
    title=_("Old parts"),
    source=lambda request: old_parts_for(request.actor),
    columns=(
        Column("part", _("Part"), lambda row: f"{row.number} {row.name}"),
        Column("quantity", _("Quantity"), kind="quantity"),
        Column("order", _("Order"), "order_number"),
        Column("state", _("State"), "state_label"),
        Column("cause", _("Why"), "cause_label"),
        Column("place", _("Place")),
        Column("taken_at", _("Taken out"), kind="moment", sort="id"),
        Column("settled_at", _("Gone"), kind="moment", shown=False),
    ),
    sort="-taken_at",
    filters=OldPartsFilter,
    narrow=_narrow,
    shape=_shaped,
    url=PageOf("desk:old-part"),
    page="desk/warehouse/old_parts.html",
    context=with_tabs,
)


def old_parts(request: Request) -> HttpResponse:
    return OLD_PARTS.answer(request, **WORDS)


def old_part(request: Request, uid: UUID) -> HttpResponse:
    """One old part; a POST sends it to the maker or to scrap."""
    row = old_parts_for(request.actor).filter(uid=uid)
    row.get()
    [line] = old_part_lines(row)
    may_keep = request.actor.may("stock.keep", line)
    context: dict[str, Any] = {"line": line, "may_keep": may_keep, **with_tabs(request)}
    page = "desk/warehouse/old_part.html"
    if request.method != "POST":
        form = SettleForm(initial={"operation": uuid7()}) if may_keep and line.waits else None
        return render(request, page, {**context, "form": form})
    if not may_keep:
        raise NotPermitted
    settle = partial(settle_old_part, request.actor, uid)

    def run(*, what: str, operation: UUID) -> object:
        way, _colon, cause = what.partition(":")
        return settle(way=way, cause=cause, operation=operation)

    then = reverse("desk:old-part", args=[uid])
    return answer_form(request, SettleForm(request.POST), run, page=page, then=then, context=context, say=_("Saved."))
