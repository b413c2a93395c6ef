"""What every command is made of, and the writes of the ground floor."""

from remonta.spine.background import GiveUp, Kind, Progress, Task, handles, scheduled
from remonta.spine.commands.effects import OperationExpired, OperationTaken, command, once
from remonta.spine.commands.jobs import enqueue, retry_job, stop_job
from remonta.spine.commands.numbers import take_number
from remonta.spine.commands.search import forget_entry, index_entry
from remonta.spine.commands.timeline import record, record_first

__all__ = [
    "GiveUp",
    "Kind",
    "OperationExpired",
    "OperationTaken",
    "Progress",
    "Task",
    "command",
    "enqueue",
    "forget_entry",
    "handles",
    "index_entry",
    "once",
    "record",
    "record_first",
    "retry_job",
    "scheduled",
    "stop_job",
    "take_number",
]
