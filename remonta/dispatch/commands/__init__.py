"""Giving work, answering it, and what is written at the bench."""

from remonta.dispatch.commands.bench import (
    NothingFound,
    NoTimer,
    WrongCode,
    add_finding,
    start_timer,
    stop_timer,
    withdraw_finding,
)
from remonta.dispatch.commands.giving import NobodyChosen, WorkOver, answer_work, finish_all, give_work, revoke_all

__all__ = [
    "NoTimer",
    "NobodyChosen",
    "NothingFound",
    "WorkOver",
    "WrongCode",
    "add_finding",
    "answer_work",
    "finish_all",
    "give_work",
    "revoke_all",
    "start_timer",
    "stop_timer",
    "withdraw_finding",
]
