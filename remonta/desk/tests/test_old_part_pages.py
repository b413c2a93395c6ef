"""The page of what came out of customers' units: seen by the store, gone to the maker or to scrap."""

from remonta.kernel.ids import uuid7
from remonta.supply.commands import take_out_old_part
from remonta.supply.models import OldPart
from tests.cast import intake, operation


def test_an_old_part_goes_to_the_maker_from_its_page(cast, sign_in):
    order = intake(cast)
    take_out_old_part(cast.emil, order.uid, part_uid=cast.display.uid, operation=operation(cast))
    old, stan = OldPart.objects.get(), sign_in("stan")
    assert "DSP-1" in stan.get("/warehouse/old-parts/?state=waiting").content.decode()
    assert "in quarantine" in stan.get(f"/orders/{order.uid}/parts/").content.decode()
    where = f"/warehouse/old-parts/{old.uid}/"
    assert "warranty claim" in stan.get(where).content.decode()
    refused = stan.post(where, {"operation": str(uuid7())})
    assert refused.status_code == 422
    assert sign_in("emil").post(where, {"operation": str(uuid7()), "what": "scrap:scrapped"}).status_code == 403
    assert stan.post(where, {"operation": str(uuid7()), "what": "send:exchange"}).status_code == 303
    assert "sent to the maker" in stan.get(where).content.decode()
    assert "sent to the maker: exchange part" in stan.get(f"/orders/{order.uid}/").content.decode()
