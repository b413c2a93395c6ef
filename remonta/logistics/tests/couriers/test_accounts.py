"""Couriers' accounts: who sets them up, what they need, and that nobody reads their secrets again."""

import pytest

from remonta.kernel.refusals import NotPermitted
from remonta.logistics.commands.couriers import (
    CourierAddressUnclear,
    CourierBusy,
    CourierNameMissing,
    CourierNameTaken,
    DriverUnknown,
    Party,
    SecretMissing,
    SecretUnknown,
    access_of,
    add_courier,
    archive_courier,
    change_courier,
    turn_hook,
)
from remonta.logistics.models import CourierAccount
from remonta.logistics.queries.couriers import hook_path, hook_secret
from remonta.spine.models import Event
from tests.cast import operation

SECRETS = {"token": "very secret", "organization": "42"}


def test_secrets_are_kept_encrypted_and_stay_when_left_empty(sending):
    account = sending.open("InPost", "inpost", secrets=SECRETS)
    account.refresh_from_db()
    assert b"secret" not in bytes(account.secrets)
    change_courier(sending.cast.hana, account.uid, name="Lockers", secrets={"token": "", "organization": "43"})
    account.refresh_from_db()
    assert access_of(account).secrets == {"token": "very secret", "organization": "43"}
    assert "very secret" not in str(list(Event.objects.values_list("data", flat=True)))


def test_the_sender_is_the_centre_unless_said_otherwise(sending):
    assert sending.open("Van", "own").sender["company"] == "Kraków"
    other = sending.open("Other", "own", sender=Party(company="Remonta", city="Tarnów", postcode="33-100"))
    assert other.sender["postcode"] == "33-100"


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"driver": "pigeon"}, DriverUnknown),
        ({"name": " "}, CourierNameMissing),
        ({"name": "Simulated"}, CourierNameTaken),
        ({"driver": "inpost", "secrets": {"token": "x"}}, SecretMissing),
        ({"secrets": {"password": "x"}}, SecretUnknown),
        ({"driver": "simulated"}, CourierAddressUnclear),
        ({"url": "http://10.0.0.1"}, CourierAddressUnclear),
        ({"url": "https://me:secret@example.com"}, CourierAddressUnclear),
        ({"url": "file:///etc/passwd"}, CourierAddressUnclear),
        ({"url": "https://[x"}, CourierAddressUnclear),
    ],
)
def test_accounts_that_could_not_work_are_refused(sending, writes_nothing, wrong, refusal):
    said = {"name": "New", "driver": "own", **wrong}
    with writes_nothing(), pytest.raises(refusal):
        add_courier(sending.cast.hana, sending.cast.krakow.uid, **said, operation=operation(sending.cast))


def test_only_the_head_sets_them_up_at_home(sending, writes_nothing):
    said = {"name": "New", "driver": "own", "operation": operation(sending.cast)}
    for actor, centre in ((sending.cast.stan, sending.cast.krakow), (sending.cast.hana, sending.cast.gdansk)):
        with writes_nothing(), pytest.raises(NotPermitted):
            add_courier(actor, centre.uid, **said)
    with writes_nothing(), pytest.raises(CourierAccount.DoesNotExist):
        change_courier(sending.cast.stan, sending.account.uid, name="Mine")


def test_a_new_hook_ends_the_old_one(sending):
    account = sending.open("InPost", "inpost", secrets=SECRETS)
    before = hook_path(account), hook_secret(account)
    account = turn_hook(sending.cast.hana, account.uid)
    assert (hook_path(account), hook_secret(account)) != before
    assert hook_path(account).startswith(f"/hooks/couriers/{account.uid}/")


def test_an_account_is_archived_when_nothing_is_on_its_way(sending, writes_nothing):
    shipment = sending.book()
    with writes_nothing(), pytest.raises(CourierBusy):
        archive_courier(sending.cast.hana, sending.account.uid)
    sending.work()
    sending.cancel(shipment)
    sending.work()
    assert archive_courier(sending.cast.hana, sending.account.uid).archived_at
    with writes_nothing(), pytest.raises(CourierAccount.DoesNotExist):
        sending.book()
