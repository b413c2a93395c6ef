"""What the middleware puts on every request; views name this type."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpRequest

from remonta.identity.queries import Workplace
from remonta.kernel.actor import Actor

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """`centre` is the one chosen at the top of the page; None while there is no centre of theirs."""

    actor: Actor
    centre: Workplace | None
    centres: Sequence[Workplace]
    csp_nonce: str
    htmx: "HtmxDetails"
