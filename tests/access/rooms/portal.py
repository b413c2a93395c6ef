"""The customers' doors: links that open one order, and what they must not open."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from remonta.documents.commands import print_receipt
from remonta.identity.commands import make_link, revoke_link
from remonta.orders.commands import add_photo
from remonta.quotes.commands import LineAsked, send_quote, write_quote
from tests.access.rooms.people import with_operation
from tests.access.rooms.repair import order_of, picture
from tests.access.subjects import ARGUMENTS, BODIES, OLD, RIGHT, WRONG, Principal, Sample, kind
from tests.access.world import World

REVOKED, ANOTHERS = "revoked", "another customer’s"
DOORS = (RIGHT, WRONG, OLD, REVOKED)
INSIDE = (RIGHT, ANOTHERS)
HIDDEN = {"note", "passcode"}


def behind(world: World, label: str, asker: Principal) -> Any:
    """The order behind the right door, or another customer's."""
    return order_of(world, f"portal, {'another' if label == ANOTHERS else 'right'}", asker)


def door(world: World, label: str, asker: Principal, purpose: str) -> Sample:
    found = behind(world, label, asker)
    maker = world.actor(found.place, "head")
    expires = maker.now() + timedelta(days=-1 if label == OLD else 1)
    link, token = make_link(maker, purpose, "orders.workorder", found.row.pk, expires)
    if label == REVOKED:
        revoke_link(maker, link.pk)
    shown = {word for name, word in found.words.items() if name not in HIDDEN}
    opens = frozenset(shown | set(sent_quote(world, RIGHT, asker)[1])) if label == RIGHT else frozenset()
    return Sample("x" * 32 if label == WRONG else token, opens=opens)


@kind("order door", *DOORS)
def order_door(world: World, label: str, asker: Principal) -> Sample:
    return door(world, label, asker, "order")


@kind("camera door", *DOORS)
def camera_door(world: World, label: str, asker: Principal) -> Sample:
    return door(world, label, asker, "camera")


def sent_quote(world: World, label: str, asker: Principal) -> tuple[Any, tuple[str, ...]]:
    """A quote that waits for the customer's answer, and the canaries in it."""
    key = ("sent quote", label, asker.place)
    if key not in world.things:
        found = behind(world, label, asker)
        head = world.actor(found.place, "head")
        words = tuple(world.canary(word, "quotes.see", found.centre.pk) for word in ("Posten", "Bemerkung"))
        lines = [LineAsked(text=words[0], price=Decimal("99.99"))]
        quote = write_quote(head, found.row.uid, lines=lines, note=words[1], operation=world.operation())
        world.things[key] = send_quote(head, quote.uid, operation=world.operation()), words
    return world.things[key]


@kind("own quote", *INSIDE)
def own_quote(world: World, label: str, asker: Principal) -> Sample:
    return Sample(sent_quote(world, label, asker)[0].uid)


@kind("own file", *INSIDE)
def own_file(world: World, label: str, asker: Principal) -> Sample:
    found = behind(world, label, asker)
    head, size = world.actor(found.place, "head"), 12 if label == RIGHT else 13
    return Sample(add_photo(head, found.row.uid, file=picture(size), name="photo.png").uid)


@kind("own paper", *INSIDE)
def own_paper(world: World, label: str, asker: Principal) -> Sample:
    found = behind(world, label, asker)
    return Sample(print_receipt(world.actor(found.place, "head"), found.row.uid).uid)


@kind("code of a centre", "known", "unknown")
def code_of_centre(world: World, label: str, asker: Principal) -> Sample:
    return Sample("hom" if label == "known" else "nope")


@kind("sent request", "unknown")
def sent_request(world: World, label: str, asker: Principal) -> Sample:
    return Sample("nothing-of-ours")


def answer_body(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    quote, _words = sent_quote(world, whose if whose == ANOTHERS else RIGHT, asker)
    lines = [str(line.uid) for line in quote.lines.all()]
    return {
        "operation": world.operation(),
        "shown_hash": quote.shown_hash,
        "choice": "necessary",
        "lines": lines,
        "name": "Jan",
    }


BODIES |= {
    ("portal:quote-approve", "POST"): answer_body,
    ("portal:quote-decline", "POST"): answer_body,
    ("portal:message", "POST"): with_operation(text="When is it ready?"),
    ("portal:rating", "POST"): with_operation(score="5"),
    ("portal:camera", "POST"): lambda *_: {"photo": picture(14)},
}
ARGUMENTS += [
    ("portal:camera", "token", "camera door"),
    ("portal:request-sent", "sent", "sent request"),
    ("portal:request-centre", "code", "code of a centre"),
    ("portal:*", "token", "order door"),
    ("portal:quote-*", "uid", "own quote"),
    ("portal:file", "uid", "own file"),
    ("portal:paper", "uid", "own paper"),
]
