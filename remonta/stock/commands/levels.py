"""How much of a part a centre or a place should have: set one by one, or by a table."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from remonta.catalogue.queries import Part, parts_for
from remonta.identity.queries import centres_for
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted
from remonta.kernel.texts import clean
from remonta.spine.commands import command, record
from remonta.stock.commands.places import kept_places
from remonta.stock.commands.refusals import LevelWrong, TooManyLevels
from remonta.stock.facts import LevelSet
from remonta.stock.models import Level, Place

MOST_ROWS = 5000
MOST = Decimal(1_000_000)


@dataclass(frozen=True)
class LevelsRead:
    """How many rows of a table were read and kept, and of the others number and reason."""

    read: int
    kept: int
    left_out: tuple[tuple[int, str], ...]


@command
def set_level(
    actor: Actor,
    centre_uid: UUID,
    *,
    part_uid: UUID,
    minimum: int,
    maximum: int | None = None,
    place_uid: UUID | None = None,
) -> Level | None:
    """At least and at most so many thousandths of a part, in the whole centre or in one of its bins, shelves or vans.

    Without a maximum it is the minimum; both zero: nothing is watched any more, and None comes back. Raises LevelWrong.
    """
    centre = _kept_centre(actor, centre_uid)
    part = parts_for(actor).get(uid=part_uid)
    place = kept_places(actor, centre.pk).get(uid=place_uid) if place_uid else None
    return _set(actor, centre.pk, part, place, minimum, minimum if maximum is None else maximum)


@command
def import_levels(actor: Actor, centre_uid: UUID, *, content: bytes) -> LevelsRead:
    """Keeps the levels of a table `part number, minimum, maximum, place`: CSV, also with semicolons or tabs; the place
    may be left out, a first row without numbers is a heading. Every other row is kept, or named with the reason.

    Raises TooManyLevels, LevelWrong for a file that is no text.
    """
    centre = _kept_centre(actor, centre_uid)
    read, left_out = 0, []
    for number, cells in _rows(content):
        if (read := read + 1) > MOST_ROWS:
            raise TooManyLevels(limit=MOST_ROWS)
        try:
            part, place = _named(actor, centre.pk, cells)
            least = _thousandths(cells[1])
            most = _thousandths(cells[2]) if len(cells) > 2 and cells[2] else least
            _set(actor, centre.pk, part, place, least, most)
        except (LevelWrong, IndexError):
            left_out.append((number, _("minimum and maximum are no numbers, or not in order")))
        except Part.DoesNotExist:
            left_out.append((number, _("there is no part “%(part)s”") % {"part": cells[0]}))
        except Place.DoesNotExist:
            left_out.append((number, _("there is no bin “%(place)s” in this centre") % {"place": cells[3]}))
    return LevelsRead(read, read - len(left_out), tuple(left_out))


def _set(actor: Actor, centre_id: int, part: Part, place: Place | None, minimum: int, maximum: int) -> Level | None:
    if minimum < 0 or maximum < minimum:
        raise LevelWrong
    of: dict[str, Any] = {"part": part, "centre_id": centre_id, "place": place}
    if not maximum:
        if level := Level.objects.select_for_update(of=("self",)).filter(**of).first():
            record(actor, level, _told(level, part, 0, 0))
            level.delete()
        return None
    said = {"minimum": minimum, "maximum": maximum, "changed_at": actor.now()}
    level, _made = Level.objects.update_or_create(**of, defaults=said)
    record(actor, level, _told(level, part, minimum, maximum))
    return level


def _told(level: Level, part: Part, minimum: int, maximum: int) -> LevelSet:
    said: dict[str, Any] = {"part_id": part.pk, "place_id": level.place_id, "part": part.number}
    return LevelSet(level_id=level.pk, centre_id=level.centre_id, minimum=minimum, maximum=maximum, **said)


def _kept_centre(actor: Actor, centre_uid: UUID) -> Any:
    centre = centres_for(actor).get(uid=centre_uid)
    if not actor.may("stock.keep_levels", centre):
        raise NotPermitted
    return centre


def _named(actor: Actor, centre_id: int, cells: list[str]) -> tuple[Part, Place | None]:
    part = parts_for(actor).get(number__iexact=cells[0])
    code = cells[3].upper() if len(cells) > 3 else ""
    return part, kept_places(actor, centre_id).get(code=code) if code else None


def _rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, with their numbers; a heading is left out. Raises LevelWrong."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LevelWrong from error
    mark = max(";\t,", key=text.partition("\n")[0].count)
    for number, row in enumerate(_split(text, mark), start=1):
        cells = [clean(cell) for cell in row]
        if not any(cells) or (number == 1 and not any(any(map(str.isdigit, cell)) for cell in cells[1:3])):
            continue
        yield number, cells


def _split(text: str, mark: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(text.splitlines(), delimiter=mark)
    except csv.Error as error:
        raise LevelWrong from error


def _thousandths(text: str) -> int:
    try:
        value = Decimal(text.replace(",", ".").replace("\u00a0", ""))
    except InvalidOperation as error:
        raise LevelWrong from error
    if not value.is_finite() or not 0 <= value <= MOST:
        raise LevelWrong
    return int(value * 1000)
