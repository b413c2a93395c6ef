"""What every command is made of, and the writes of the ground floor."""

from remonta.spine.commands.effects import OperationExpired, OperationTaken, command, once
from remonta.spine.commands.jobs import enqueue
from remonta.spine.commands.numbers import take_number
from remonta.spine.commands.timeline import record, record_first

__all__ = [
    "OperationExpired",
    "OperationTaken",
    "command",
    "enqueue",
    "once",
    "record",
    "record_first",
    "take_number",
]
