"""Doors without a password: secret links, one-time sign-in, invitations."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import translation
from django.utils.translation import gettext

from remonta.identity.commands.people import governed
from remonta.identity.commands.refusals import LinkGone
from remonta.identity.facts import LinkRevoked, PasswordSet, PersonInvited, SignInLinkMade
from remonta.identity.models import Account, SecretLink
from remonta.identity.queries import people_for, valid_link
from remonta.kernel.actor import Actor
from remonta.kernel.ids import fingerprint, new_token
from remonta.kernel.texts import clean
from remonta.spine.commands import command, once, record, send

SIGN_IN, INVITE = "sign_in", "invite"
SIGN_IN_LASTS, INVITE_LASTS = timedelta(minutes=15), timedelta(days=7)


@command
def make_link(
    actor: Actor, purpose: str, subject: str, subject_id: int, expires: datetime, *, language: str = "en"
) -> tuple[SecretLink, str]:
    """A new secret link and its token, which is kept nowhere. The caller has checked that the actor may make it."""
    token = new_token()
    link = SecretLink.objects.create(
        fingerprint=fingerprint(token),
        purpose=purpose,
        subject=subject,
        subject_id=subject_id,
        language=language,
        created_at=actor.now(),
        created_by=actor.label,
        expires_at=expires,
    )
    return link, token


@command
def revoke_link(actor: Actor, link_id: int) -> SecretLink:
    """The link opens nothing any more. The caller has checked that the actor may close that door."""
    link = SecretLink.objects.select_for_update().get(pk=link_id)
    if link.revoked_at is None:
        link.revoked_at = actor.now()
        link.save(update_fields=["revoked_at"])
        record(actor, link, LinkRevoked(purpose=link.purpose))
    return link


@command
def revoke_links(actor: Actor, purpose: str, subject: str, subject_id: int) -> int:
    """Closes all doors of that purpose to the subject; how many there were. The caller has checked the right."""
    now = actor.now()
    open_ones = SecretLink.objects.filter(purpose=purpose, subject=subject, subject_id=subject_id, revoked_at=None)
    return open_ones.filter(expires_at__gt=now).update(revoked_at=now)


@command
def close_links(actor: Actor, subject: str, subject_ids: Collection[int]) -> int:
    """Closes all doors to those subjects, whatever for; how many there were. The caller has checked the right."""
    now = actor.now()
    open_ones = SecretLink.objects.filter(subject=subject, subject_id__in=subject_ids, revoked_at=None)
    return open_ones.filter(expires_at__gt=now).update(revoked_at=now)


@command
def make_sign_in_link(actor: Actor, uid: UUID, *, lasts: timedelta = SIGN_IN_LASTS) -> tuple[SecretLink, str]:
    """A link by which a person, all of whose rights the actor has, signs in once. Raises BeyondOwnRights."""
    account = governed(actor, uid)
    link, token = make_link(actor, SIGN_IN, "identity.account", account.pk, actor.now() + lasts)
    record(actor, account, SignInLinkMade(link_id=link.pk))
    return link, token


@once(people_for)
def invite_person(actor: Actor, uid: UUID, *, operation: UUID) -> Account:
    """Writes the person a letter with a link by which they choose a password; older such links close."""
    account = governed(actor, uid)
    link = _letter(actor, account)
    record(actor, account, PersonInvited(link_id=link.pk))
    return account


@command
def ask_for_password(actor: Actor, email: str) -> None:
    """A letter with a link for a new password, if somebody active has that address. Tells nobody whether."""
    account = Account.objects.select_for_update().filter(email=clean(email).lower(), is_active=True).first()
    if account is not None:
        _letter(actor, account)


@command
def use_sign_in_link(actor: Actor, token: str) -> Account:
    """The active account that this link signs in; the link is used up by it. Raises LinkGone."""
    return _used_up(actor, token, SIGN_IN)


@command
def set_password_by_invitation(actor: Actor, token: str, *, password: str) -> Account:
    """Sets the first password, uses the invitation up and ends older sessions. Raises LinkGone."""
    account = _used_up(actor, token, INVITE)
    account.password, account.session_epoch = make_password(password), account.session_epoch + 1
    account.save(update_fields=["password", "session_epoch"])
    record(actor, account, PasswordSet())
    return account


def _letter(actor: Actor, account: Account) -> SecretLink:
    revoke_links(actor, INVITE, "identity.account", account.pk)
    made: tuple[SecretLink, str] = make_link(actor, INVITE, "identity.account", account.pk, actor.now() + INVITE_LASTS)
    link, token = made
    address = f"{settings.BASE_URL}/welcome/{token}/"
    with translation.override(account.language):
        title = gettext("Your access to Remonta")
        body = gettext("Hello %(name)s,\n\nchoose your password here within 7 days:\n%(address)s\n")
    send(
        actor,
        channel="email",
        recipient=account.email,
        title=title,
        body=body % {"name": account.name, "address": address},
        purpose="identity.invitation",
        subject=account,
    )
    return link


def _used_up(actor: Actor, token: str, purpose: str) -> Account:
    now = actor.now()
    link = valid_link(token, now).select_for_update().filter(purpose=purpose, used_at=None).first()
    if link is None:
        raise LinkGone
    account = Account.objects.select_for_update().filter(pk=link.subject_id, is_active=True).first()
    if account is None:
        raise LinkGone
    link.used_at = now
    link.save(update_fields=["used_at"])
    return account
