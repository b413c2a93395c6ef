"""What every command is made of, and the writes of the ground floor."""

from remonta.spine.background import GiveUp, Kind, Progress, Task, handles, scheduled
from remonta.spine.commands.effects import OperationExpired, OperationTaken, command, once
from remonta.spine.commands.erasing import erase_files, erase_messages
from remonta.spine.commands.files import attach, store, withdraw_attachment
from remonta.spine.commands.jobs import enqueue, retry_job, stop_job
from remonta.spine.commands.numbers import start_series, take_number
from remonta.spine.commands.outbox import cancel_message, resend_message, send, settle_message
from remonta.spine.commands.search import (
    Findable,
    forget_entry,
    index_entries,
    index_entry,
    move_entry,
    refills,
    reindex,
)
from remonta.spine.commands.timeline import record, record_first, record_many
from remonta.spine.commands.turns import take_turn
from remonta.spine.erasures import note_erasures
from remonta.spine.files import FileEmpty, FileTooLarge, KeptFile, keep
from remonta.spine.gateways import Enclosure, NotSent, Unclear
from remonta.spine.gateways.http import Address, Answer, ask, outside
from remonta.spine.multiplying import Copied, another_number, floors_of, multiply, renamed
from remonta.spine.papers import draws
from remonta.spine.pictures import PictureBroken, PictureTooLarge
from remonta.spine.search_index import merge_index
from remonta.spine.vault import lock_up, open_up

__all__ = [
    "Address",
    "Answer",
    "Copied",
    "Enclosure",
    "FileEmpty",
    "FileTooLarge",
    "Findable",
    "GiveUp",
    "KeptFile",
    "Kind",
    "NotSent",
    "OperationExpired",
    "OperationTaken",
    "PictureBroken",
    "PictureTooLarge",
    "Progress",
    "Task",
    "Unclear",
    "another_number",
    "ask",
    "attach",
    "cancel_message",
    "command",
    "draws",
    "enqueue",
    "erase_files",
    "erase_messages",
    "floors_of",
    "forget_entry",
    "handles",
    "index_entries",
    "index_entry",
    "keep",
    "lock_up",
    "merge_index",
    "move_entry",
    "multiply",
    "note_erasures",
    "once",
    "open_up",
    "outside",
    "record",
    "record_first",
    "record_many",
    "refills",
    "reindex",
    "renamed",
    "resend_message",
    "retry_job",
    "scheduled",
    "send",
    "settle_message",
    "start_series",
    "stop_job",
    "store",
    "take_number",
    "take_turn",
    "withdraw_attachment",
]
