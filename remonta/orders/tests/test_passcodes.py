"""The passcode vault."""

import pytest

from remonta.kernel.actor import system
from remonta.kernel.refusals import NotPermitted
from remonta.orders.commands import erase_old_passcodes, keep_passcode, look_at_passcode
from remonta.orders.models import Passcode, PasscodeLook
from tests.cast import intake


@pytest.fixture
def order(cast):
    made = intake(cast)
    keep_passcode(cast.rita, made, "1234")
    return made


def test_every_look_is_kept_and_the_passcode_is_nowhere_in_the_clear(cast, order):
    assert b"1234" not in bytes(Passcode.objects.get().secret)
    assert look_at_passcode(cast.emil, order.uid) == "1234"
    assert PasscodeLook.objects.get().account_id == cast.emil.account_id


def test_who_has_no_business_with_it_does_not_look(cast, order, writes_nothing):
    with writes_nothing(), pytest.raises(NotPermitted):
        look_at_passcode(cast.cora, order.uid)


def test_an_old_passcode_is_erased_at_the_latest_after_thirty_days(cast, order):
    worker = system("orders", cast.clock, "orders.see")
    cast.clock.pass_(days=29)
    assert erase_old_passcodes(worker) == 0
    cast.clock.pass_(days=2)
    assert erase_old_passcodes(worker) == 1
    assert not Passcode.objects.exists()
