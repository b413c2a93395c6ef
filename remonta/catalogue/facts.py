"""What the catalogue tells the rooms above."""

from dataclasses import dataclass

from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class EntryFact(Fact):
    """Everything said about an entry names its kind (product, part, service, …) and its id."""

    kind: str
    entry_id: int


class EntryAdded(EntryFact):
    """The catalogue has something new."""

    name = "catalogue.added"


@dataclass(frozen=True, kw_only=True)
class EntryChanged(EntryFact):
    """Names of the fields that changed."""

    name = "catalogue.changed"
    fields: tuple[str, ...] = ()


class EntryArchived(EntryFact):
    """No longer offered; what was done with it stays."""

    name = "catalogue.archived"


class EntryRestored(EntryFact):
    """Offered again."""

    name = "catalogue.restored"


@dataclass(frozen=True, kw_only=True)
class PriceSet(EntryFact):
    """From that day (ISO 8601) it costs that much, in major units as text."""

    name = "catalogue.price_set"
    legal_entity_id: int
    amount: str
    since: str


class EntryWithdrawn(EntryFact):
    """A draft was thrown away, or what an import had brought was taken out again."""

    name = "catalogue.withdrawn"
