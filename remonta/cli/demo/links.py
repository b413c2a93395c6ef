"""Links to come in without a password."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from remonta.identity.commands import make_sign_in_link
from remonta.identity.queries import all_permissions, people_for, posts_of
from remonta.kernel.actor import Actor, system

MOST = 14
LASTS = timedelta(days=1)


def setup_actor() -> Actor:
    """The system's own actor for setting up: every right there is."""
    return system("setup", timezone.now, *(held.name for held in all_permissions()))


def sign_in_links() -> Iterator[tuple[str, str]]:
    """A one-time link for one person of each role, as (name and role, address)."""
    actor, seen = setup_actor(), set[str]()
    for person in people_for(actor).filter(is_active=True).order_by("pk"):
        roles = [post for post in posts_of(actor, person.pk) if post.role not in seen]
        if roles and len(seen) < MOST:
            seen.add(roles[0].role)
            place = roles[0].centre_name or "network"
            _, token = make_sign_in_link(actor, person.uid, lasts=LASTS)
            yield f"{person.name}, {roles[0].role_label} ({place})", f"{settings.BASE_URL}/sign-in/link/{token}/"
