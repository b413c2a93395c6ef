"""The counter of Kraków for tests about money: orders that cost something, and one cash desk."""

from decimal import Decimal
from types import SimpleNamespace

from remonta.billing.commands import Tender, close_shift, create_cash_desk, open_shift, take_payment
from remonta.billing.models import Payment, Shift
from remonta.orders.models import Hold, WorkOrder
from remonta.quotes.commands import LineAsked, approve_quote, decline_quote, send_quote, write_quote
from remonta.spine.worker import drain, keep_schedule
from tests.cast import intake, operation


class Till:
    """The counter of Kraków: orders that cost something, one cash desk, and what stands on an order."""

    def __init__(self, cast: SimpleNamespace) -> None:
        self.cast, self.count = cast, 0
        self.desk = create_cash_desk(cast.hana, cast.krakow.uid, name="Counter 1")

    def open(self, counted: int = 0, by: str = "cora") -> Shift:
        return open_shift(self.actor(by), self.desk.uid, counted=counted, operation=operation(self.cast))

    def actor(self, name: str) -> object:
        return getattr(self.cast, name)

    def close(self, shift: Shift, counted: int, by: str = "cora") -> Shift:
        return close_shift(self.actor(by), shift.uid, counted=counted, operation=operation(self.cast))

    def order(self, cost: str = "100.00", *, approved: bool = True, like: WorkOrder | None = None) -> WorkOrder:
        """A unit taken in, with a quote of one line that the customer has approved; `like` another one's customer."""
        self.count += 1
        order = intake(self.cast, serial=f"SN-T{self.count}")
        if like:
            order.customer = like.customer
            order.save(update_fields=["customer"])
        if approved:
            self.approve(order, cost)
        return order

    def quote(self, order: WorkOrder, cost: str) -> object:
        lines = [LineAsked(text="Screen replaced", price=Decimal(cost))]
        actor = self.cast.wanda
        quote = write_quote(actor, order.uid, lines=lines, operation=operation(self.cast))
        return send_quote(actor, quote.uid, operation=operation(self.cast))

    def approve(self, order: WorkOrder, cost: str) -> None:
        quote = self.quote(order, cost)
        signed = {"name": "Jan Kowalski", "shown_hash": quote.shown_hash}
        lines = [line.uid for line in quote.lines.all()]
        approve_quote(self.cast.rita, quote.uid, lines=lines, **signed, operation=operation(self.cast))

    def decline(self, order: WorkOrder) -> None:
        quote = self.quote(order, "100.00")
        signed = {"name": "Jan Kowalski", "shown_hash": quote.shown_hash}
        decline_quote(self.cast.rita, quote.uid, **signed, operation=operation(self.cast))

    def pay(self, order: WorkOrder, amount: int, method: str = "cash", by: str = "cora", **more: object) -> Payment:
        command = more.pop("command", take_payment)
        tender = Tender(method=method, amount=amount, desk_uid=self.desk.uid, **more)
        return command(self.actor(by), order.uid, tender=tender, operation=operation(self.cast))

    def holds(self, order: WorkOrder) -> dict[str, str]:
        return {hold.code: str(hold) for hold in Hold.objects.filter(work_order=order, lifted_at=None)}

    def seek(self) -> None:
        """The schedule looks for forgotten payments; then background work is done."""
        keep_schedule(self.cast.clock())
        self.work()
        self.work(seconds=2)

    def work(self, **span: float) -> int:
        """Time passes, and background work is done."""
        self.cast.clock.pass_(**span)
        return drain(self.cast.clock)
