"""The panels about the customer's page and messages: parse, one command or query, respond."""

import json
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.documents.queries import qr_svg
from remonta.identity.queries import names_of, open_links
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.notices.commands import make_camera_link, make_order_link, revoke_order_links, send_order_link
from remonta.notices.queries import sent_about, sent_notes, ways_to
from remonta.orders.commands import write_note
from remonta.orders.queries import WorkOrder, notes_for, requests_for, work_orders_for
from remonta.spine.queries import attachments_for
from remonta.web.answers import go, operation_of
from remonta.web.requests import Request

WORK_ORDER = "orders.workorder"
SPOKEN = ("to_customer", "from_customer")
SHOWN = ("customer", "request", "centre")
ACCOUNT = "account:"


class MessageForm(forms.Form):
    """What is written to the customer."""

    operation = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Message to the customer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


def order_link(request: Request, uid: UUID) -> HttpResponse:
    """Which links to the customer's page are open, and what can be done about it."""
    return _link_panel(request, _order(request, uid))


def link_make(request: Request, uid: UUID) -> HttpResponse:
    """A new link, shown this once: as text, as QR code."""
    address = make_order_link(request.actor, uid)
    return _private(render(request, "desk/link/_fresh.html", _drawn(address)))


def link_send(request: Request, uid: UUID) -> HttpResponse:
    """Sends the customer a new link."""
    channel = request.POST.get("channel", "")
    send_order_link(request.actor, uid, channel=channel, operation=operation_of(request))
    return _back(request, uid, _("The link is on its way."))


def link_revoke(request: Request, uid: UUID) -> HttpResponse:
    """Closes all links to the customer's page."""
    revoke_order_links(request.actor, uid)
    return _back(request, uid, _("All links are closed."))


def camera(request: Request, uid: UUID) -> HttpResponse:
    """A code to be scanned with a phone, which then takes photos for this order for half an hour."""
    token = make_camera_link(request.actor, uid)
    address = f"{settings.BASE_URL}{reverse('portal:camera', args=[token])}"
    return _private(render(request, "desk/link/_camera.html", _drawn(address)))


def order_messages(request: Request, uid: UUID, form: MessageForm | None = None) -> HttpResponse:
    """What was written to and fro, and how far each message got."""
    order = _order(request, uid)
    sent = sent_about(request.actor, order.pk)
    by_note = sent_notes(sent)
    notes = notes_for(request.actor).filter(work_order=order, kind__in=SPOKEN).select_related("account")
    talk = [
        {"note": note, "mine": note.kind == "to_customer", "sent": by_note.get(note.pk, ())}
        for note in notes.order_by("pk")
    ]
    context = {
        "order": order,
        "talk": talk,
        "told": [one for one in sent if one.code != "message"],
        "ways": ways_to(order),
        "form": form or MessageForm(initial={"operation": uuid7()}),
    }
    return render(request, "desk/link/_messages.html", context, status=422 if form else 200)


def request_photos(request: Request, uid: UUID) -> HttpResponse:
    """The photos that somebody sent along with the public form."""
    case = requests_for(request.actor).get(uid=uid)
    files = [
        {"url": (url := reverse("web:file", args=[row.uid])), "thumb": f"{url}?small", "label": row.name}
        for row in attachments_for(request.actor, [("orders.request", case.pk)])
    ]
    return render(request, "desk/link/_request_photos.html", {"files": files})


def message(request: Request, uid: UUID) -> HttpResponse:
    """Writes to the customer: beside the order at once, and by SMS and e-mail soon after."""
    form = MessageForm(request.POST)
    if not form.is_valid():
        return order_messages(request, uid, form)
    write_note(request.actor, uid, kind="to_customer", **form.cleaned_data)
    if request.htmx:
        return order_messages(request, uid)
    return go(request, reverse("desk:order", args=[uid]))


def _link_panel(request: Request, order: WorkOrder) -> HttpResponse:
    links = list(open_links("order", WORK_ORDER, order.pk, request.actor.now())[:20])
    makers = {link.created_by.removeprefix(ACCOUNT) for link in links if link.created_by.startswith(ACCOUNT)}
    names = names_of({int(maker) for maker in makers})
    rows = [{"link": link, "by": names.get(_account(link.created_by), _("Remonta"))} for link in links]
    context = {"order": order, "links": rows, "ways": ways_to(order)}
    return render(request, "desk/link/_link.html", context)


def _account(label: str) -> int:
    return int(label.removeprefix(ACCOUNT)) if label.startswith(ACCOUNT) else 0


def _back(request: Request, uid: UUID, say: str) -> HttpResponse:
    if not request.htmx:
        return go(request, reverse("desk:order", args=[uid]), say)
    response = _link_panel(request, _order(request, uid))
    response.headers["HX-Trigger"] = _toast(say)
    return response


def _toast(say: str) -> str:
    return json.dumps({"toast": {"text": say, "tone": "good"}})


def _drawn(address: str) -> dict[str, Any]:
    return {"address": address, "qr": mark_safe(qr_svg(address))}


def _private(response: HttpResponse) -> HttpResponse:
    """A page that holds a secret is kept by nobody."""
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _order(request: Request, uid: UUID) -> WorkOrder:
    """The order, for who may write beside it. Raises DoesNotExist, NotPermitted."""
    order = work_orders_for(request.actor).select_related(*SHOWN).get(uid=uid)
    if not request.actor.may("orders.write", order):
        raise NotPermitted
    return order
