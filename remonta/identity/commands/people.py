"""Writes on people: who they are, whether they may sign in, which roles they hold."""

from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from remonta.identity.commands.refusals import BeyondOwnRights, EmailTaken, LastAdministrator, NotOneself
from remonta.identity.facts import AccountCreated, PersonChanged, PersonDisabled, PersonEnabled, RoleGiven, RoleTaken
from remonta.identity.models import Account, Centre, Staff
from remonta.identity.queries import colleagues_for, governs, may_give, people_for
from remonta.identity.roles import Role
from remonta.identity.search import index_person
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Missing, NotPermitted
from remonta.kernel.texts import clean, sort_key
from remonta.spine.commands import command, record, record_first

PREFERENCES = {"scan_prefix", "columns", "views", "first_steps"}


@command
def create_account(
    actor: Actor,
    *,
    email: str,
    name: str,
    phone: str = "",
    language: str = "en",
    role: str,
    centre_uid: UUID | None = None,
) -> Account:
    """Somebody new with a first role, who cannot sign in before being invited. Raises EmailTaken, BeyondOwnRights."""
    centre = _centre(centre_uid)
    if not may_give(actor, role, centre.pk if centre else None, centre.kind if centre else ""):
        raise BeyondOwnRights
    address = clean(email).lower()
    fields = {"name": clean(name), "sort_name": sort_key(name), "phone": phone, "language": language}
    try:
        with transaction.atomic():
            account = Account.objects.create(email=address, password=make_password(None), **fields)
    except IntegrityError as error:
        raise EmailTaken from error
    record_first(actor, account, AccountCreated(account_id_of=account.pk))
    _give(actor, account, role, centre)
    return account


@command
def change_person(actor: Actor, uid: UUID, **changes: Any) -> Account:
    """Changes name, address, phone, language or zone of somebody whose every right the actor has. Raises EmailTaken."""
    account = governed(actor, uid)
    return _change(actor, account, changes)


@command
def change_own_account(actor: Actor, **changes: Any) -> Account:
    """Changes one's own `name`, `phone`, `language`, `theme`, `timezone`; the address is for who manages people."""
    account = _own(actor)
    return _change(actor, account, {name: value for name, value in changes.items() if name != "email"})


@command
def change_preferences(actor: Actor, **chosen: Any) -> Account:
    """One's own `theme` and `language`, and preferences such as columns. Nothing for the timeline."""
    account = _own(actor)
    for name in ("theme", "language"):
        setattr(account, name, chosen.get(name, getattr(account, name)))
    account.preferences |= {name: value for name, value in chosen.items() if name in PREFERENCES}
    account.save(update_fields=["theme", "language", "preferences"])
    return account


@command
def disable_person(actor: Actor, uid: UUID) -> Account:
    """Ends all sessions of the person and keeps them out. Raises NotOneself, LastAdministrator."""
    account = governed(actor, uid)
    if account.pk == actor.account_id:
        raise NotOneself
    if not account.is_active:
        return account
    _keep_an_administrator(without=account)
    account.is_active, account.session_epoch = False, account.session_epoch + 1
    account.save(update_fields=["is_active", "session_epoch"])
    account.tokens.filter(revoked_at=None).update(revoked_at=actor.now())
    record(actor, account, PersonDisabled())
    index_person(account)
    return account


@command
def enable_person(actor: Actor, uid: UUID) -> Account:
    """Lets the person sign in again; sessions and tokens from before stay ended."""
    account = governed(actor, uid)
    if not account.is_active:
        account.is_active = True
        account.save(update_fields=["is_active"])
        record(actor, account, PersonEnabled())
        index_person(account)
    return account


@command
def give_role(actor: Actor, uid: UUID, *, role: str, centre_uid: UUID | None = None) -> Account:
    """One more role, in a centre or in the whole network. Nobody gives rights they do not hold: BeyondOwnRights."""
    account = _seen(actor, uid)
    centre = _centre(centre_uid)
    if not may_give(actor, role, centre.pk if centre else None, centre.kind if centre else ""):
        raise BeyondOwnRights
    _give(actor, account, role, centre)
    return account


@command
def take_role(actor: Actor, uid: UUID, *, role: str, centre_uid: UUID | None = None) -> Account:
    """Takes a role away. Raises LastAdministrator, BeyondOwnRights."""
    account = _seen(actor, uid)
    centre = _centre(centre_uid)
    if not may_give(actor, role, centre.pk if centre else None, centre.kind if centre else ""):
        raise BeyondOwnRights
    if role == Role.ADMINISTRATOR and centre is None:
        _keep_an_administrator(without=account)
    gone, _rows = Staff.objects.filter(account=account, centre=centre, role=role).delete()
    if gone:
        record(actor, account, RoleTaken(role=role, at_centre_id=centre.pk if centre else None))
        index_person(account)
    return account


def _give(actor: Actor, account: Account, role: str, centre: Centre | None) -> None:
    _post, new = Staff.objects.get_or_create(account=account, centre=centre, role=Role(role))
    if new:
        record(actor, account, RoleGiven(role=role, at_centre_id=centre.pk if centre else None))
        index_person(account)


def _change(actor: Actor, account: Account, changes: dict[str, Any]) -> Account:
    changed = tuple(sorted(name for name, value in changes.items() if getattr(account, name) != value))
    for name in changed:
        setattr(account, name, changes[name])
    if "email" in changed:
        account.email = clean(account.email).lower()
        account.session_epoch += 1
        if Account.objects.filter(email=account.email).exclude(pk=account.pk).exists():
            raise EmailTaken
    if changed:
        account.sort_name = sort_key(account.name)
        account.save()
        record(actor, account, PersonChanged(columns=changed))
        index_person(account)
    return account


def _own(actor: Actor) -> Account:
    return Account.objects.select_for_update().get(pk=actor.account_id or 0)


def governed(actor: Actor, uid: UUID) -> Account:
    """The locked row of a person all of whose rights the actor has as well."""
    account = people_for(actor).select_for_update().filter(uid=uid).first()
    if account is None:
        raise NotPermitted if colleagues_for(actor).filter(uid=uid).exists() else Missing
    if not governs(actor, account.pk):
        raise BeyondOwnRights
    return account


def _seen(actor: Actor, uid: UUID) -> Account:
    """Roles can be given to anybody one manages, and to colleagues of other centres."""
    account = (people_for(actor) | colleagues_for(actor)).select_for_update().filter(uid=uid).first()
    if account is None:
        raise Missing
    return account


def _centre(uid: UUID | None) -> Centre | None:
    return Centre.objects.get(uid=uid) if uid else None


def _keep_an_administrator(without: Account) -> None:
    posts = Staff.objects.select_for_update().filter(role=Role.ADMINISTRATOR, centre=None, account__is_active=True)
    held = {post.account_id for post in posts}
    if held == {without.pk}:
        raise LastAdministrator
