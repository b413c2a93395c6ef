"""Lines of the timeline in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.utils.translation import gettext as _

from remonta.kernel.money import Money
from remonta.spine.facts import fact_of
from remonta.spine.queries import Line
from remonta.web.templatetags.formats import moment, money

QUIET = {
    "dispatch.done",
    "documents.document_issued",
    "orders.hold_lifted",
    "orders.hold_placed",
    "orders.passcode_seen",
    "orders.request_accepted",
    "orders.unit_handed_over",
    "orders.unit_ready",
    "orders.unit_taken_in",
    "orders.work_given",
    "orders.work_order_opened",
}
"""What another line, a panel or the bar of stages says already."""
SIGNS = {
    "orders": "clipboard",
    "quotes": "file-invoice",
    "billing": "coin",
    "stock": "map-pin",
    "supply": "package",
    "quality": "checklist",
    "dispatch": "user",
    "calls": "phone",
    "documents": "printer",
}
TONES = {
    "counter.handed_over": "good",
    "orders.work_stopped": "warn",
    "quotes.approved": "good",
    "quotes.declined": "warn",
}


class Written(Protocol):
    """A note whose words stand beside the line."""

    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class Told:
    """One line as `{% timeline %}` draws it; `took` is how long the stage before lasted."""

    at: datetime
    who: str
    text: str
    icon: str
    tone: str
    detail: str = ""
    took: timedelta | None = None


def told(lines: tuple[Line, ...], names: Mapping[int, str], notes: Mapping[int, Written]) -> list[Told]:
    """Who did what, newest first. No statement."""
    return [_told(line, names, notes) for line in lines if line.name not in QUIET]


def sentence(line: Line) -> str:
    """What happened, in the reader's language."""
    fact = fact_of(line.name, line.version, line.data)
    if not fact.says:
        return line.name
    said = _(fact.says) % {name: _in_words(value) for name, value in fact.words().items()}
    return said[:1].upper() + said[1:]


def _told(line: Line, names: Mapping[int, str], notes: Mapping[int, Written]) -> Told:
    note = notes.get(line.data.get("note_id", 0))
    minutes = line.data.get("minutes") if line.to_state != line.from_state else None
    return Told(
        at=line.occurred_at,
        who=_who(line, names),
        text=sentence(line),
        icon=SIGNS.get(line.name.partition(".")[0], "circle-dot"),
        tone=TONES.get(line.name, "quiet"),
        detail=note.text if note else "",
        took=timedelta(minutes=minutes) if minutes else None,
    )


def _who(line: Line, names: Mapping[int, str]) -> str:
    if line.account_id:
        return names.get(line.account_id, "")
    return _("Customer") if line.actor.startswith("link:") else _("Remonta")


def _in_words(value: Any) -> str:
    if isinstance(value, Money):
        return money(value)
    if isinstance(value, datetime):
        return str(moment(value))
    if isinstance(value, (list, tuple)):
        return ", ".join(_in_words(one) for one in value)
    return str(value)
