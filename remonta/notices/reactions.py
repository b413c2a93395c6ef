"""Who is told what happens: customers by message, colleagues under the bell. All of it after the fact, as jobs."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from remonta.dispatch.facts import DispatchOffered
from remonta.documents.commands import print_send_in
from remonta.documents.queries import PAPER, day, money
from remonta.identity.queries import first_with_role, names_of, setting
from remonta.identity.roles import Role
from remonta.kernel.actor import Actor, system
from remonta.kernel.money import Money
from remonta.logistics.facts import (
    BatchLate,
    ParcelAccepted,
    ParcelLate,
    ParcelReminded,
    ParcelSent,
    RoutePlanned,
    ShipmentFact,
    ShipmentLate,
    ShipmentLost,
    ShipmentNumbered,
    ShipmentRefused,
    ShipmentReturned,
)
from remonta.logistics.queries import Parcel, batches_for, parcels_for
from remonta.logistics.queries.couriers import routes_for, shipments_for
from remonta.notices.commands import give_notices, order_words, tell_customer
from remonta.notices.commands.addresses import language_of
from remonta.notices.commands.shipments import mail_receiver
from remonta.orders.facts import NoteWritten, TaskGiven, UnitHandedOver, UnitReady, UnitTakenIn, WorkStopped
from remonta.orders.queries import WorkOrder, notes_for, tasks_for, work_orders_for
from remonta.orders.workflow import READY
from remonta.quality.facts import FinalCheckMade, WorkRated
from remonta.quotes.facts import QuoteApproved, QuoteDeclined, QuoteSent
from remonta.quotes.queries import quotes_for
from remonta.spine.facts import MessageFailed, reacts_to
from remonta.stock.facts import LoanOverdue, TransferAsked, TransferFact, TransferRefused, TransferSent
from remonta.stock.queries import loans_for, transfers_for
from remonta.supply.facts import NewDatePromised, PartArrived
from remonta.supply.queries import requisitions_for

ORDER = "orders.workorder"
POOR = 2
STOCK = ("stock.see_loaners", "stock.see_transfers")
ROAD = ("logistics.see", "documents.print")
SHOWN = ("customer", "product__brand", "centre", "request", "group")


@reacts_to(UnitTakenIn, later=True)
def tell_taken_in(actor: Actor, fact: UnitTakenIn) -> None:
    """The customer gets the link to follow the repair."""
    _tell(actor, fact.work_order_id, "taken_in", fact.work_order_id)


@reacts_to(QuoteSent, later=True)
def tell_quote_sent(actor: Actor, fact: QuoteSent) -> None:
    """The customer is asked, unless the quote has been answered or replaced meanwhile."""
    quote = quotes_for(_reader(actor)).filter(pk=fact.quote_id, state="sent").first()
    if quote is None:
        return
    order = _order(actor, fact.work_order_id)
    language = language_of(order)
    words = {
        "necessary": money(Money(fact.necessary, fact.currency), language),
        "whole": money(Money(fact.whole, fact.currency), language) if fact.whole != fact.necessary else "",
        "until": day(quote.valid_until, language),
    }
    _tell(actor, order, "quote_sent", fact.quote_id, **words)


@reacts_to(QuoteApproved, later=True)
def tell_quote_approved(actor: Actor, fact: QuoteApproved) -> None:
    """The customer gets it confirmed; colleagues learn that work may begin."""
    order = _order(actor, fact.work_order_id)
    _notify(actor, order, _concerned(order), "quote_approved", fact.quote_id)
    if fact.means != "preauthorised":
        total = money(Money(fact.total, fact.currency), language_of(order))
        _tell(actor, order, "quote_approved", fact.quote_id, total=total)


@reacts_to(QuoteDeclined, later=True)
def tell_quote_declined(actor: Actor, fact: QuoteDeclined) -> None:
    """The customer gets it confirmed; colleagues learn that work stops."""
    order = _order(actor, fact.work_order_id)
    _notify(actor, order, _concerned(order), "quote_declined", fact.quote_id)
    _tell(actor, order, "quote_declined", fact.quote_id)


@reacts_to(PartArrived, later=True)
def tell_part_arrived(actor: Actor, fact: PartArrived) -> None:
    """Colleagues learn of each part; the customer when none is missing any more."""
    order = _order(actor, fact.work_order_id)
    _notify(actor, order, _concerned(order), "part_arrived", fact.requisition_id, part=fact.part)
    missing = requisitions_for(_reader(actor)).filter(work_order_id=order.pk, state="wanted").exists()
    if not missing and order.open and order.state != READY:
        _tell(actor, order, "parts_arrived", fact.requisition_id)


@reacts_to(NewDatePromised, later=True)
def tell_parts_expected(actor: Actor, fact: NewDatePromised) -> None:
    """The customer learns on which day the parts come; unless they have come meanwhile, or another day is known."""
    waits = requisitions_for(_reader(actor)).filter(pk=fact.requisition_id, state="wanted", expected_on=fact.day)
    order = _order(actor, fact.work_order_id)
    if waits.exists() and order.open:
        comes = day(date.fromisoformat(fact.day), language_of(order))
        key = f"parts_expected:{fact.requisition_id}:{fact.day}"
        words = {**_words(actor, order), "comes": comes}
        tell_customer(_reader(actor), order, "parts_expected", key=key, words=words)


@reacts_to(UnitReady, later=True)
def tell_ready(actor: Actor, fact: UnitReady) -> None:
    """The customer learns that the unit waits, what it costs, and what is still to pay."""
    _tell(actor, fact.work_order_id, "ready", fact.work_order_id)


@reacts_to(WorkStopped, later=True)
def tell_unrepaired(actor: Actor, fact: WorkStopped) -> None:
    """The customer learns that the unit goes back; one who declined is told so by the confirmation."""
    if fact.reason != "declined":
        _tell(actor, fact.work_order_id, "unrepaired", fact.work_order_id)


@reacts_to(UnitHandedOver, later=True)
def ask_for_rating(actor: Actor, fact: UnitHandedOver) -> None:
    """The customer is asked how it was, some time after."""
    order = _order(actor, fact.work_order_id)
    hours = int(setting("notices.rating_after_hours", order.centre_id))
    after = (order.closed_at or actor.now()) + timedelta(hours=hours)
    tell_customer(
        _reader(actor),
        order,
        "handed_over",
        key=f"handed_over:{order.pk}",
        words=_words(actor, order),
        not_before=after,
    )


@reacts_to(NoteWritten, later=True)
def pass_message_on(actor: Actor, fact: NoteWritten) -> None:
    """What a colleague writes to the customer is sent; what the customer writes is under the bell."""
    order = _order(actor, fact.work_order_id)
    if fact.kind == "from_customer":
        _notify(actor, order, _concerned(order), "customer_wrote", fact.note_id)
    elif fact.kind == "to_customer":
        note = notes_for(_reader(actor)).get(pk=fact.note_id)
        _tell(actor, order, "message", fact.note_id, text=note.text)


@reacts_to(DispatchOffered, later=True)
def tell_work_offered(actor: Actor, fact: DispatchOffered) -> None:
    """The engineer who is asked, or everybody of the group in whose pool the work lies."""
    order = _order(actor, fact.work_order_id)
    people = [fact.engineer_id] if fact.engineer_id else _members(order)
    _notify(actor, order, people, "work_offered", fact.dispatch_order_id)


@reacts_to(WorkRated, later=True)
def tell_poor_rating(actor: Actor, fact: WorkRated) -> None:
    """A poor score is known at once to those who did the work and to quality."""
    if fact.score <= POOR:
        order = _order(actor, fact.work_order_id)
        people = [*_concerned(order), first_with_role(order.centre_id, Role.QUALITY)]
        _notify(actor, order, people, "rating_poor", fact.rating_id, score=fact.score)


@reacts_to(FinalCheckMade, later=True)
def tell_failed_check(actor: Actor, fact: FinalCheckMade) -> None:
    """The engineer learns that the repair is back on the bench."""
    if not fact.passed:
        order = _order(actor, fact.work_order_id)
        _notify(actor, order, [order.engineer_id, order.responsible_id], "check_failed", fact.check_id)


@reacts_to(MessageFailed, later=True)
def tell_message_failed(actor: Actor, fact: MessageFailed) -> None:
    """Somebody has to reach the customer in another way."""
    if fact.work_order_id:
        order = _order(actor, fact.work_order_id)
        _notify(actor, order, [order.responsible_id], "message_failed", fact.message_id)


@reacts_to(TaskGiven, later=True)
def tell_task_given(actor: Actor, fact: TaskGiven) -> None:
    """Who has something new to do."""
    task = tasks_for(_reader(actor)).filter(pk=fact.task_id).first()
    if task is not None and fact.owner_id:
        about = ("orders.task", task.pk, task.uid)
        key = f"task_given:{task.pk}"
        give_notices(actor, [fact.owner_id], "task_given", key=key, about=about, centre_id=task.centre_id)


@reacts_to(ParcelAccepted, later=True)
def tell_send_in(actor: Actor, fact: ParcelAccepted) -> None:
    """The customer gets the logistics document with the confirmation."""
    if fact.work_order_id:
        _tell_sender(actor, fact.work_order_id, "send_in", fact.parcel_id, fact.parcel_id)


@reacts_to(ParcelReminded, later=True)
def tell_reminder(actor: Actor, fact: ParcelReminded) -> None:
    """Nothing has come: the customer is asked once more, by who cares for them, with the document."""
    parcel = parcels_for(_reader(actor)).filter(pk=fact.parcel_id, state="expected").first()
    if fact.work_order_id and parcel and parcel.reminded_at:
        which = int(parcel.reminded_at.timestamp())
        _tell_sender(actor, fact.work_order_id, "send_in_reminder", fact.parcel_id, which)


@reacts_to(ParcelSent, later=True)
def tell_parcel_sent(actor: Actor, fact: ParcelSent) -> None:
    """The customer learns the courier's number."""
    if fact.work_order_id:
        parcel = parcels_for(_reader(actor)).get(pk=fact.parcel_id)
        words = {"parcel": parcel.number, "carrier": parcel.courier, "tracking": parcel.tracking}
        carried = shipments_for(_reader(actor)).filter(work_order=fact.work_order_id).exclude(tracking_number="")
        known = carried.filter(tracking_number=parcel.tracking).values_list("pk", flat=True).first()
        key = f"shipment:{known}" if known else f"parcel_sent:{fact.parcel_id}"  # told once, whoever tells it
        order = _order(actor, fact.work_order_id)
        tell_customer(_reader(actor), order, "parcel_sent", key=key, words={**_words(actor, order), **words})


