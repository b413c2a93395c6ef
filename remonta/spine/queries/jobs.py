"""Background work as people follow it."""

from django.db.models import QuerySet

from remonta.kernel.actor import EVERYWHERE, Actor
from remonta.spine.models import Job


def jobs_for(actor: Actor) -> QuerySet[Job]:
    """The background work the actor has asked for; all of it for who may see background work of others."""
    if EVERYWHERE in actor.places_of("spine.see_jobs"):
        return Job.objects.all()
    return Job.objects.filter(account_id=actor.account_id) if actor.account_id else Job.objects.none()
