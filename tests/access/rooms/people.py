"""Accounts, doors and the network."""

from datetime import timedelta

from remonta.identity.commands import make_link, use_sign_in_link
from remonta.identity.queries import actor_of
from tests.access.subjects import ARGUMENTS, DOORS, OLD, USED, WRONG, Principal, Sample, kind
from tests.access.world import World


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


@kind("factor", "another's")
def factor(world: World, label: str, asker: Principal) -> Sample:
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 - the library's table of second factors

    of = world.colleagues["head elsewhere"].account
    row = Authenticator.objects.create(user=of, type="webauthn", data={"name": "key", "credential": {}})
    return Sample(row.pk)


ARGUMENTS += [
    ("sign_in_link", "token", "sign-in link"),
    ("invitation", "token", "invitation"),
    ("mfa_*_webauthn", "pk", "factor"),
]
