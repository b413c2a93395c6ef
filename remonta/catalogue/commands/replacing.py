"""Which part can be used in place of which, and which number has taken the place of another."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.catalogue.commands.entries import lock, permit
from remonta.catalogue.facts import EntryChanged
from remonta.catalogue.models import Part, Replacement
from remonta.catalogue.queries import parts_for, successors
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Refused
from remonta.kernel.texts import clean
from remonta.spine.commands import command, record, take_turn

TURN = "catalogue.replacements"


class ReplacesItself(Refused):
    text = _("Choose another part: one cannot take its own place.")
    field = "new"


class SupersededAlready(Refused):
    text = _("“%(old)s” is superseded by “%(new)s” already. Remove that first.")
    field = "new"


class SupersededInACircle(Refused):
    text = _("“%(new)s” is itself superseded by “%(old)s”. Only one of the two can be the newer one.")
    field = "new"


@command
def replace_part(
    actor: Actor, uid: UUID, *, new_uid: UUID, supersedes: bool = False, both_ways: bool = False, note: str = ""
) -> Replacement:
    """`new` can take the part's place; with `supersedes`, whoever looks for the old number is led to it.

    Saying it again changes what was said. Raises ReplacesItself, SupersededAlready, SupersededInACircle.
    """
    permit(actor)
    if uid == new_uid:
        raise ReplacesItself
    pair = {part.uid: part for part in parts_for(actor).select_for_update(of=("self",)).filter(uid__in=(uid, new_uid))}
    if len(pair) < 2:
        raise Part.DoesNotExist
    old, new = pair[uid], pair[new_uid]
    if supersedes:
        take_turn(TURN)
        _check_succession(old, new)
    said = {"supersedes": supersedes, "both_ways": both_ways, "note": clean(note)[:300]}
    made = {"uid": uuid7(actor.now()), **said}
    row = Replacement.objects.update_or_create(old=old, new=new, defaults=said, create_defaults=made)[0]
    record(actor, old, EntryChanged(kind="part", entry_id=old.pk, fields=("replacements",)))
    return row


@command
def drop_replacement(actor: Actor, uid: UUID) -> None:
    """One is not used in place of the other any more; removing twice is removing once."""
    permit(actor)
    row = Replacement.objects.select_related("old").filter(uid=uid).first()
    if row is not None:
        part = lock(parts_for(actor), row.old.uid)
        row.delete()
        record(actor, part, EntryChanged(kind="part", entry_id=part.pk, fields=("replacements",)))


def _check_succession(old: Part, new: Part) -> None:
    known = Replacement.objects.filter(old=old, supersedes=True).exclude(new=new).select_related("new").first()
    if known:
        raise SupersededAlready(old=old.number, new=known.new.number)
    last = successors([new.pk]).get(new.pk)
    if last and last.pk == old.pk:
        raise SupersededInACircle(old=old.number, new=new.number)
