"""What has happened to people, centres, links and settings."""

from dataclasses import dataclass

from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AccountCreated(Fact):
    """Somebody can be given work and, once invited, sign in."""

    name = "identity.account_created"
    account_id_of: int


@dataclass(frozen=True, kw_only=True)
class PersonInvited(Fact):
    """A letter with a link for setting a password was put into the outbox."""

    name = "identity.person_invited"
    link_id: int


@dataclass(frozen=True, kw_only=True)
class PersonChanged(Fact):
    """Name, address, phone or language were changed; `columns` says which, never what."""

    name = "identity.person_changed"
    columns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PasswordSet(Fact):
    """The person chose a password by an invitation."""

    name = "identity.password_set"


@dataclass(frozen=True, kw_only=True)
class PersonDisabled(Fact):
    """All sessions of the person ended at once; nobody can sign in as them."""

    name = "identity.person_disabled"


@dataclass(frozen=True, kw_only=True)
class PersonEnabled(Fact):
    """The person may sign in again."""

    name = "identity.person_enabled"


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Fact):
    """A role, in a centre or (None) in the whole network."""

    name = "identity.role_given"
    role: str
    at_centre_id: int | None


@dataclass(frozen=True, kw_only=True)
class RoleTaken(Fact):
    """A role was taken away."""

    name = "identity.role_taken"
    role: str
    at_centre_id: int | None


@dataclass(frozen=True, kw_only=True)
class SignInLinkMade(Fact):
    """A one-time link was made by which the person signs in without a password."""

    name = "identity.sign_in_link_made"
    link_id: int


@dataclass(frozen=True, kw_only=True)
class LinkRevoked(Fact):
    """A secret link opens nothing any more."""

    name = "identity.link_revoked"
    purpose: str


@dataclass(frozen=True, kw_only=True)
class TokenMade(Fact):
    """A key for programs was made, with the scopes it has."""

    name = "identity.token_made"
    scopes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Fact):
    """A key for programs opens nothing any more."""

    name = "identity.token_revoked"


@dataclass(frozen=True, kw_only=True)
class PlaceCreated(Fact):
    """A legal entity, region, centre, group or calendar came to be."""

    name = "identity.place_created"


@dataclass(frozen=True, kw_only=True)
class PlaceChanged(Fact):
    """A legal entity, region, centre, group or calendar was changed; `columns` says which."""

    name = "identity.place_changed"
    columns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MemberAdded(Fact):
    """Somebody joined a group."""

    name = "identity.member_added"
    member_id: int


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(Fact):
    """Somebody left a group."""

    name = "identity.member_removed"
    member_id: int


@dataclass(frozen=True, kw_only=True)
class SettingChanged(Fact):
    """One layer of a setting was set, or (`cleared`) inherits again."""

    name = "identity.setting_changed"
    key: str
    region_id: int | None
    at_centre_id: int | None
    cleared: bool = False
