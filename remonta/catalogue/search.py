"""By what a part is found: its number, its name, its barcode."""

from collections.abc import Iterator

from remonta.catalogue.models import Part
from remonta.spine.commands import Findable, index_entries, refills


def index_part(part: Part) -> None:
    """Makes a part findable in the whole network, or brings its entry up to date."""
    index_entries([_findable(part)])


@refills("part")
def every_part() -> Iterator[Findable]:
    """All parts, archived ones too."""
    return map(_findable, Part.objects.order_by("pk").iterator(500))


def _findable(part: Part) -> Findable:
    return Findable(
        "part",
        part.pk,
        part.uid,
        title=f"{part.number} {part.name}",
        hint=part.gtin,
        words=[word for word in (part.number, part.name, part.gtin) if word],
        exact=part.number,
        open=part.archived_at is None,
    )
