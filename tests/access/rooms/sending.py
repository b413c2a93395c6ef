"""Couriers: accounts, shipments, and the rounds of our own drivers."""

from datetime import date
from typing import Any

from remonta.logistics.commands.couriers import Parcel, Party, Wanted, add_courier, book_shipment, plan_round
from remonta.logistics.models import RouteStop
from tests.access.rooms.people import with_operation
from tests.access.rooms.repair import picture
from tests.access.subjects import (
    ARGUMENTS,
    BODIES,
    COLLEAGUES,
    ELSEWHERE,
    KINDS,
    OWN,
    QUERIES,
    Sample,
    centre_for,
    kind,
    place_for,
)
from tests.access.world import Principal, World

THERE = (COLLEAGUES, ELSEWHERE)
DAY = "2030-03-05"


def account_of(world: World, label: str, asker: Principal) -> Any:
    """An account for our own drivers, one for each shipment."""
    centre = centre_for(world, label, asker)
    name = world.canary("Van", "logistics.see", centre.pk)
    return add_courier(world.founder, centre.uid, name=name, driver="own", operation=world.operation())


def sent(world: World, label: str, asker: Principal) -> Any:
    """A shipment that is booked."""
    account = account_of(world, label, asker)
    name = world.canary("Receiver", ("logistics.see", "logistics.drive"), account.centre_id)
    wanted = Wanted(receiver=Party(name=name, city="Gdynia"), parcels=(Parcel(1200),))
    return book_shipment(world.founder, account.uid, wanted=wanted, operation=world.operation())


def driven(world: World, label: str, asker: Principal) -> Any:
    """A round with one shipment: the asker's own, or an engineer's of that place."""
    place = place_for(label, asker)
    shipment = sent(world, label, asker)
    own = label == OWN and asker.name not in ("administrator", "nobody")  # who works in no centre drives for none
    driver = asker.account if own else world.colleagues[f"engineer {place}"].account
    assert driver is not None, "who drives has an account"
    said: dict[str, Any] = {"driver_uid": driver.uid, "day": date(2030, 3, 5), "shipments": [shipment.uid]}
    return plan_round(world.founder, world.centres[place].uid, **said, operation=world.operation())


@kind("courier account", *THERE)
def courier_account(world: World, label: str, asker: Principal) -> Sample:
    made = account_of(world, label, asker)
    return Sample(made.uid, made.centre_id)


@kind("shipment", *THERE)
def shipment(world: World, label: str, asker: Principal) -> Sample:
    made = sent(world, label, asker)
    return Sample(made.uid, made.centre_id)


@kind("round", *THERE)
def round_(world: World, label: str, asker: Principal) -> Sample:
    made = driven(world, label, asker)
    return Sample(made.uid, made.centre_id)


@kind("round to drive", OWN, *THERE, personal=True)
def round_to_drive(world: World, label: str, asker: Principal) -> Sample:
    made = driven(world, label, asker)
    return Sample(made.uid, made.centre_id)


@kind("stop to make", OWN, *THERE, personal=True)
def stop_to_make(world: World, label: str, asker: Principal) -> Sample:
    """The first stop of the round that stands beside it in the address."""
    route = KINDS["round to drive"].make(world, label, asker)
    return Sample(RouteStop.objects.filter(route__uid=route.value).earliest("position").uid, route.centre_id)


@kind("hook of a courier", "unknown")
def hook(world: World, label: str, asker: Principal) -> Sample:
    return Sample("01958000-0000-7000-8000-000000000001")


@kind("key of a hook", "unknown")
def key(world: World, label: str, asker: Principal) -> Sample:
    return Sample("0" * 32)


def booking(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    account = KINDS["courier account"].make(world, COLLEAGUES, asker)
    said = {"courier": str(account.value), "name": "Anna", "city": "Gdynia", "pieces": "1", "weight": "1"}
    return {"operation": world.operation(), **said}


def booking_by_program(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    account = KINDS["courier account"].make(world, COLLEAGUES, asker)
    to = {"name": "Anna", "city": "Gdynia"}
    return {"operation": world.operation(), "courier_uid": account.value, "receiver": to, "parcels": [{"weight": 1}]}


def planned(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    driver = world.colleagues[f"engineer {asker.place}"].account
    assert driver is not None, "who drives has an account"
    return {"operation": world.operation(), "driver_uid": str(driver.uid), "day": DAY, "shipments": []}


def stops_of(world: World, whose: str, asker: Principal) -> list[str]:
    """The stops of the round that the address names."""
    route = KINDS["round"].make(world, whose if whose != "-" else COLLEAGUES, asker)
    return [str(one.uid) for one in RouteStop.objects.filter(route__uid=route.value).order_by("position")]


def one_stop(name: str, **more: Any) -> Any:
    """A body that names the first stop of the round."""
    return lambda world, whose, asker: {
        "operation": world.operation(),
        name: (stops_of(world, whose, asker) or [""])[0],
        **more,
    }


def more_shipments(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    uid = sent(world, whose if whose != "-" else COLLEAGUES, asker).uid
    return {"operation": world.operation(), "shipments": [str(uid)]}


BODIES |= {
    ("desk:shipment-new", "POST"): booking,
    ("api:shipments", "POST"): booking_by_program,
    ("desk:shipment-settle", "POST"): with_operation(booked="no"),
    ("api:shipment-settle", "POST"): with_operation(booked=False),
    ("desk:courier-new", "POST"): with_operation(driver="own", name="Another van"),
    ("desk:courier", "POST"): with_operation(name="Renamed van"),
    ("api:courier", "PUT"): with_operation(name="Renamed van"),
    ("desk:round-new", "POST"): planned,
    ("desk:round-stops", "POST"): more_shipments,
    ("api:round-stops", "POST"): more_shipments,
    ("api:round-stops", "PUT"): lambda world, whose, asker: {"stops": stops_of(world, whose, asker)},
    ("desk:round-order", "POST"): lambda world, whose, asker: {
        "stops": stops_of(world, whose, asker),
        "moved": (stops_of(world, whose, asker) or [""])[0],
        "to": "down",
    },
    ("desk:round-drop", "POST"): one_stop("stop"),
    ("api:round-drop", "POST"): one_stop("stop_uid"),
    ("api:round-made", "POST"): lambda world, whose, asker: {
        "operation": world.operation(),
        "stop_uid": str(KINDS["stop to make"].make(world, whose, asker).value),
        "photo": picture(),
    },
}
ARGUMENTS += [
    ("desk:shipment*", "uid", "shipment"),
    ("desk:courier*", "uid", "courier account"),
    ("desk:round-stop", "uid", "round to drive"),
    ("desk:round-stop", "stop", "stop to make"),
    ("desk:round-made", "uid", "round to drive"),
    ("desk:round*", "uid", "round"),
    ("api-hook-courier*", "uid", "hook of a courier"),
    ("api-hook-courier*", "key", "key of a hook"),
]
QUERIES |= {"desk:courier-new": [lambda _world, _whose, _asker: {"driver": "inpost"}]}