@reacts_to(ParcelLate, later=True)
def tell_parcel_late(actor: Actor, fact: ParcelLate) -> None:
    """Who handles parcels, and who answers for the order."""
    parcel = parcels_for(_reader(actor)).get(pk=fact.parcel_id)
    about = ("logistics.parcel", parcel.pk, parcel.uid)
    people = [parcel.responsible_id, first_with_role(parcel.centre_id, Role.LOGISTICIAN)]
    _notify_road(actor, people, "parcel_late", about, parcel.centre_id, fact.number)


@reacts_to(BatchLate, later=True)
def tell_batch_late(actor: Actor, fact: BatchLate) -> None:
    """Who packed the batch, and who handles batches where it came from."""
    batch = batches_for(_reader(actor)).get(pk=fact.batch_id)
    about = ("logistics.batch", batch.pk, batch.uid)
    people = [batch.account_id, first_with_role(batch.centre_id, Role.LOGISTICIAN)]
    _notify_road(actor, people, "batch_late", about, batch.centre_id, fact.number)


@reacts_to(ShipmentNumbered, later=True)
def tell_tracking_number(actor: Actor, fact: ShipmentNumbered) -> None:
    """Who waits for it: the order's customer, else the receiver. A parcel tells its own customer when it leaves, and
    our own drivers have no numbers to follow."""
    shipment = shipments_for(_reader(actor)).select_related("account", "centre").get(pk=fact.shipment_id)
    if fact.subject == "logistics.parcel" or shipment.account.driver == "own":
        return
    if fact.work_order_id:
        words = {"parcel": fact.number, "carrier": shipment.account.name, "tracking": fact.tracking}
        order = _order(actor, fact.work_order_id)
        said = {**_words(actor, order), **words}
        tell_customer(_reader(actor), order, "parcel_sent", key=f"shipment:{fact.shipment_id}", words=said)
    else:
        mail_receiver(_reader(actor), shipment)


