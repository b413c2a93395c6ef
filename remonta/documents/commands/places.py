"""Printing labels for places: shelves, bins, benches, desks."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from remonta.documents.commands.issuing import issue_document
from remonta.documents.models import Document
from remonta.documents.shapes import Company, Label, PlaceLabelData
from remonta.identity.queries import every_centre
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.spine.commands import command
from remonta.stock.queries import places_for

MOST = 200


class NoPlaces(Refused):
    text = _("Choose at least one place and at most 200, all of one centre.")
    field = "places"


@command
def print_place_labels(actor: Actor, place_uids: Sequence[UUID], *, size: str = "58x40") -> Document:
    """One label for each place, in the order of their codes. Raises NoPlaces, NoSuchForm, NotPermitted."""
    places = list(places_for(actor).filter(uid__in=place_uids[:MOST]).order_by("code"))
    centres = {place.centre_id for place in places if place.centre_id}
    if len(centres) != 1 or len(places) != len(set(place_uids)):
        raise NoPlaces
    [centre] = every_centre().filter(pk__in=centres)
    labels = tuple(
        Label(code=place.code, name=place.name or centre.name, qr=place.label, bar=place.label) for place in places
    )
    with translation.override(centre.language):
        form = PlaceLabelData(
            paper=size,
            language=centre.language,
            company=Company(name=centre.name),
            number=places[0].code,
            issued="",
            labels=labels,
        )
        about: dict[str, Any] = {
            "subject": "stock.place",
            "subject_id": places[0].pk,
            "thread_id": None,
            "centre_id": centre.pk,
        }
        look: dict[str, Any] = {"code": form.code, "paper": size, "language": form.language}
        issued: Document = issue_document(actor, **look, **about, data=form.as_json())
    return issued
