"""What leaves the house by mail and SMS: of each order, only to its own customer, and nothing from inside."""

from types import SimpleNamespace

from django.utils.module_loading import import_string

from remonta.spine.facts import fact_of
from remonta.spine.models import Event, Job, Message
from tests.access.matrix import prepare
from tests.access.rooms.portal import HIDDEN


def tell_everybody(world):
    """Does the reactions that wait: what workers would do."""
    for job in Job.objects.filter(name="react", state="ready").order_by("pk"):
        event = Event.objects.get(pk=job.args["event"])
        import_string(job.args["reaction"]).answer(world.founder, fact_of(event.name, event.version, event.data))


def test_letters_tell_of_their_own_order_only(world):
    prepare(world)
    tell_everybody(world)
    kept = [thing for thing in world.things.values() if isinstance(thing, SimpleNamespace) and hasattr(thing, "words")]
    orders = {thing.row.pk: thing.words for thing in kept}
    letters = Message.objects.exclude(thread_id=None)
    assert letters.count() > 5
    for letter in letters:
        own = {word for name, word in orders.get(letter.thread_id, {}).items() if name not in HIDDEN}
        text = f"{letter.title} {letter.body} {letter.html} {letter.recipient}"
        foreign = [canary.word for canary in world.found_in(text) if canary.word not in own]
        assert not foreign, f"{letter.purpose}: {foreign}"