@reacts_to(ShipmentLost, later=True)
def tell_shipment_lost(actor: Actor, fact: ShipmentLost) -> None:
    """Somebody has to claim it at the courier and tell who waits for it."""
    _notify_shipment(actor, fact, "shipment_lost")


@reacts_to(ShipmentReturned, later=True)
def tell_shipment_returned(actor: Actor, fact: ShipmentReturned) -> None:
    """It has to be taken in again, and sent anew."""
    _notify_shipment(actor, fact, "shipment_returned")


@reacts_to(ShipmentRefused, later=True)
def tell_shipment_refused(actor: Actor, fact: ShipmentRefused) -> None:
    """The address or the data of the parcel have to be put right."""
    _notify_shipment(actor, fact, "shipment_refused")


@reacts_to(ShipmentLate, later=True)
def tell_shipment_late(actor: Actor, fact: ShipmentLate) -> None:
    """Somebody has to ask the courier."""
    _notify_shipment(actor, fact, "shipment_late")


@reacts_to(RoutePlanned, later=True)
def tell_round_planned(actor: Actor, fact: RoutePlanned) -> None:
    """Who is to drive."""
    route = routes_for(_reader(actor)).get(pk=fact.route_id)
    about = ("logistics.driverroute", route.pk, route.uid)
    _notify_road(actor, [route.driver_id], "round_planned", about, route.centre_id, fact.number)


