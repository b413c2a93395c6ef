"""What leaves the house by mail and SMS: of each order, only to its own customer, and nothing from inside."""

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
    orders = {kept.row.pk: kept.words for kept in world.things.values() if hasattr(kept, "words")}
    letters = Message.objects.exclude(thread_id=None)
    assert letters.count() > 5
    for letter in letters:
        own = {word for name, word in orders.get(letter.thread_id, {}).items() if name not in HIDDEN}
        text = f"{letter.title} {letter.body} {letter.html} {letter.recipient}"
        foreign = [canary.word for canary in world.canaries if canary.word in text and canary.word not in own]
        assert not foreign, f"{letter.purpose}: {foreign}"
