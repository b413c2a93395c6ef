"""Keys for programs."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from remonta.identity.commands.refusals import WrongScope
from remonta.identity.facts import TokenMade, TokenRevoked
from remonta.identity.models import ApiToken
from remonta.identity.queries import all_permissions, in_scope, tokens_for
from remonta.kernel.actor import Actor
from remonta.kernel.ids import fingerprint, new_token
from remonta.kernel.refusals import NotPermitted
from remonta.kernel.texts import clean
from remonta.spine.commands import command, record, record_first


@command
def make_token(
    actor: Actor, *, name: str, scopes: Sequence[str], expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A key for oneself, and its secret, kept nowhere. Each scope covers a right one has. Raises WrongScope."""
    if actor.account_id is None or not actor.may_somewhere("identity.tokens"):
        raise NotPermitted
    held = [right.name for right in all_permissions() if actor.may_somewhere(right.name)]
    if not scopes or not all(any(in_scope(right, [scope]) for right in held) for scope in scopes):
        raise WrongScope
    secret = new_token()
    token = ApiToken.objects.create(
        account_id=actor.account_id,
        name=clean(name),
        fingerprint=fingerprint(secret),
        scopes=sorted(set(scopes)),
        created_at=actor.now(),
        expires_at=expires_at,
    )
    record_first(actor, token, TokenMade(scopes=tuple(token.scopes)))
    return token, secret


@command
def revoke_token(actor: Actor, uid: UUID) -> ApiToken:
    """One's own key opens nothing any more."""
    token = tokens_for(actor).select_for_update().get(uid=uid)
    if token.revoked_at is None:
        token.revoked_at = actor.now()
        token.save(update_fields=["revoked_at"])
        record(actor, token, TokenRevoked())
    return token