@reacts_to(LoanOverdue, later=True)
def tell_loan_overdue(actor: Actor, fact: LoanOverdue) -> None:
    """The customer is asked to bring the loaner back, unless it is back meanwhile or another day is agreed."""
    loan = loans_for(_reader(actor)).filter(pk=fact.loan_id, state="out", due_on=fact.due_on)
    if found := loan.select_related("loaner").first():
        order = _order(actor, fact.work_order_id)
        said = {"loaner": found.loaner.name, "back_by": day(found.due_on, language_of(order))}
        key = f"loan_overdue:{found.pk}:{fact.due_on}:{fact.days}"
        tell_customer(_reader(actor), order, "loan_overdue", key=key, words={**_words(actor, order), **said})


@reacts_to(TransferAsked, later=True)
def tell_transfer_asked(actor: Actor, fact: TransferAsked) -> None:
    """The store of the centre that is asked for parts."""
    _notify_transfer(actor, fact, "transfer_asked")


@reacts_to(TransferRefused, later=True)
def tell_transfer_refused(actor: Actor, fact: TransferRefused) -> None:
    """Whoever asked for it."""
    _notify_transfer(actor, fact, "transfer_refused")


@reacts_to(TransferSent, later=True)
def tell_transfer_sent(actor: Actor, fact: TransferSent) -> None:
    """Whoever asked for it, and the store it goes to."""
    _notify_transfer(actor, fact, "transfer_sent")


def _notify_transfer(actor: Actor, fact: TransferFact, code: str) -> None:
    found = transfers_for(_reader(actor)).get(pk=fact.transfer_id)
    at = fact.giver_id if code == "transfer_asked" else fact.centre_id
    people = [first_with_role(at, Role.STOREKEEPER), found.account_id if code != "transfer_asked" else None]
    _notify_road(actor, people, code, ("stock.transfer", found.pk, found.uid), at, found.number)


def _notify_shipment(actor: Actor, fact: ShipmentFact, code: str) -> None:
    """Who booked it, and who handles parcels there."""
    shipment = shipments_for(_reader(actor)).get(pk=fact.shipment_id)
    about = ("logistics.shipment", shipment.pk, shipment.uid)
    people = [shipment.asked_by_id, first_with_role(shipment.centre_id, Role.LOGISTICIAN)]
    _notify_road(actor, people, code, about, shipment.centre_id, fact.number)


def _tell_sender(actor: Actor, order_id: int, code: str, parcel_id: int, which: int) -> None:
    """With the document, and the name of who cares for the customer."""
    order, reader = _order(actor, order_id), _reader(actor)
    parcel: Parcel = parcels_for(reader).select_related("centre").get(pk=parcel_id)
    cares = names_of({parcel.responsible_id}) if parcel.responsible_id else {}
    words = {
        **_words(actor, order),
        "parcel": parcel.number,
        "until": day(parcel.due_at, language_of(order), str(parcel.centre.timezone)),
        "person": cares.get(parcel.responsible_id or 0, ""),
    }
    document = print_send_in(reader, parcel.uid)
    papers = [{"paper": PAPER, "args": {"document": document.pk}}]
    tell_customer(reader, order, code, key=f"{code}:{which}", words=words, papers=papers)


def _notify_road(
    actor: Actor, people: Iterable[int | None], code: str, about: tuple[str, int, UUID], centre_id: int, number: str
) -> None:
    key = f"{code}:{about[1]}"
    give_notices(actor, people, code, key=key, about=about, centre_id=centre_id, values={"number": number})


def _tell(actor: Actor, order: WorkOrder | int, code: str, which: int, **words: str) -> None:
    order = _order(actor, order) if isinstance(order, int) else order
    tell_customer(_reader(actor), order, code, key=f"{code}:{which}", words={**_words(actor, order), **words})


def _words(actor: Actor, order: WorkOrder) -> dict[str, str]:
    found: dict[str, str] = order_words(actor, order)
    return found


def _notify(
    actor: Actor, order: WorkOrder, people: Iterable[int | None], code: str, which: int, **values: object
) -> None:
    about: tuple[str, int, UUID | None] = (ORDER, order.pk, order.uid)
    said = {"number": order.number, **values}
    give_notices(actor, people, code, key=f"{code}:{which}", about=about, centre_id=order.centre_id, values=said)


def _concerned(order: WorkOrder) -> list[int | None]:
    """Who answers for the order, who works on it (else the group that may), and who follows it."""
    working = [order.engineer_id] if order.engineer_id else _members(order)
    return [order.responsible_id, *working, *order.watchers.values_list("account_id", flat=True)]


def _members(order: WorkOrder) -> list[int | None]:
    return list(order.group.members.values_list("account_id", flat=True)) if order.group else []


def _order(actor: Actor, work_order_id: int) -> WorkOrder:
    return work_orders_for(_reader(actor)).select_related(*SHOWN).get(pk=work_order_id)


def _reader(actor: Actor) -> Actor:
    return system("notices", actor.now, "orders.see", "quotes.see", "supply.see", "orders.tasks", *STOCK, *ROAD)
