"""Makes the network in which a running product is tested, and says in one line of JSON how to come in."""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remonta.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from remonta.catalogue.queries import parts_for, products_for, services_for  # noqa: E402
from remonta.cli.demo.links import LASTS, setup_actor  # noqa: E402
from remonta.cli.demo.network import make_places  # noqa: E402
from remonta.identity.commands import change_person, create_account, make_sign_in_link, set_setting  # noqa: E402
from remonta.identity.queries import people_for, posts_of  # noqa: E402
from remonta.kernel.ids import uuid7  # noqa: E402
from remonta.stock.queries import places_for  # noqa: E402
from remonta.supply.commands import Delivered, receive_goods  # noqa: E402

HERE = "KRK"
MORE = (("Lena Krak", "logistician"), ("Pola Krak", "purchaser"))
STRANGERS = ("receptionist", "partner_staff")


def main() -> None:
    actor = setup_actor()
    places = make_places(actor, timezone.now)
    for end in ("notices.quiet_from", "notices.quiet_until"):
        set_setting(actor, end, "00:00")  # tests run at any hour
    here = next(place for place in places if place.row.code == HERE)
    for name, role in MORE:
        email = f"{role}@demo.example"
        create_account(actor, email=email, name=name, role=role, language="en", centre_uid=here.row.uid)
    goods = {part.number: part.uid for part in parts_for(actor).filter(tracking="quantity").order_by("pk")}
    bins = list(places_for(actor).filter(centre_id=here.row.pk).order_by("pk"))
    shelf = next(place for place in bins if place.kind == "bin")
    lines = [Delivered(part_uid=uid, place_uid=shelf.uid, quantity=5000) for uid in goods.values()]
    receive_goods(here.one("storekeeper"), here.row.uid, supplier="Depot", lines=lines, operation=uuid7())
    said = {
        "links": dict(_links(actor)),
        "centre": str(here.row.uid),
        "places": {place.code: {"uid": str(place.uid), "id": place.pk} for place in bins},
        "parts": {number: str(uid) for number, uid in goods.items()},
        "products": {str(one): str(one.uid) for one in products_for(actor).select_related("brand")[:20]},
        "services": {one.code: str(one.uid) for one in services_for(actor)[:20]},
    }
    print(json.dumps(said))


def _links(actor):
    """A one-time link for everybody of the first centre and of the network, by role; receptionists of other centres
    and partners' people too, as strangers to what is done here: `receptionist@` and their centre."""
    for person in people_for(actor):
        for post in posts_of(actor, person.pk):
            here = post.centre_name in ("", "Remonta Kraków")
            if here or post.role in STRANGERS:
                change_person(actor, person.uid, language="en")  # stories read the pages in English
                _, token = make_sign_in_link(actor, person.uid, lasts=LASTS)
                yield f"{post.role}{'' if here else '@' + post.centre_name}:{person.name}", token


main()
