"""Reading the ground floor."""

from remonta.spine.erasures import Erasure, noted_erasures
from remonta.spine.files import file_scope, read_stored, visible_ids
from remonta.spine.gateways import webhook_key
from remonta.spine.gathered import remember, remembered
from remonta.spine.models import Attachment
from remonta.spine.queries.files import Opened, attachments_for, open_attachment
from remonta.spine.queries.jobs import jobs_for
from remonta.spine.queries.outbox import messages_for, messages_in_trouble
from remonta.spine.queries.search import Hit, find, search_kind
from remonta.spine.queries.timeline import (
    START,
    Line,
    LiveEvent,
    Position,
    events_after,
    last_touched,
    minutes_by_state,
    newest_position,
    spoken_of_since,
    threads_spoken_of,
    timeline,
)
from remonta.spine.scan import Found, recognise, recognises
from remonta.spine.verify import Flaw, changes_quietly, proves, verify
from remonta.spine.written import in_currency, money_written

__all__ = [
    "START",
    "Attachment",
    "Erasure",
    "Flaw",
    "Found",
    "Hit",
    "Line",
    "LiveEvent",
    "Opened",
    "Position",
    "attachments_for",
    "changes_quietly",
    "events_after",
    "file_scope",
    "find",
    "in_currency",
    "jobs_for",
    "last_touched",
    "messages_for",
    "messages_in_trouble",
    "minutes_by_state",
    "money_written",
    "newest_position",
    "noted_erasures",
    "open_attachment",
    "proves",
    "read_stored",
    "recognise",
    "recognises",
    "remember",
    "remembered",
    "search_kind",
    "spoken_of_since",
    "threads_spoken_of",
    "timeline",
    "verify",
    "visible_ids",
    "webhook_key",
]
