"""Setting up couriers' accounts. Their secrets are encrypted and shown to nobody again."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from remonta.identity.queries import every_centre
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted
from remonta.kernel.texts import clean
from remonta.logistics.commands.couriers.refusals import (
    CourierAddressUnclear,
    CourierBusy,
    CourierNameMissing,
    CourierNameTaken,
    DriverUnknown,
    SecretMissing,
    SecretUnknown,
)
from remonta.logistics.couriers.choice import NEEDS, DriverCode
from remonta.logistics.couriers.contract import Access, Party
from remonta.logistics.couriers.facts import CourierAccountSet
from remonta.logistics.couriers.workflow import STANDING
from remonta.logistics.models.couriers import CourierAccount, Shipment
from remonta.logistics.queries.couriers import accounts_to_set, hook_url
from remonta.spine.commands import command, lock_up, once, open_up, record

PURPOSE = "remonta couriers"
HERE = ("127.0.0.1", "localhost", "::1")


@once(accounts_to_set)
def add_courier(
    actor: Actor,
    centre_uid: UUID,
    *,
    name: str,
    driver: str,
    url: str = "",
    service: str = "",
    sender: Party | None = None,
    secrets: Mapping[str, str] | None = None,
    operation: UUID,
) -> CourierAccount:
    """An account of the centre with a courier. Without a sender, the centre's own address is taken.

    Raises CourierNameTaken, CourierNameMissing, DriverUnknown, SecretMissing, SecretUnknown, CourierAddressUnclear.
    """
    centre = every_centre().get(uid=centre_uid)
    if not actor.may("logistics.couriers", centre):
        raise NotPermitted
    if driver not in DriverCode.values:
        raise DriverUnknown
    own = Party(company=centre.name, phone=centre.phone, email=centre.email, street=centre.address, city=centre.city)
    sent_by = sender if sender and sender != Party() else Party(**{**own.kept(), "country": centre.country})
    account = CourierAccount(centre=centre, driver=driver)
    return _set(actor, account, name=name, url=url, service=service, sender=sent_by, secrets=secrets or {})


@command
def change_courier(
    actor: Actor,
    uid: UUID,
    *,
    name: str,
    url: str = "",
    service: str = "",
    sender: Party | None = None,
    secrets: Mapping[str, str] | None = None,
) -> CourierAccount:
    """Other data of the account; secrets that are left empty stay. Raises as add_courier."""
    account = _locked(actor, uid)
    sent_by = sender or Party.of(account.sender)
    return _set(actor, account, name=name, url=url, service=service, sender=sent_by, secrets=secrets or {})


@command
def turn_hook(actor: Actor, uid: UUID) -> CourierAccount:
    """A new secret and a new address for what the courier reports; the old ones count no more."""
    account = _locked(actor, uid)
    account.hook_turn += 1
    account.save(update_fields=["hook_turn"])
    _tell(actor, account, ("hook_turn",))
    return account


@command
def archive_courier(actor: Actor, uid: UUID) -> CourierAccount:
    """Nothing is sent by it any more. Twice is as good as once. Raises CourierBusy while something is on its way."""
    account = _locked(actor, uid)
    if account.archived_at is None:
        if Shipment.objects.filter(account=account, state__in=STANDING).exists():
            raise CourierBusy
        account.archived_at = actor.now()
        account.save(update_fields=["archived_at"])
        _tell(actor, account, ("archived_at",))
    return account


def access_of(account: CourierAccount) -> Access:
    """How the account's driver reaches its courier."""
    return Access(account.url, kept_secrets(account), hook_url(account))


def kept_secrets(account: CourierAccount) -> dict[str, str]:
    """The secrets by name; none when they cannot be read with this installation's secret."""
    text = open_up(bytes(account.secrets), PURPOSE) if account.secrets else ""
    return dict(json.loads(text)) if text else {}


def _locked(actor: Actor, uid: UUID) -> CourierAccount:
    return accounts_to_set(actor).select_for_update(of=("self",)).select_related("centre").get(uid=uid)


def _set(
    actor: Actor,
    account: CourierAccount,
    *,
    name: str,
    url: str,
    service: str,
    sender: Party,
    secrets: Mapping[str, str],
) -> CourierAccount:
    if not clean(name):
        raise CourierNameMissing
    same = CourierAccount.objects.filter(centre=account.centre, name=clean(name), archived_at=None)
    if same.exclude(pk=account.pk).exists():
        raise CourierNameTaken
    account.name, account.url, account.service = clean(name)[:120], clean(url)[:200], clean(service)[:60]
    account.sender = {field: clean(value)[:200] for field, value in sender.kept().items()}
    _check_address(account)
    held = kept_secrets(account) | {key: clean(value)[:500] for key, value in secrets.items() if clean(value)}
    _check_secrets(account, held)
    account.secrets = lock_up(json.dumps(held), PURPOSE) if held else b""
    account.save()
    _tell(actor, account, ("name", "url", "service", "sender", *(["secrets"] if any(secrets.values()) else [])))
    return account


def _check_address(account: CourierAccount) -> None:
    if not account.url:
        if NEEDS[DriverCode(account.driver)].needs_url:
            raise CourierAddressUnclear
        return
    try:
        parts = urlsplit(account.url)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise CourierAddressUnclear from error
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in HERE)
    if not safe or not host or parts.username or parts.query or parts.fragment:
        raise CourierAddressUnclear


def _check_secrets(account: CourierAccount, held: Mapping[str, Any]) -> None:
    needs = NEEDS[DriverCode(account.driver)]
    if unknown := next((name for name in held if name not in needs.secrets), ""):
        raise SecretUnknown(secret=unknown)
    if missing := next((name for name in needs.required if not held.get(name)), ""):
        raise SecretMissing(secret=missing)


def _tell(actor: Actor, account: CourierAccount, columns: tuple[str, ...]) -> None:
    record(actor, account, CourierAccountSet(courier_account_id=account.pk, columns=columns))
