"""The cast. Kraków and Gdańsk are ours, Wrocław is a partner's. Gosia of Gdańsk is a stranger to Kraków's work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic, sleep
from types import SimpleNamespace
from uuid import UUID

from django.apps import apps

from remonta.counter.commands import Intake, Repair, Which, Who, register_repair, take_in
from remonta.identity.queries import actor_of
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.orders.commands import load_starter_routes
from remonta.stock.commands import add_place

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
POSTS = {
    "rita": ("krakow", "receptionist"),
    "olga": (None, "operator"),
    "wanda": ("krakow", "workshop_manager"),
    "emil": ("krakow", "engineer"),
    "ewa": ("krakow", "engineer"),
    "stan": ("krakow", "storekeeper"),
    "cora": ("krakow", "cashier"),
    "quinn": ("krakow", "quality"),
    "hana": ("krakow", "head"),
    "ada": (None, "administrator"),
    "gosia": ("gdansk", "receptionist"),
    "petra": ("wroclaw", "partner_staff"),
}


@dataclass
class Clock:
    """A clock that tests move by hand."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **span: float) -> None:
        self.at += timedelta(**span)


def _model(room: str, name: str) -> type:
    return apps.get_model(room, name)


def make_network() -> SimpleNamespace:
    """Two centres of ours and a partner's, under one Polish legal entity; Monday to Friday, nine to five."""
    week = {str(day): [["09:00", "17:00"]] for day in range(5)}
    calendar = _model("identity", "WorkingCalendar").objects.create(name="Office hours", week=week)
    entity = _model("identity", "LegalEntity").objects.create(
        name="Remonta Polska", country="PL", currency="PLN", tax_rates={"standard": "0.23"}
    )
    region = _model("identity", "Region").objects.create(name="South")
    same = {
        "legal_entity": entity,
        "calendar": calendar,
        "timezone": "Europe/Warsaw",
        "country": "PL",
        "language": "pl",
    }
    centre = _model("identity", "Centre").objects.create
    return SimpleNamespace(
        entity=entity,
        krakow=centre(code="KRK", name="Kraków", city="Kraków", region=region, **same),
        gdansk=centre(code="GDN", name="Gdańsk", city="Gdańsk", **same),
        wroclaw=centre(code="WRO", name="Wrocław", city="Wrocław", kind="partner", **same),
    )


def make_people(network: SimpleNamespace, clock: Callable[[], datetime]) -> dict[str, Actor]:
    """Everybody of POSTS, as actors. `accounts` are found by name@example.com."""
    actors = {}
    for name, (place, role) in POSTS.items():
        account = _model("identity", "Account").objects.create(
            email=f"{name}@example.com", name=name.title(), sort_name=name
        )
        centre = getattr(network, place) if place else None
        _model("identity", "Staff").objects.create(account=account, centre=centre, role=role)
        actors[name] = actor_of(account, clock)
    return actors


def make_goods() -> SimpleNamespace:
    """A phone and a kettle to be repaired, and a display that fits the phone."""
    make = {name: _model("catalogue", name).objects.create for name in ("Category", "Brand", "Product", "Part")}
    phones = make["Category"](code="phone", names={"en": "Phone"}, asks_passcode=True)
    kettles = make["Category"](code="kettle", names={"en": "Kettle"})
    brand = make["Brand"](name="Vela")
    return SimpleNamespace(
        phone=make["Product"](category=phones, brand=brand, name="One", sort_name="vela one"),
        kettle=make["Product"](category=kettles, brand=brand, name="Boil", sort_name="vela boil"),
        display=make["Part"](number="DSP-1", name="Display", sort_name="display"),
    )


def make_cast() -> SimpleNamespace:
    """The whole stage: network, people, goods, routes, a desk and a shelf in each centre."""
    clock = Clock()
    network = make_network()
    actors = make_people(network, clock)
    load_starter_routes(actors["ada"])
    for centre in (network.krakow, network.gdansk, network.wroclaw):
        for kind, code in (("desk", "D-1"), ("shelf", "S-1"), ("bin", "A-01-01")):
            add_place(actors["ada"], centre.uid, kind=kind, code=code, operation=uuid7(clock()))
    return SimpleNamespace(clock=clock, **vars(network), **vars(make_goods()), **actors)


def intake(cast: SimpleNamespace, *, by: str = "rita", at: str = "krakow", serial: str = "SN-1", **more: object):
    """A unit over the counter: intake(cast, serial="SN-2", fault="…", product=cast.kettle) is a work order."""
    return take_in(
        getattr(cast, by),
        getattr(cast, at).uid,
        who=Who(name=str(more.pop("name", "Jan Kowalski")), phones=(str(more.pop("phone", "+48600100200")),)),
        which=Which(product_uid=getattr(more.pop("product", cast.phone), "uid"), serial=serial),  # noqa: B009
        repair=Repair(fault=str(more.pop("fault", "Does not start")), **more),
        intake=Intake(),
        operation=operation(cast),
    )


def expected(cast: SimpleNamespace, *, by: str = "rita", at: str = "krakow", serial: str = "SN-1", fault: str = "Dead"):
    """A repair announced by phone: a work order that waits for its unit."""
    return register_repair(
        getattr(cast, by),
        getattr(cast, at).uid,
        who=Who(name="Jan Kowalski", phones=("+48600100200",)),
        which=Which(product_uid=cast.phone.uid, serial=serial),
        repair=Repair(fault=fault, channel="call"),
        operation=operation(cast),
    )


def operation(cast: SimpleNamespace) -> UUID:
    """An operation id made now, by the cast's clock."""
    return uuid7(cast.clock())


def soon(what: Callable[[], bool], seconds: float = 200.0) -> bool:
    """Whether it comes true in time: PostgreSQL shows events once every older transaction of the server is over, and
    tests that run beside this one have transactions of their own."""
    until = monotonic() + seconds
    while not what() and monotonic() < until:
        sleep(0.1)
    return what()
