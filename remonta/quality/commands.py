"""The quality gate, and the customer's rating."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from remonta.identity.queries import first_with_role, setting
from remonta.identity.roles import Role
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.kernel.texts import clean
from remonta.orders.commands import add_task, apply_move, lock_work_order, tick
from remonta.orders.workflow import CLOSED, READY
from remonta.quality.facts import FinalCheckMade, WorkRated
from remonta.quality.models import FinalCheck, Rating
from remonta.quality.queries import final_checks_for, ratings_for
from remonta.spine.commands import once, record_first

POOR = 2
ASK_BACK = gettext_noop("A customer is not content: ask what went wrong")


class SamePerson(Refused):
    text = _("The final check is made by somebody else than the engineer. Ask a colleague.")


class FailureUnexplained(Refused):
    text = _("Say what does not work, so that the engineer knows.")
    field = "note"


class ScoreWrong(Refused):
    text = _("Choose one to five stars.")
    field = "score"


class RatedAlready(Refused):
    text = _("You have rated this repair already. Thank you!")


class NotFinished(Refused):
    text = _("The repair is not finished yet.")


@once(final_checks_for)
def make_final_check(
    actor: Actor, uid: UUID, *, passed: bool, results: Mapping[str, str] = {}, note: str = "", operation: UUID
) -> FinalCheck:
    """Let the repair through to its owner, or send it back to the bench.

    By another person than the engineer, unless the centre has switched that rule off. Raises SamePerson,
    FailureUnexplained, StageClash, WorkOrderHeld.
    """
    order = lock_work_order(actor, uid, permission="quality.check")
    if order.engineer_id == actor.account_id and setting("quality.second_person", order.centre_id):
        raise SamePerson
    if not passed and not clean(note):
        raise FailureUnexplained
    tick(actor, order, "final", results, {})
    apply_move(actor, order, "pass_check" if passed else "fail_check")
    check = FinalCheck.objects.create(
        uid=uuid7(actor.now()),
        work_order_id=order.pk,
        centre_id=order.centre_id,
        account_id=actor.account_id,
        passed=passed,
        results=dict(results),
        note=clean(note),
        made_at=actor.now(),
    )
    record_first(actor, check, FinalCheckMade(work_order_id=order.pk, check_id=check.pk, passed=passed))
    return check


@once(ratings_for)
def rate_work(actor: Actor, uid: UUID, *, score: int, text: str = "", operation: UUID) -> Rating:
    """The customer's own score, through the secret link of the order. Raises ScoreWrong, RatedAlready, NotFinished."""
    order = lock_work_order(actor, uid)
    if order.pk not in actor.granted("orders.workorder"):
        raise NotPermitted
    if score not in range(1, 6):
        raise ScoreWrong
    if order.state not in (READY, CLOSED):
        raise NotFinished
    if Rating.objects.filter(work_order_id=order.pk).exists():
        raise RatedAlready
    rating = Rating.objects.create(
        uid=uuid7(actor.now()),
        work_order_id=order.pk,
        centre_id=order.centre_id,
        score=score,
        text=clean(text)[:5000],
        made_at=actor.now(),
    )
    record_first(actor, rating, WorkRated(work_order_id=order.pk, rating_id=rating.pk, score=score))
    if score <= POOR:
        owner = first_with_role(order.centre_id, Role.QUALITY) or order.responsible_id
        add_task(actor, order.centre_id, title=ASK_BACK, owner_id=owner, work_order=order)
    return rating
