"""How every entry of the catalogue is added, changed and archived: one way for all kinds."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from remonta.catalogue.facts import EntryAdded, EntryArchived, EntryChanged, EntryRestored
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.kernel.texts import clean, normal
from remonta.spine.commands import record, record_first

M = TypeVar("M", bound=Model)
Texts = Mapping[str, str]


class AlreadyThere(Refused):
    text = _("“%(name)s” is in the catalogue already. Change that one, or choose another name.")
    field = "name"


class TextMissing(Refused):
    text = _("Write a name in at least one language.")
    field = "name"


def permit(actor: Actor, permission: str = "catalogue.write") -> None:
    """The catalogue is the network's own: who changes it holds the right in the whole network. Raises NotPermitted."""
    if not actor.may_at(permission, None):
        raise NotPermitted


def lock(rows: QuerySet[M], uid: UUID) -> M:
    """One entry, locked. Raises DoesNotExist."""
    return rows.select_related(None).select_for_update(of=("self",)).get(uid=uid)


def added(actor: Actor, row: M) -> M:
    """Says that the entry is new."""
    record_first(actor, row, EntryAdded(kind=kind_of(row), entry_id=row.pk))
    return row


def changed(actor: Actor, row: M, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Writes what differs, and says which fields."""
    fields = tuple(field for field, value in values.items() if getattr(row, field) != value)
    for field in fields:
        setattr(row, field, values[field])
    if fields:
        row.save(update_fields=fields)
        record(actor, row, EntryChanged(kind=kind_of(row), entry_id=row.pk, fields=fields))
    return fields


def archived(actor: Actor, row: Any, *, restore: bool) -> None:
    """Takes the entry out of what is offered, or back; doing it twice is doing it once."""
    if restore == (row.archived_at is None):
        return
    row.archived_at = None if restore else actor.now()
    row.save(update_fields=["archived_at"])
    fact = EntryRestored if restore else EntryArchived
    record(actor, row, fact(kind=kind_of(row), entry_id=row.pk))


def kind_of(row: Model) -> str:
    """The entry's kind as facts name it."""
    return str(row._meta.model_name)


def texts(given: Texts) -> dict[str, str]:
    """Texts by language without empty ones. Raises TextMissing when nothing is left."""
    kept = {language: clean(text) for language, text in given.items() if clean(text)}
    if not kept:
        raise TextMissing
    return kept


def words_of(*parts: str) -> str:
    """The normal text an entry is found by; a number also without its dashes."""
    plain = [normal(part) for part in parts if part]
    closed = [word.replace("-", "").replace("/", "").replace(".", "") for text in plain for word in text.split()]
    return " ".join(dict.fromkeys([*" ".join(plain).split(), *closed]))
