"""Messages to the outside as people see them."""

from django.db.models import QuerySet

from remonta.kernel.actor import EVERYWHERE, Actor
from remonta.spine.models import Message, MessageState

TROUBLE = (MessageState.UNCLEAR, MessageState.DEAD)


def messages_for(actor: Actor) -> QuerySet[Message]:
    """Messages of the centres whose outbox the actor may see; those of no centre ask for the right everywhere."""
    places = actor.places_of("spine.see_outbox")
    if EVERYWHERE in places:
        return Message.objects.all()
    return Message.objects.filter(centre_id__in=sorted(places)) if places else Message.objects.none()


def messages_in_trouble(actor: Actor) -> QuerySet[Message]:
    """What did not get through, or nobody knows: it waits for a person. Newest first."""
    return messages_for(actor).filter(state__in=TROUBLE).order_by("-id")
