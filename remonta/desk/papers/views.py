"""Printing: a button makes the paper, the browser shows it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render

from remonta.documents.commands import (
    print_act,
    print_goods_note,
    print_invoice,
    print_labels,
    print_payment,
    print_picking,
    print_place_labels,
    print_quote,
    print_receipt,
    print_transfer,
    print_work_order,
)
from remonta.documents.queries import (
    documents_for,
    drawn_document,
    file_name,
    form_label,
    label_size_at,
    label_sizes,
    paper_label,
    papers_of_order,
)
from remonta.kernel.refusals import Missing
from remonta.orders.queries import work_orders_for
from remonta.web.requests import Request

Printed = Callable[[Any, UUID, str], Any]
OF_ORDER: dict[str, tuple[tuple[str, ...], Printed]] = {
    "receipt": (("a4", "a5", "roll80"), lambda actor, uid, paper: print_receipt(actor, uid, paper=paper)),
    "work_order": (("a4",), lambda actor, uid, paper: print_work_order(actor, uid, paper=paper)),
    "label": (tuple(label_sizes()), lambda actor, uid, paper: print_labels(actor, uid, size=paper)),
    "act": (("a4",), lambda actor, uid, _paper: print_act(actor, uid)),
}
MOST_LABELS = 200


def papers(request: Request, uid: UUID) -> HttpResponse:
    """What can be printed for an order, and what was."""
    order = work_orders_for(request.actor).get(uid=uid)
    usual = label_size_at(order.centre_id)
    choices = [
        (f"{code}:{paper}", form_label(code), paper_label(paper))
        for code, (sizes, _) in OF_ORDER.items()
        for paper in sorted(sizes, key=lambda size: size != usual)
    ]
    context = {
        "order": order,
        "choices": choices,
        "printed": papers_of_order(request.actor, order.pk),
        "may_print": request.actor.may("documents.print", order),
    }
    return render(request, "desk/papers/_papers.html", context)


def print_order(request: Request, uid: UUID) -> HttpResponse:
    """Makes the paper once for the same contents, and shows it."""
    code, _, paper = request.POST.get("form", "").partition(":")
    if code not in OF_ORDER or paper not in OF_ORDER[code][0]:
        raise BadRequest("form")
    return redirect("desk:paper", OF_ORDER[code][1](request.actor, uid, paper).uid)


def print_of_quote(request: Request, uid: UUID) -> HttpResponse:
    return redirect("desk:paper", print_quote(request.actor, uid).uid)


def print_of_payment(request: Request, uid: UUID) -> HttpResponse:
    paper = "a4" if request.POST.get("paper") == "a4" else "roll80"
    return redirect("desk:paper", print_payment(request.actor, uid, paper=paper).uid)


def print_of_invoice(request: Request, uid: UUID) -> HttpResponse:
    return redirect("desk:paper", print_invoice(request.actor, uid).uid)


def print_of_goods(request: Request, uid: UUID) -> HttpResponse:
    return redirect("desk:paper", print_goods_note(request.actor, uid).uid)


def print_of_picking(request: Request, uid: UUID) -> HttpResponse:
    return redirect("desk:paper", print_picking(request.actor, uid).uid)


def print_of_transfer(request: Request, uid: UUID) -> HttpResponse:
    return redirect("desk:paper", print_transfer(request.actor, uid).uid)


def print_labels_of_places(request: Request) -> HttpResponse:
    """Labels of the chosen places."""
    try:
        chosen = [UUID(one) for one in request.POST.getlist("chosen")][:MOST_LABELS]
    except ValueError as error:
        raise BadRequest("chosen") from error
    size = request.POST.get("size") or label_size_at(request.centre.id if request.centre else None)
    if not chosen or size not in label_sizes():
        raise Missing
    return redirect("desk:paper", print_place_labels(request.actor, chosen, size=size).uid)


def paper(request: Request, uid: UUID) -> HttpResponse:
    """The PDF, drawn from what was frozen; shown in the browser, ready for its print dialog."""
    document = documents_for(request.actor).select_related("template").get(uid=uid)
    answer = HttpResponse(drawn_document(document), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{file_name(document)}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox allow-downloads"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
