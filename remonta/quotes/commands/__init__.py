"""Writing, sending and answering quotes."""

from remonta.quotes.commands.answering import (
    NothingChosen,
    NotPreauthorised,
    OtherTextShown,
    SignerMissing,
    approve_quote,
    decline_quote,
    expire_quotes,
    use_preauthorisation,
)
from remonta.quotes.commands.writing import (
    BelowCost,
    DiscountTooLarge,
    LineAsked,
    NoLines,
    PriceMissing,
    QuantityWrong,
    hash_of,
    send_quote,
    write_quote,
)

__all__ = [
    "BelowCost",
    "DiscountTooLarge",
    "LineAsked",
    "NoLines",
    "NotPreauthorised",
    "NothingChosen",
    "OtherTextShown",
    "PriceMissing",
    "QuantityWrong",
    "SignerMissing",
    "approve_quote",
    "decline_quote",
    "expire_quotes",
    "hash_of",
    "send_quote",
    "use_preauthorisation",
    "write_quote",
]
