"""Telling customers and colleagues, and keeping the texts."""

from remonta.notices.commands.bell import give_notices, mark_read
from remonta.notices.commands.links import make_camera_link, make_order_link, revoke_order_links, send_order_link
from remonta.notices.commands.telling import NoWayToCustomer, order_words, tell_customer
from remonta.notices.commands.texts import PlaceUnknown, TextEmpty, TextOfNothing, restore_text, save_text

__all__ = [
    "NoWayToCustomer",
    "PlaceUnknown",
    "TextEmpty",
    "TextOfNothing",
    "give_notices",
    "make_camera_link",
    "make_order_link",
    "mark_read",
    "order_words",
    "restore_text",
    "revoke_order_links",
    "save_text",
    "send_order_link",
    "tell_customer",
]
