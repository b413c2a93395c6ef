"""The ground every room stands on: the timeline, operations, jobs, the outbox, numbers, files and search."""

from remonta.spine.models.files import Attachment, StoredFile
from remonta.spine.models.jobs import Job, JobState, Schedule
from remonta.spine.models.numbers import NumberSeries
from remonta.spine.models.operations import Operation
from remonta.spine.models.outbox import Message, MessageState
from remonta.spine.models.search import SearchEntry, SearchPhone, SearchWord
from remonta.spine.models.timeline import Event

__all__ = [
    "Attachment",
    "Event",
    "Job",
    "JobState",
    "Message",
    "MessageState",
    "NumberSeries",
    "Operation",
    "Schedule",
    "SearchEntry",
    "SearchPhone",
    "SearchWord",
    "StoredFile",
]
