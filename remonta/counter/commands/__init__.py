"""Commands that join several rooms in one transaction under one operation id."""

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
    "Intake",
    "ModelMissing",
    "NoDesk",
    "Repair",
    "Which",
    "Who",
    "register_repair",
    "take_in",
    "take_in_expected",
]
