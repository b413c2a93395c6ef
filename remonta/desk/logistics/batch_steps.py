"""What is done with a batch: scanned in, taken out, sealed, handed over, received, printed."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.desk.logistics.forms import BatchMoveForm, uid_or_none
from remonta.desk.warehouse.forms import thousandths, which_of
from remonta.documents.commands import gather_claim, print_batch
from remonta.equipment.queries import units_for
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.kernel.texts import clean, serial_normal
from remonta.logistics.commands import (
    HandOver,
    arrive_batch,
    cancel_batch,
    finish_receiving,
    pack_batch,
    pack_parts,
    pack_unit,
    receive_extra,
    receive_line,
    seal_batch,
    send_batch,
    take_back,
    take_out,
    unseal_batch,
)
from remonta.logistics.queries import BatchPage, batch_page, batches_for
from remonta.spine.queries import Found, recognise
from remonta.stock.commands import NothingToMove
from remonta.web.answers import answer_form, go, operation_of
from remonta.web.requests import Request

SIMPLE = {"unseal": unseal_batch, "arrive": arrive_batch, "finish": finish_receiving, "cancel": cancel_batch}
KINDS = ("batch", "order", "unit", "part")
FORMS = ("waybill", "packing_list", "transfer_act", "return_note", "pro_forma")


class UnknownCode(Refused):
    text = gettext_lazy("“%(code)s” is not known here. Nothing has changed.")


def scanned(request: Request, uid: UUID) -> HttpResponse:
    """A unit, an order, a part or a batch was scanned: into the batch, or out of it at the other end."""
    page, code = batch_page(request.actor, uid), clean(request.POST.get("code", ""))
    if page.receives:
        _take(request, page, code)
    else:
        _pack(request, uid, _found(request.actor, code))
    return go(request, reverse("desk:batch", args=[uid]))


def _take(request: Request, page: BatchPage, code: str) -> None:
    said: dict[str, Any] = {"place_uid": uid_or_none(request.POST.get("place", "")), "operation": operation_of(request)}
    uid = page.batch.uid
    if line := _line_of(request.actor, page, code):
        amount = _amount(request)
        damage = request.POST.get("damage", "")
        receive_line(request.actor, uid, line_uid=line, damage=damage, quantity=amount, **said)
    else:
        receive_extra(request.actor, uid, unit_uid=_unit_of(request.actor, _found(request.actor, code)), **said)


def _pack(request: Request, uid: UUID, found: Found) -> None:
    operation = operation_of(request)
    if found.kind == "batch":
        pack_batch(request.actor, uid, inner_uid=found.uid, operation=operation)
    elif found.kind == "part":
        pack_parts(
            request.actor,
            uid,
            part_uid=found.uid,
            place_uid=uid_or_none(request.POST.get("place", "")),
            quantity=thousandths(request.POST.get("quantity") or "1") or 0,
            which=which_of(request, found.uid),
            operation=operation,
        )
    else:
        pack_unit(request.actor, uid, unit_uid=_unit_of(request.actor, found), operation=operation)


def line(request: Request, uid: UUID) -> HttpResponse:
    """One line, by its buttons: taken out, received (with its damage), come back from a maker."""
    line_uid, act = uid_or_none(request.POST.get("line", "")), request.POST.get("act", "")
    place, note = uid_or_none(request.POST.get("place", "")), request.POST.get("note", "")[:2000]
    if line_uid is None or act not in ("take_out", "receive", "take_back"):
        raise BadRequest("act")
    given: dict[str, Any] = {"line_uid": line_uid, "place_uid": place, "operation": operation_of(request)}
    if act == "take_out":
        take_out(request.actor, uid, **given)
    elif act == "receive":
        amount = _amount(request)
        receive_line(request.actor, uid, damage=note, quantity=amount, **given)
    else:
        take_back(request.actor, uid, note=note, **given)
    return go(request, reverse("desk:batch", args=[uid]))


def move(request: Request, uid: UUID) -> HttpResponse:
    """Sealed, opened, handed over, arrived, received, cancelled."""
    batch = batches_for(request.actor).get(uid=uid)

    def run(*, move: str, operation: UUID, seal: str, **given: Any) -> object:
        if move == "seal":
            return seal_batch(request.actor, uid, seal=seal, operation=operation)
        if move == "send":
            return send_batch(request.actor, uid, given=HandOver(**given), operation=operation)
        return SIMPLE[move](request.actor, uid, operation=operation)

    return answer_form(
        request,
        BatchMoveForm(request.POST),
        run,
        page="web/form.html",
        then=reverse("desk:batch", args=[uid]),
        context={"title": batch.number},
        say=_("Saved."),
    )


def print_it(request: Request, uid: UUID) -> HttpResponse:
    """Waybill, packing list, acceptance and transfer act, return note, pro forma for customs; in a language chosen."""
    code, language = request.POST.get("form", ""), request.POST.get("language", "")
    if code not in FORMS or language not in ("", *dict(settings.LANGUAGES)):
        raise BadRequest("form")
    return redirect("desk:paper", print_batch(request.actor, uid, code=code, language=language).uid)


def evidence(request: Request, uid: UUID) -> HttpResponse:
    """What proves the claim lies with the batch from now on, in one archive."""
    language = request.POST.get("language", "")
    if language not in ("", *dict(settings.LANGUAGES)):
        raise BadRequest("language")
    gather_claim(request.actor, uid, language=language)
    return go(request, reverse("desk:batch", args=[uid]), _("The evidence lies with the batch."))


def _amount(request: Request) -> int | None:
    """Thousandths as typed; None, for all of it, when nothing was. Raises NothingToMove."""
    text = clean(request.POST.get("quantity", ""))
    if text and thousandths(text) is None:
        raise NothingToMove
    return thousandths(text)


def _found(actor: Actor, code: str) -> Found:
    found = recognise(actor, code, KINDS) if code else None
    if found is None or found.kind not in KINDS:
        raise UnknownCode(code=code)
    return found


def _unit_of(actor: Actor, found: Found) -> UUID:
    unit = units_for(actor).filter(pk=found.unit_id or 0).only("uid").first()
    if unit is None:
        raise UnknownCode(code=found.label)
    return unit.uid


def _line_of(actor: Actor, page: BatchPage, code: str) -> UUID | None:
    """The line that carries the code: a serial number, an order, a part, the number of a batch; one that still waits
    before one that was received already, so that a scan sent twice is answered twice."""
    serial = serial_normal(code)
    part = recognise(actor, code, ("part",)) if code and any(one.part_uid for one in page.lines) else None
    for one in sorted(page.lines, key=lambda line: line.state != "packed"):
        names = {serial_normal(one.serial), one.order.upper(), one.inside.number if one.inside else ""}
        order = code.upper().partition("-A")[0]
        if part and part.uid == one.part_uid:
            return one.uid
        if code and {serial, code.upper(), order} & (names - {""}):
            return one.uid
    return None
