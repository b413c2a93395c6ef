"""People: colleagues, those one may manage, engineers, names."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from remonta.identity.models import Account, ApiToken, Centre, Group, Staff
from remonta.identity.queries.actors import in_reach, rights_of
from remonta.identity.roles import Role
from remonta.kernel.actor import EVERYWHERE, Actor
from remonta.spine.queries import search_kind


@dataclass(frozen=True)
class Post:
    """One role of a person as pages show it; no centre is the whole network."""

    id: int
    role: str
    role_label: str
    centre_id: int | None
    centre_uid: UUID | None
    centre_name: str


def colleagues_for(actor: Actor) -> QuerySet[Account]:
    """The active people of the centres the actor may see colleagues in, and of the network."""
    posts = Staff.objects.filter(in_reach(actor, "identity.see_staff") | Q(centre=None)).values("account_id")
    return Account.objects.filter(pk__in=posts, is_active=True) if actor.is_somebody else Account.objects.none()


def people_for(actor: Actor) -> QuerySet[Account]:
    """The people the actor manages, disabled ones too: those with a post where the actor manages staff."""
    if EVERYWHERE in actor.places_of("identity.manage_staff"):
        return Account.objects.all()
    posts = Staff.objects.filter(in_reach(actor, "identity.manage_staff"))
    return Account.objects.filter(pk__in=posts.values("account_id"))


def staffed_centres(actor: Actor) -> QuerySet[Centre]:
    """The open centres in which the actor manages people."""
    return Centre.objects.filter(in_reach(actor, "identity.manage_staff", "pk"), archived_at=None)


def posts_of(actor: Actor, account_id: int) -> tuple[Post, ...]:
    """The roles of a person in the centres whose people the actor may see, and in the network. One statement."""
    seen = Staff.objects.filter(in_reach(actor, "identity.see_staff") | Q(centre=None), account_id=account_id)
    rows = seen.order_by("centre__name", "role").values_list("pk", "role", "centre_id", "centre__uid", "centre__name")
    return tuple(Post(pk, role, str(Role(role).label), centre, uid, name or "") for pk, role, centre, uid, name in rows)


def governs(actor: Actor, account_id: int) -> bool:
    """Whether the actor may change the person's name, address and access: everything the person may do, the actor may
    as well, and manages staff wherever the person works. One statement."""
    posts = Staff.objects.filter(account_id=account_id).values_list("role", "centre_id", "centre__kind")
    held = [may_give(actor, role, centre_id, kind or "") for role, centre_id, kind in posts]
    return all(held) if held else actor.may_at("identity.manage_staff", None)


def may_give(actor: Actor, role: str, centre_id: int | None, kind: str) -> bool:
    """Nobody gives rights that they do not hold themselves. No statement."""
    rights = rights_of(role, centre_id or EVERYWHERE, kind != "partner")
    return actor.may_at("identity.manage_staff", centre_id) and all(
        actor.may_at(right, place or None) for place, right in rights
    )


def roles_by_account(actor: Actor, account_ids: list[int]) -> dict[int, str]:
    """The roles in words of several people, where the actor manages people. One statement."""
    seen = Staff.objects.filter(in_reach(actor, "identity.manage_staff"), account_id__in=account_ids)
    told: dict[int, list[str]] = {}
    for account_id, role, centre in seen.order_by("role").values_list("account_id", "role", "centre__name"):
        told.setdefault(account_id, []).append(f"{Role(role).label} ({centre})" if centre else str(Role(role).label))
    return {account_id: ", ".join(roles) for account_id, roles in told.items()}


def engineers_of(centre_id: int) -> QuerySet[Account]:
    """Everybody who repairs in that centre."""
    posts = Staff.objects.filter(centre_id=centre_id, role__in=[Role.ENGINEER, Role.PARTNER_STAFF]).values("account_id")
    return Account.objects.filter(pk__in=posts, is_active=True)


def first_with_role(centre_id: int, role: Role) -> int | None:
    """Who has held the role in the centre longest: responsible when nobody was named. One statement."""
    posts = Staff.objects.filter(centre_id=centre_id, role=role, account__is_active=True)
    return posts.order_by("pk").values_list("account_id", flat=True).first()


def groups_for(actor: Actor) -> QuerySet[Group]:
    """The groups of the centres the actor works in."""
    return Group.objects.filter(in_reach(actor, "desk.enter"))


def names_of(account_ids: set[int]) -> dict[int, str]:
    """Names of people by account, for showing who did what. One statement, none without ids."""
    if not account_ids:
        return {}
    return dict(Account.objects.filter(pk__in=account_ids).values_list("pk", "name"))


def roles_of(actor: Actor) -> str:
    """The actor's own roles in words, for the head of the page. No statement."""
    return ", ".join(str(Role(role).label) for role in actor.roles)


def tokens_for(actor: Actor) -> QuerySet[ApiToken]:
    """The actor's own API tokens."""
    return ApiToken.objects.filter(account_id=actor.account_id) if actor.account_id else ApiToken.objects.none()


def staff_at(centre: Centre) -> QuerySet[Account]:
    """The active people with a post in that centre."""
    return Account.objects.filter(pk__in=Staff.objects.filter(centre=centre).values("account_id"), is_active=True)


search_kind("person", "identity.manage_staff")
