"""Codes of units: our own tag, a serial number, or a GS1 barcode that carries one."""

from remonta.equipment.queries import numbered, units_for
from remonta.kernel.actor import Actor
from remonta.kernel.gs1 import trade_item
from remonta.kernel.texts import serial_normal
from remonta.spine.queries import Found, recognises


@recognises("unit")
def unit(actor: Actor, code: str) -> Found | None:
    """A unit the actor may see; of several with one serial number, the one registered last."""
    item = trade_item(code)
    wanted = serial_normal(item.serial if item and item.serial else code)
    if len(wanted) < 3:
        return None
    rows = units_for(actor).filter(numbered(wanted))
    found = rows.select_related("product__brand").order_by("-pk").first()
    return Found("unit", found.pk, found.uid, f"{found.product} {found}", unit_id=found.pk) if found else None
