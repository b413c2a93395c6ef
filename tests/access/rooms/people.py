"""Accounts, doors and the network."""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from remonta.identity.commands import (
    change_centre,
    create_calendar,
    create_group,
    create_legal_entity,
    create_region,
    make_link,
    make_token,
    use_sign_in_link,
)
from remonta.identity.models import Account
from remonta.identity.queries import actor_of
from remonta.spine.commands import enqueue, send
from tests.access.subjects import (
    ARGUMENTS,
    BODIES,
    COLLEAGUES,
    DOORS,
    ELSEWHERE,
    NETWORKS,
    NOBODY,
    OLD,
    OWN,
    USED,
    WRONG,
    Principal,
    Sample,
    centre_for,
    kind,
    place_for,
)
from tests.access.world import HOME, World

ANOTHERS = "another’s"
WEEK = {"0": [["09:00", "17:00"]]}


@kind("sign-in link", *DOORS)
def sign_in_link(world: World, label: str, asker: Principal) -> Sample:
    return door(world, label, "sign_in")


@kind("invitation", *DOORS)
def invitation(world: World, label: str, asker: Principal) -> Sample:
    return door(world, label, "invite")


def door(world: World, label: str, purpose: str) -> Sample:
    expires = world.founder.now() + timedelta(hours=-1 if label == OLD else 1)
    of = world.people["engineer"].account
    made_for = "sign_in" if label == USED else purpose
    _link, token = make_link(world.founder, made_for, "identity.account", of.pk, expires)
    if label == USED:
        use_sign_in_link(actor_of(None), token)
    return Sample("x" * 32 if label == WRONG else token)


@kind("factor", ANOTHERS)
def factor(world: World, label: str, asker: Principal) -> Sample:
    of = world.colleagues["head elsewhere"].account
    row = Authenticator.objects.create(user=of, type="webauthn", data={"name": "key", "credential": {}})
    return Sample(row.pk)


@kind("person", OWN, COLLEAGUES, ELSEWHERE, personal=True)
def person(world: World, label: str, asker: Principal) -> Sample:
    """Oneself; an engineer of one's centre; an engineer of another, whose phone is a canary."""
    centre = centre_for(world, label, asker)
    if label == OWN and asker.account:
        return Sample(asker.account.uid, None)
    account = world.colleagues[f"engineer {place_for(label, asker)}"].account
    secret = world.canary("phone", "identity.manage_staff", centre.pk)
    Account.objects.filter(pk=account.pk).update(phone=secret[:20])
    return Sample(account.uid, centre.pk)


@kind("centre", OWN, ELSEWHERE)
def centre(world: World, label: str, asker: Principal) -> Sample:
    row = centre_for(world, label, asker)
    return Sample(row.uid, row.pk)


@kind("group", COLLEAGUES, ELSEWHERE)
def group(world: World, label: str, asker: Principal) -> Sample:
    row = centre_for(world, label, asker)
    name = world.canary("team", "desk.enter", row.pk)
    lead = world.colleagues[f"engineer {place_for(label, asker)}"].account
    return Sample(create_group(world.founder, centre_uid=row.uid, name=name, lead_uid=lead.uid).uid, row.pk)


@kind("entity", OWN, ELSEWHERE)
def entity(world: World, label: str, asker: Principal) -> Sample:
    if label == OWN:
        return Sample(world.centres[HOME].legal_entity.uid)
    name = world.canary("firm", "identity.manage_network", None)
    return Sample(create_legal_entity(world.founder, name=name, country="DE", currency="EUR").uid)


@kind("region", OWN, ELSEWHERE)
def region(world: World, label: str, asker: Principal) -> Sample:
    if label == ELSEWHERE:
        name = world.canary("land", "identity.manage_network", None)
        return Sample(create_region(world.founder, name=name).uid)
    row = create_region(world.founder, name=f"Land of {asker.place}")
    change_centre(world.founder, centre_for(world, label, asker).uid, region=row)
    return Sample(row.uid)


@kind("calendar", OWN, ELSEWHERE)
def calendar(world: World, label: str, asker: Principal) -> Sample:
    centre = centre_for(world, label, asker)
    name = world.canary("hours", "identity.manage_network", centre.pk)
    row = create_calendar(world.founder, name=name, week=WEEK)
    change_centre(world.founder, centre.uid, calendar=row)
    return Sample(row.pk, centre.pk)


@kind("key", OWN, ANOTHERS, personal=True)
def key(world: World, label: str, asker: Principal) -> Sample:
    of = asker if label == OWN and asker.account else world.colleagues["head elsewhere"]
    return Sample(make_token(of.actor, name=world.canary("key", "", owner=of.name), scopes=["*"])[0].uid)


@kind("message", OWN, ELSEWHERE, NETWORKS)
def message(world: World, label: str, asker: Principal) -> Sample:
    centre_id = centre_for(world, label, asker).pk if label in (OWN, ELSEWHERE) else None
    recipient = world.canary("box", "spine.see_outbox", centre_id) + "@example.com"
    body = world.canary("letter", "", None)
    with transaction.atomic():
        row = send(
            world.founder, channel="email", recipient=recipient, body=body, purpose="matrix", centre_id=centre_id
        )
    return Sample(row.uid, centre_id)


