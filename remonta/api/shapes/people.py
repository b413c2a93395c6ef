"""People, centres and what belongs to the network."""

from datetime import date
from uuid import UUID

from remonta.api.fields import Shape


class Centre(Shape):
    """A centre the key’s person works in."""

    uid: UUID
    code: str
    name: str
    kind: str
    timezone: str
    language: str
    currency: str
    country: str


class Me(Shape):
    """The key’s person, and what the key may do: rights by name with the centres, or everywhere."""

    uid: UUID
    name: str
    email: str
    phone: str
    language: str
    theme: str
    timezone: str
    centres: list[Centre]
    rights: dict[str, list[UUID] | None]


class Colleague(Shape):
    """Somebody of the same centres."""

    uid: UUID
    name: str


class RoleShape(Shape):
    """A role in a centre, or in the whole network."""

    role: str
    role_label: str
    centre_uid: UUID | None
    centre_name: str


class PersonRow(Shape):
    """Somebody whose account can be managed."""

    uid: UUID
    name: str
    email: str
    phone: str
    language: str
    is_active: bool


class PersonOut(PersonRow):
    """Somebody with roles; `governed`: everything they may do, the key may as well, so it may change them."""

    roles: list[RoleShape]
    governed: bool


class CentreOut(Shape):
    """A centre with its place in the network."""

    uid: UUID
    code: str
    name: str
    kind: str
    legal_entity_uid: UUID
    region_uid: UUID | None
    calendar_id: int | None
    timezone: str
    language: str
    address: str
    city: str
    country: str
    phone: str
    email: str
    latitude: float | None
    longitude: float | None


class GroupOut(Shape):
    """A team of a centre."""

    uid: UUID
    name: str
    centre_uid: UUID
    lead_uid: UUID | None
    members: list[Colleague]


class Entity(Shape):
    """Who signs invoices."""

    uid: UUID
    name: str
    country: str
    currency: str
    tax_id: str
    address: str
    bank_account: str
    tax_rates: dict[str, str]
    rounding: str
    rounds_lines: bool
    cash_step: int


class Region(Shape):
    """A part of the network."""

    uid: UUID
    name: str


class DayShape(Shape):
    """A date with hours of its own; none is a day off."""

    day: date
    hours: list[list[str]]


class CalendarOut(Shape):
    """Hours of the week (Monday is 0), and single dates."""

    id: int
    name: str
    country: str
    subdivision: str
    week: dict[str, list[list[str]]]
    days: list[DayShape]


class SettingShape(Shape):
    """A setting: what counts, and whether this very layer says it."""

    key: str
    label: str
    hint: str
    value: bool | int | str
    own: bool
    default: bool | int | str
