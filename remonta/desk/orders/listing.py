"""The list of orders."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remonta.orders.queries import (
    OrderRow,
    WorkOrder,
    only_forgotten,
    order_rows,
    with_forgotten,
    with_row,
    work_orders_for,
)
from remonta.orders.workflow import OPEN, Stage
from remonta.web.listing import Column, ListFilter, Listing, PageOf
from remonta.web.requests import Request
from remonta.web.templatetags.formats import moment
from remonta.web.templatetags.web import badge, stage_badge, status_badge

WHICH = (
    ("open", pgettext_lazy("orders", "Open")),
    ("late", pgettext_lazy("orders", "Late")),
    ("forgotten", pgettext_lazy("orders", "Forgotten")),
    ("ready", pgettext_lazy("orders", "Ready")),
    ("closed", pgettext_lazy("orders", "Handed over")),
    ("all", pgettext_lazy("orders", "All")),
)

FORGOTTEN = pgettext_lazy("order", "forgotten")


class OrderFilter(ListFilter):
    which = forms.ChoiceField(label=_("Which"), choices=WHICH)
    stage = forms.ChoiceField(label=_("Stage"), choices=[("", _("any stage")), *Stage.choices])
    number = forms.CharField(label=_("Number"), max_length=20)
    mine = forms.BooleanField(label=_("Mine only"))
    nobody = forms.BooleanField(label=_("Nobody has it"))


def narrow(rows: QuerySet[WorkOrder], wanted: Mapping[str, Any], request: Request) -> QuerySet[WorkOrder]:
    """Open ones unless something else is asked for."""
    if "number" in wanted:
        return rows.filter(number__begins=wanted["number"].upper())
    which = wanted.get("which", "open")
    if which in ("open", "late"):
        rows = rows.filter(state__in=OPEN)
    if which == "late":
        rows = rows.filter(due_at__lt=request.actor.now())
    if which == "forgotten":
        rows = only_forgotten(rows, request.actor.now())
    if which in ("ready", "closed"):
        rows = rows.filter(state=which)
    if "stage" in wanted:
        rows = rows.filter(state=wanted["stage"])
    if wanted.get("mine"):
        rows = rows.filter(engineer_id=request.actor.account_id)
    return rows.filter(engineer=None, group=None) if wanted.get("nobody") else rows


def _source(request: Request) -> QuerySet[WorkOrder]:
    rows = with_row(work_orders_for(request.actor))
    return rows.filter(centre_id=request.centre.id) if request.centre and len(request.centres) > 1 else rows


def _badge(row: OrderRow) -> object:
    stage = status_badge(row.status_name, row.state) if row.status_name else stage_badge(row.state, row.stage_label)
    return format_html("{} {}", stage, badge(FORGOTTEN, "wait", "hourglass")) if row.forgotten else stage


def _due(row: OrderRow) -> object:
    due = moment(row.due_at)
    return format_html("{} {}", due, badge(_("late"), "bad", "clock")) if row.late else due


ORDERS = Listing(
    name="orders",
    title=_("Orders"),
    source=_source,
    columns=(
        Column("number", _("Number"), sort="id"),
        Column("stage", _("Stage"), "stage_label", html=_badge),
        Column("device", _("Device")),
        Column("serial", _("Serial number")),
        Column("customer", _("Customer")),
        Column("engineer", _("Engineer"), lambda row: row.engineer or row.group),
        Column("due_at", _("Ready by"), kind="moment", sort="due_at", nulls=True, html=_due),
        Column("stage_since", _("In this stage"), kind="ago"),
        Column("created_at", _("Opened"), kind="moment", shown=False),
        Column("centre", _("Centre"), shown=False),
        Column("priority", _("Priority"), kind="number", shown=False),
        Column("outcome", _("Outcome"), shown=False),
    ),
    sort="-number",
    filters=OrderFilter,
    narrow=narrow,
    url=PageOf("desk:order"),
    shape=lambda request, rows: with_forgotten(order_rows(rows, request.actor.now()), request.actor.now()),
    page="desk/orders/list.html",
)
