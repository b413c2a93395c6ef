"""Run inside an installation: keys for a centre's people, a card terminal, no quiet hours. Answers in JSON."""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remonta.settings")
django.setup()

from remonta.billing.commands import change_cash_desk  # noqa: E402
from remonta.billing.queries import desks_for  # noqa: E402
from remonta.cli.demo.links import setup_actor  # noqa: E402
from remonta.identity.commands import make_token, set_setting  # noqa: E402
from remonta.identity.queries import actor_of, people_for, posts_of  # noqa: E402


def main(centre: str, terminal: str) -> None:
    setup = setup_actor()
    desk = desks_for(setup).get(centre__uid=centre)
    change_cash_desk(setup, desk.uid, name=desk.name, terminal=terminal)
    for hour in ("notices.quiet_from", "notices.quiet_until"):
        set_setting(setup, hour, "00:00")
    print(json.dumps({"desk": str(desk.uid), "people": list(_people(setup, centre))}))


def _people(setup, centre):
    for person in people_for(setup).order_by("pk"):
        roles = [post.role for post in posts_of(setup, person.pk) if str(post.centre_uid) == centre]
        if roles:
            _row, secret = make_token(actor_of(person), name="crash", scopes=["*"])
            yield {"role": roles[0], "uid": str(person.uid), "key": secret}


main(*sys.argv[1:])