@kind("job", OWN, ANOTHERS, personal=True)
def job(world: World, label: str, asker: Principal) -> Sample:
    of = asker if label == OWN and asker.account else world.colleagues["head elsewhere"]
    with transaction.atomic():
        return Sample(enqueue(of.actor, world.canary("job", "spine.see_jobs", owner=of.name), {}).uid)


@kind("setting", "known", "unknown")
def setting(world: World, label: str, asker: Principal) -> Sample:
    return Sample("links.days" if label == "known" else "no.such")


@kind("listing", "-")
def listing(world: World, label: str, asker: Principal) -> Sample:
    return Sample("people")


@kind("view", OWN, ANOTHERS, personal=True)
def view(world: World, label: str, asker: Principal) -> Sample:
    from remonta.web.commands import save_view  # noqa: PLC0415 - the frame's one table

    of = asker if label == OWN and asker.account else world.colleagues["head elsewhere"]
    return Sample(save_view(of.actor, listing="people", name=world.canary("view", "", owner=of.name), query="").uid)


def role_body(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    return {"role": "engineer", "centre_uid": str(world.centres[place_for(whose, asker)].uid)}


def member_body(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    return {"account_uid": str(world.colleagues[f"engineer {place_for(whose, asker)}"].account.uid)}


def with_operation(**values: Any) -> Any:
    return lambda world, _whose, _asker: {"operation": str(world.operation()), **values}


PERSON = {"name": "Anna Nowak", "email": "anna.nowak@example.com", "language": "pl"}
ENTITY = {"name": "Firma", "tax_rates": "standard 0.23", "rounding": "ROUND_HALF_UP", "cash_step": 1}
CENTRE = {"name": "Renamed", "timezone": "Europe/Warsaw", "language": "pl"}
BODIES |= {
    ("desk:my-account", "POST"): with_operation(name="Anna", language="pl", theme="dark"),
    ("desk:my-tokens", "POST"): with_operation(name="scale", scopes="*"),
    ("desk:person", "POST"): with_operation(**PERSON),
    ("desk:person-new", "POST"): lambda world, whose, asker: PERSON | role_body(world, whose, asker),
    ("desk:person-give", "POST"): role_body,
    ("desk:person-take", "POST"): role_body,
    ("desk:centre", "POST"): lambda world, _whose, _asker: (
        CENTRE | {"kind": "own", "legal_entity": world.centres[HOME].legal_entity.pk}
    ),
    ("desk:centre-new", "POST"): lambda world, _whose, _asker: (
        CENTRE | {"code": "NEW", "kind": "own", "legal_entity_uid": world.centres[HOME].legal_entity.uid}
    ),
    ("desk:group", "POST"): with_operation(name="Renamed"),
    ("desk:group-new", "POST"): lambda world, _whose, asker: {
        "name": "Team",
        "centre_uid": world.centres[asker.place if asker is not NOBODY else HOME].uid,
    },
    ("desk:group-join", "POST"): member_body,
    ("desk:group-leave", "POST"): member_body,
    ("desk:entity", "POST"): with_operation(**ENTITY),
    ("desk:entity-new", "POST"): with_operation(**ENTITY, country="PL", currency="PLN"),
    ("desk:first-steps-catalogue", "POST"): lambda world, _whose, _asker: {
        "trade": "machinery",
        "entity_uid": str(world.centres[HOME].legal_entity.uid),
    },
    ("api:catalogue-starter", "POST"): lambda world, _whose, _asker: {
        "trade": "machinery",
        "entity_uid": str(world.centres[HOME].legal_entity.uid),
    },
    ("desk:region", "POST"): with_operation(name="Renamed"),
    ("desk:region-new", "POST"): with_operation(name="Renamed"),
    ("desk:calendar", "POST"): with_operation(name="Renamed", day_0="09:00-17:00"),
    ("desk:calendar-new", "POST"): with_operation(name="New", day_0="09:00-17:00"),
    ("desk:calendar-day", "POST"): with_operation(day="2026-12-24", hours=""),
    ("desk:setting", "POST"): lambda world, _whose, asker: {"value": "30", "centre": world.centres[asker.place].uid},
    ("desk:message-settle", "POST"): with_operation(arrived="yes"),
    ("web:preferences", "POST"): with_operation(theme="dark"),
    ("web:list-view", "POST"): with_operation(name="mine", query="q=a"),
}
ARGUMENTS += [
    ("sign_in_link", "token", "sign-in link"),
    ("invitation", "token", "invitation"),
    ("mfa_*_webauthn", "pk", "factor"),
    ("desk:setting", "key", "setting"),
    ("desk:my-token-drop", "token", "key"),
    ("web:list-view-drop", "uid", "view"),
    ("web:list-*", "listing", "listing"),
    ("desk:*", "person", "person"),
    ("desk:*", "centre", "centre"),
    ("desk:*", "group", "group"),
    ("desk:entity*", "entity", "entity"),
    ("desk:*", "region", "region"),
    ("desk:*", "calendar", "calendar"),
    ("desk:*", "message", "message"),
    ("desk:*", "job", "job"),
]
