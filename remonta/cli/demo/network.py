"""The demo's legal entity, centres, people and places. Everybody is invented."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from remonta.billing.commands import create_cash_desk, open_shift
from remonta.catalogue.commands import load_starter_catalogue
from remonta.identity.commands import (
    add_member,
    change_preferences,
    create_account,
    create_centre,
    create_group,
    create_legal_entity,
    create_region,
)
from remonta.identity.queries import actor_of
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.orders.commands import load_starter_routes
from remonta.stock.commands import add_bins, add_place

WEEK = {str(day): [["09:00", "18:00"]] for day in range(5)} | {"5": [["10:00", "14:00"]]}
CENTRES: tuple[dict[str, Any], ...] = (
    {
        "code": "KRK",
        "name": "Remonta Kraków",
        "city": "Kraków",
        "latitude": 50.061,
        "longitude": 19.938,
        "phone": "+48122000100",
        "kind": "own",
    },
    {
        "code": "GDN",
        "name": "Remonta Gdańsk",
        "city": "Gdańsk",
        "latitude": 54.352,
        "longitude": 18.646,
        "phone": "+48582000100",
        "kind": "own",
    },
    {
        "code": "WAW",
        "name": "Remonta Warszawa",
        "city": "Warszawa",
        "latitude": 52.229,
        "longitude": 21.012,
        "phone": "+48222000100",
        "kind": "own",
    },
    {
        "code": "WRO",
        "name": "Serwis Odra",
        "city": "Wrocław",
        "latitude": 51.107,
        "longitude": 17.038,
        "phone": "+48712000100",
        "kind": "partner",
    },
    {
        "code": "LUB",
        "name": "Serwis Lublin",
        "city": "Lublin",
        "latitude": 51.246,
        "longitude": 22.568,
        "phone": "+48812000100",
        "kind": "partner",
    },
)
STREETS = ("ul. Długa 12", "ul. Portowa 3", "al. Wolności 40", "ul. Mostowa 7", "ul. Ogrodowa 21")
NETWORK_PEOPLE = (
    ("Alina Duda", "administrator", "en"),
    ("Oliwia Sikora", "operator", "en"),
    ("Marek Lis", "service_manager", "en"),
)
OWN_PEOPLE = (
    ("Renata", "receptionist", "en"),
    ("Wojciech", "workshop_manager", "en"),
    ("Emil", "engineer", "en"),
    ("Eugenia", "engineer", "ru"),
    ("Li", "engineer", "zh-hans"),
    ("Stefan", "storekeeper", "en"),
    ("Patryk", "purchaser", "en"),
    ("Karolina", "cashier", "en"),
    ("Krystyna", "quality", "en"),
    ("Henryk", "head", "en"),
)
SURNAMES = {"KRK": "Krak", "GDN": "Gdański", "WAW": "Mazur", "WRO": "Odra", "LUB": "Lubelski"}


@dataclass
class Place:
    """A centre of the demo with its people by role."""

    row: Any
    people: dict[str, list[Actor]] = field(default_factory=dict)

    def one(self, role: str) -> Actor:
        """Whoever has that role here; in a partner's centre everybody does everything."""
        return (self.people.get(role) or self.people["partner_staff"])[0]


def make_places(setup: Actor, now: Any) -> list[Place]:
    """The whole network, ready to work: three centres of ours and two partners'."""
    entity = create_legal_entity(
        setup,
        name="Remonta Demo sp. z o.o.",
        country="PL",
        currency="PLN",
        tax_id="5250000001",
        address="ul. Długa 12, 31-147 Kraków",
        tax_rates={"standard": "0.23", "reduced": "0.08"},
        cash_step=1,
    )
    region = create_region(setup, name="Polska")
    places = []
    for column, street in zip(CENTRES, STREETS, strict=True):
        same = {"timezone": "Europe/Warsaw", "language": "pl", "country": "PL", "address": street}
        row = create_centre(setup, legal_entity_uid=entity.uid, region_uid=region.uid, **column, **same)
        places.append(Place(row))
    load_starter_routes(setup)
    load_starter_catalogue(setup, entity.pk)
    _network_people(setup)
    for place in places:
        _people(setup, place, now)
        _room(setup, place, now)
    return places


def _network_people(setup: Actor) -> None:
    for name, role, language in NETWORK_PEOPLE:
        account = create_account(setup, email=_address(name), name=name, role=role, language=language)
        change_preferences(actor_of(account), first_steps="off")  # this network is past them


def _people(setup: Actor, place: Place, now: Any) -> None:
    code, centre = place.row.code, place.row
    staff = (
        OWN_PEOPLE if centre.kind == "own" else (("Piotr", "partner_staff", "en"), ("Paulina", "partner_staff", "ru"))
    )
    group = create_group(setup, centre_uid=centre.uid, name="Bench")
    for first, role, language in staff:
        name = f"{first} {SURNAMES[code]}"
        account = create_account(
            setup, email=_address(f"{name} {code}"), name=name, role=role, language=language, centre_uid=centre.uid
        )
        if role in ("engineer", "partner_staff"):
            add_member(setup, group.uid, account_uid=account.uid)
        place.people.setdefault(role, []).append(actor_of(account, now))


def _room(setup: Actor, place: Place, now: Any) -> None:
    centre = place.row
    for kind, code, name in (
        ("desk", "D-1", "Front desk"),
        ("shelf", "S-1", "Ready shelf"),
        ("bench", "T-1", "Bench 1"),
    ):
        add_place(setup, centre.uid, kind=kind, code=code, name=name, operation=uuid7(now()))
    add_bins(setup, centre.uid, first="A-01-01", last="A-02-05", operation=uuid7(now()))
    desk = create_cash_desk(setup, centre.uid, name=f"Desk {centre.code}")
    cashier = place.one("cashier")
    open_shift(cashier, desk.uid, counted=20_000, operation=uuid7(now()))


def _address(name: str) -> str:
    plain = name.lower().translate(str.maketrans("ąćęłńóśźż ", "acelnoszz."))
    return f"{plain}@demo.example"


class Clock:
    """The demo's own time, moved through the last weeks up to now."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at
