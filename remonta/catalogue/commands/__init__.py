"""Writing the catalogue."""

from remonta.catalogue.commands.dictionaries import (
    add_category,
    add_checklist_item,
    add_fault_code,
    add_known_fault,
    change_category,
    change_checklist_item,
    change_fault_code,
    remove_checklist_item,
    remove_known_fault,
)
from remonta.catalogue.commands.entries import AlreadyThere, TextMissing
from remonta.catalogue.commands.goods import (
    add_brand,
    add_part,
    add_product,
    add_service,
    archive_part,
    archive_product,
    archive_service,
    change_part,
    change_product,
    change_service,
    fit_part,
)
from remonta.catalogue.commands.prices import PriceOutOfRange, set_price
from remonta.catalogue.commands.starter import TRADES, load_starter_catalogue

__all__ = [
    "TRADES",
    "AlreadyThere",
    "PriceOutOfRange",
    "TextMissing",
    "add_brand",
    "add_category",
    "add_checklist_item",
    "add_fault_code",
    "add_known_fault",
    "add_part",
    "add_product",
    "add_service",
    "archive_part",
    "archive_product",
    "archive_service",
    "change_category",
    "change_checklist_item",
    "change_fault_code",
    "change_part",
    "change_product",
    "change_service",
    "fit_part",
    "load_starter_catalogue",
    "remove_checklist_item",
    "remove_known_fault",
    "set_price",
]
