"""What every command is made of, and the writes of the ground floor."""

from remonta.spine.background import GiveUp, Kind, Progress, Task, handles, scheduled
from remonta.spine.commands.effects import OperationExpired, OperationTaken, command, once
from remonta.spine.commands.files import attach, store, withdraw_attachment
from remonta.spine.commands.jobs import enqueue, retry_job, stop_job
from remonta.spine.commands.numbers import take_number
from remonta.spine.commands.outbox import cancel_message, resend_message, send, settle_message
from remonta.spine.commands.search import Findable, forget_entry, index_entries, index_entry, move_entry
from remonta.spine.commands.timeline import record, record_first
from remonta.spine.files import FileEmpty, FileTooLarge, KeptFile, keep
from remonta.spine.gateways import Enclosure
from remonta.spine.papers import draws
from remonta.spine.pictures import PictureBroken, PictureTooLarge

__all__ = [
    "Enclosure",
    "FileEmpty",
    "FileTooLarge",
    "Findable",
    "GiveUp",
    "KeptFile",
    "Kind",
    "OperationExpired",
    "OperationTaken",
    "PictureBroken",
    "PictureTooLarge",
    "Progress",
    "Task",
    "attach",
    "cancel_message",
    "command",
    "draws",
    "enqueue",
    "forget_entry",
    "handles",
    "index_entries",
    "index_entry",
    "keep",
    "move_entry",
    "once",
    "record",
    "record_first",
    "resend_message",
    "retry_job",
    "scheduled",
    "send",
    "settle_message",
    "stop_job",
    "store",
    "take_number",
    "withdraw_attachment",
]
