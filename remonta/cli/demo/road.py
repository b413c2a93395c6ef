"""The demo's road: parts between two of our centres, and a batch of units that goes to a partner."""

from datetime import timedelta

from remonta.cli.demo.lives import Demo
from remonta.cli.demo.network import Place
from remonta.logistics.commands import BatchAsked, HandOver, begin_batch, pack_unit, seal_batch, send_batch
from remonta.orders.queries import open_orders
from remonta.stock.commands import approve_transfer, ask_transfer, pack_part, send_transfer
from remonta.stock.queries import Balance, Transfer, balances_for

EACH = 1000
IN_A_BATCH = 3


def put_some_on_the_road(demo: Demo) -> None:
    """One transfer is under way and one asked for; one batch went to a partner days ago, one is being packed."""
    own = [place for place in demo.places if place.row.kind == "own"]
    partner = next(place for place in demo.places if place.row.kind == "partner")
    _send_parts(demo, own[0], own[1], of=(0, 3))
    _ask_parts(demo, own[1], own[0], of=(3, 5))
    _pack(demo, own[0], partner, of=(0, IN_A_BATCH), goes=True)
    _pack(demo, own[0], partner, of=(IN_A_BATCH, IN_A_BATCH + 1), goes=False)


def _ask_parts(demo: Demo, giver: Place, taker: Place, *, of: tuple[int, int]) -> tuple[Transfer, list[Balance]]:
    """What the giver has most of is asked for, one of each; the transfer, and the bins where that lies."""
    there = balances_for(giver.one("head")).filter(place__centre_id=giver.row.pk, place__kind="bin")
    bins = list(there.filter(part__tracking="quantity").select_related("part", "place").order_by("-on_hand", "pk"))
    chosen = bins[slice(*of)]
    lines = [(one.part.uid, EACH) for one in chosen]
    asked = ask_transfer(
        taker.one("head"), taker.row.uid, giver_uid=giver.row.uid, lines=lines, operation=demo.operation()
    )
    return asked, chosen


def _send_parts(demo: Demo, giver: Place, taker: Place, *, of: tuple[int, int]) -> None:
    transfer, bins = _ask_parts(demo, giver, taker, of=of)
    keeper = giver.one("head")
    approve_transfer(keeper, transfer.uid, operation=demo.operation())
    for one in bins:
        pack_part(keeper, transfer.uid, part_uid=one.part.uid, place_uid=one.place.uid, operation=demo.operation())
    send_transfer(keeper, transfer.uid, operation=demo.operation())


def _pack(demo: Demo, home: Place, target: Place, *, of: tuple[int, int], goes: bool) -> None:
    """Units of ours that wait for their diagnosis go where somebody has time for them."""
    head = home.one("head")
    waiting = open_orders(head).filter(centre_id=home.row.pk, state__in=["taken_in", "diagnosis"]).order_by("pk")
    asked = BatchAsked(to_centre_uid=target.row.uid)
    batch = begin_batch(head, home.row.uid, asked=asked, operation=demo.operation())
    for uid in waiting.exclude(unit=None).values_list("unit__uid", flat=True)[slice(*of)]:
        pack_unit(head, batch.uid, unit_uid=uid, operation=demo.operation())
    if goes:
        seal_batch(head, batch.uid, operation=demo.operation())
        given = HandOver(courier="InPost", tracking="600000000000000000000001", due_at=demo.clock() + timedelta(days=4))
        send_batch(head, batch.uid, given=given, operation=demo.operation())
