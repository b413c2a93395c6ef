"""Keeping units findable: one entry for the whole network, and one at each partner centre that has had them."""

from collections.abc import Iterable

from remonta.equipment.models import KnownUnit, Unit
from remonta.kernel.actor import EVERYWHERE
from remonta.spine.commands import forget_entry, index_entry

KIND = "unit"
PARTNER = "partner"


def index_new(unit: Unit, centre_kind: str, centre_id: int) -> None:
    """Makes a unit findable that was registered in this transaction; its product, with the brand, is loaded."""
    _index(unit, [EVERYWHERE, *([centre_id] if centre_kind == PARTNER else [])])


def index_again(unit: Unit) -> None:
    """Brings the entries of a changed unit up to date. One statement to read."""
    known = KnownUnit.objects.filter(unit=unit, centre__kind=PARTNER).values_list("centre_id", flat=True)
    _index(unit, [EVERYWHERE, *known])


def forget(unit: Unit) -> None:
    """A merged unit is found under the one it was merged into."""
    forget_entry(KIND, unit.pk)


def _index(unit: Unit, places: Iterable[int]) -> None:
    name = str(unit.product)
    words = [word for word in (unit.serial_normal, unit.serial, unit.second_serial, unit.tag, unit.batch) if word]
    for place in places:
        index_entry(
            KIND,
            unit.pk,
            uid=unit.uid,
            centre_id=place,
            title=f"{name} {unit}".strip(),
            hint=name,
            words=[*dict.fromkeys(words), name],
            exact=unit.serial_normal or unit.tag,
        )
