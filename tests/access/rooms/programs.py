"""What programs send to the API where the least body says nothing sensible."""

from typing import Any

from tests.access.rooms.ground import ground
from tests.access.rooms.money import approved
from tests.access.rooms.people import with_operation
from tests.access.rooms.repair import picture
from tests.access.subjects import BODIES, COLLEAGUES, Principal, place_for
from tests.access.world import World

MONEY = {"amount": "10.00", "currency": "PLN"}


def signed(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    """An answer to the quote of that ownership, with what was shown."""
    quote = approved(world, whose if whose != "-" else COLLEAGUES, asker)
    return {"operation": world.operation(), "name": "Jan", "shown_hash": quote.shown_hash, "lines": []}


def into_the_bin(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    place = ground(world).places[place_for(whose, asker), "bin"].uid
    return {"operation": world.operation(), "place_uid": str(place), "quantity": "1"}


BODIES |= {
    ("api:quote-approve", "POST"): signed,
    ("api:quote-decline", "POST"): lambda world, whose, asker: {
        name: value for name, value in signed(world, whose, asker).items() if name != "lines"
    },
    ("api:order-payments", "POST"): with_operation(method="transfer", amount=MONEY, reference="R-1"),
    ("api:order-deposits", "POST"): with_operation(method="transfer", amount=MONEY, reference="R-1"),
    ("api:cash-moves", "POST"): with_operation(kind="to_safe", amount=MONEY),
    ("api:cash-close", "POST"): with_operation(counted={"amount": "0.00", "currency": "PLN"}),
    ("api:cash-open", "POST"): with_operation(counted={"amount": "0.00", "currency": "PLN"}),
    ("api:customer-flags", "POST"): with_operation(flag="vip"),
    ("api:order-photos", "POST"): lambda world, _whose, _asker: {
        "operation": world.operation(),
        "photo": picture(),
    },
    ("api:entity-mark", "POST"): lambda _world, _whose, _asker: {"file": picture()},
    ("desk:entity-mark", "POST"): lambda _world, _whose, _asker: {"file": picture()},
    ("api:order-checklist", "POST"): with_operation(results={}),
    ("api:calendar-days", "POST"): with_operation(day="2030-12-24", hours=[]),
}
