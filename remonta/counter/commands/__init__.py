"""Commands that join several rooms in one transaction under one operation id."""

from remonta.counter.commands.asking import OutcomeUnknown, Talk, note_talk
from remonta.counter.commands.hand_over import Given, TakerMissing, hand_over
from remonta.counter.commands.intake import (
    CustomerMissing,
    FaultMissing,
    Intake,
    ModelMissing,
    NoDesk,
    Repair,
    Which,
    Who,
    register_repair,
    take_in,
    take_in_expected,
)

__all__ = [
    "CustomerMissing",
    "FaultMissing",
    "Given",
    "Intake",
    "ModelMissing",
    "NoDesk",
    "OutcomeUnknown",
    "Repair",
    "TakerMissing",
    "Talk",
    "Which",
    "Who",
    "hand_over",
    "note_talk",
    "register_repair",
    "take_in",
    "take_in_expected",
]
