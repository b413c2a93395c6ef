"""Calls and notices, and the texts customers are written."""

from django.db import transaction

from remonta.calls.commands import Reported, report_call
from remonta.identity.commands import change_centre
from remonta.notices.commands import give_notices
from remonta.notices.queries import OCCASIONS, Notice
from tests.access.rooms.people import with_operation
from tests.access.rooms.repair import order_of
from tests.access.subjects import (
    ARGUMENTS,
    BODIES,
    COLLEAGUES,
    ELSEWHERE,
    NETWORKS,
    OWN,
    QUERIES,
    Principal,
    Sample,
    centre_for,
    kind,
)
from tests.access.world import HOME, World

THERE = (COLLEAGUES, ELSEWHERE)
ANOTHERS = "another’s"


@kind("call", *THERE)
def call(world: World, label: str, asker: Principal) -> Sample:
    """A missed call on the centre's own line."""
    centre = centre_for(world, label, asker)
    line = f"+4812000{centre.pk:04d}"
    change_centre(world.founder, centre.uid, phone=line)
    named = {"exchange": "pbx", "external_id": str(world.operation()), "number": f"+48601{len(world.things):06d}"}
    report_call(world.founder, Reported(state="ringing", line=line, **named))
    return Sample(report_call(world.founder, Reported(state="ended", line=line, **named)).uid, centre.pk)


@kind("notice", OWN, ANOTHERS, personal=True)
def notice(world: World, label: str, asker: Principal) -> Sample:
    of = asker if label == OWN and asker.account else world.colleagues["head elsewhere"]
    row = order_of(world, COLLEAGUES, asker).row
    about = ("orders.workorder", row.pk, row.uid)
    with transaction.atomic():
        give_notices(world.founder, [of.account.pk], "work_given", key="matrix", about=about, centre_id=row.centre_id)
    return Sample(Notice.objects.get(account=of.account, key="matrix").uid)


@kind("occasion", NETWORKS)
def occasion(world: World, label: str, asker: Principal) -> Sample:
    return Sample(next(iter(OCCASIONS)))


QUERIES["desk:customer-text"] = [lambda world, _whose, _asker: {"centre": world.centres[HOME].uid, "language": "ru"}]
BODIES |= {
    ("desk:order-message", "POST"): with_operation(channel="sms", text="Ready soon."),
    ("desk:order-link-send", "POST"): with_operation(channel="sms"),
    ("desk:customer-text", "POST"): with_operation(channel="sms", restore="1"),
}
ARGUMENTS += [
    ("desk:call*", "uid", "call"),
    ("desk:notice-*", "uid", "notice"),
    ("desk:customer-text", "code", "occasion"),
]


@kind("channel", "-")
def channel(world: World, label: str, asker: Principal) -> Sample:
    return Sample("sms")


@kind("language", "-")
def language(world: World, label: str, asker: Principal) -> Sample:
    return Sample("en")


@kind("exchange", "unknown")
def exchange(world: World, label: str, asker: Principal) -> Sample:
    return Sample("no-such-exchange")


ARGUMENTS += [
    ("api-hook-calls", "exchange", "exchange"),
    ("api:customer-text", "channel", "channel"),
    ("api:customer-text", "language", "language"),
]
