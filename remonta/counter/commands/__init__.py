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
from remonta.counter.commands.lending import (
    DepositStands,
    NoBorrower,
    NothingKept,
    lend_loaner,
    take_loan_deposit,
    take_loaner_back,
)
from remonta.counter.commands.sending import (
    Came,
    NothingInIt,
    Opened,
    Unlike,
    accept_parcel,
    deliver_parcel,
    open_parcel,
)

__all__ = [
    "Came",
    "CustomerMissing",
    "DepositStands",
    "FaultMissing",
    "Given",
    "Intake",
    "ModelMissing",
    "NoBorrower",
    "NoDesk",
    "NothingInIt",
    "NothingKept",
    "Opened",
    "OutcomeUnknown",
    "Repair",
    "TakerMissing",
    "Talk",
    "Unlike",
    "Which",
    "Who",
    "accept_parcel",
    "deliver_parcel",
    "hand_over",
    "lend_loaner",
    "note_talk",
    "open_parcel",
    "register_repair",
    "take_in",
    "take_in_expected",
    "take_loan_deposit",
    "take_loaner_back",
]
