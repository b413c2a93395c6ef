"""Reading who has which work, how loaded everybody is, and what was found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import get_language

from remonta.dispatch.models import DispatchOrder, Engineer, Finding, TimeEntry
from remonta.dispatch.workflow import ACCEPTED, DISPATCH, OFFERED, POOLED, STANDING, DispatchState
from remonta.identity.queries import calendar_of, engineers_of, every_centre, in_reach
from remonta.kernel.actor import Actor
from remonta.kernel.texts import said
from remonta.kernel.workflow import Move
from remonta.kernel.working_time import Calendar
from remonta.orders.queries import OrderRow, order_rows, with_row, work_orders_for
from remonta.orders.workflow import ON_BENCH, OPEN

USUAL_DAY = 420


@dataclass(frozen=True)
class Given:
    """A dispatch order as pages show it."""

    uid: UUID
    state: str
    state_label: object
    engineer: str
    group: str
    minutes: int
    starts_at: datetime | None
    ends_at: datetime | None
    given_at: datetime
    reason: str
    buttons: tuple[Move, ...]


@dataclass(frozen=True)
class Load:
    """How much an engineer has to do (working minutes), and when new work of no length could be ready."""

    account_id: int
    account_uid: UUID
    name: str
    orders: int
    minutes: int
    free_at: datetime
    skilled: bool


@dataclass(frozen=True)
class FindingShape:
    """A line of the diagnosis in the reader's words."""

    uid: UUID
    symptom: str
    defect: str
    repair: str
    text: str
    engineer: str
    made_at: datetime


@dataclass(frozen=True)
class TimeShape:
    """Time spent on an order by one person; `running_since` while the timer runs."""

    name: str
    minutes: int
    running_since: datetime | None


def dispatch_orders_for(actor: Actor) -> QuerySet[DispatchOrder]:
    """The dispatch orders of the centres in which the actor may see them."""
    return DispatchOrder.objects.filter(in_reach(actor, "dispatch.see"))


def findings_for(actor: Actor) -> QuerySet[Finding]:
    """The diagnoses of the centres in which the actor may see orders, withdrawn ones too."""
    return Finding.objects.filter(in_reach(actor, "orders.see"))


def time_for(actor: Actor) -> QuerySet[TimeEntry]:
    """The time spent in the centres in which the actor may see who does what, and the actor's own."""
    own = Q(account_id=actor.own_id) if actor.account_id else Q(pk__in=[])
    return TimeEntry.objects.filter(in_reach(actor, "dispatch.see") | own)


def given_of(actor: Actor, work_order_id: int) -> tuple[Given, ...]:
    """Every dispatch order of a work order, newest first. One statement."""
    rows = dispatch_orders_for(actor).filter(work_order_id=work_order_id).select_related("account", "group")
    return tuple(_given(actor, row) for row in rows.order_by("-pk"))


def my_work(actor: Actor) -> tuple[OrderRow, ...]:
    """The open orders given to the actor, most urgent first. One statement."""
    mine = work_orders_for(actor).filter(engineer_id=actor.own_id, state__in=OPEN)
    rows = with_row(mine).order_by("priority", F("due_at").asc(nulls_last=True), "pk")
    return order_rows(rows[:200], actor.now())


def pool(actor: Actor) -> tuple[tuple[UUID, OrderRow], ...]:
    """Work that waits in the pools of the actor's groups, with the dispatch order to take. Two statements."""
    waiting = dispatch_orders_for(actor).filter(state=POOLED, group__members__account_id=actor.own_id)
    uids = dict(waiting.order_by("pk").values_list("work_order_id", "uid")[:200])
    rows = with_row(work_orders_for(actor).filter(pk__in=uids)).order_by("priority", "pk")
    return tuple((uids[row.id], row) for row in order_rows(rows, actor.now()))


def offers(actor: Actor) -> tuple[tuple[UUID, OrderRow], ...]:
    """Work offered to the actor and not answered yet. Two statements."""
    waiting = dispatch_orders_for(actor).filter(state=OFFERED, account_id=actor.own_id)
    uids = dict(waiting.order_by("pk").values_list("work_order_id", "uid")[:200])
    rows = with_row(work_orders_for(actor).filter(pk__in=uids)).order_by("priority", "pk")
    return tuple((uids[row.id], row) for row in order_rows(rows, actor.now()))


def load_of_centre(actor: Actor, centre_id: int, category_id: int | None = None) -> tuple[Load, ...]:
    """The real load of every engineer of a centre, freest first: planned minutes of what is open, laid into the
    centre's working hours at the engineer's own pace. Five statements."""
    if not actor.may_at("dispatch.load", centre_id):
        return ()
    accounts = engineers_of(centre_id).order_by("sort_name")
    planned = _planned(centre_id)
    profiles = {row.account_id: row for row in Engineer.objects.filter(centre_id=centre_id).prefetch_related("skills")}
    calendar, now = _calendar(centre_id), actor.now()
    loads = []
    for account in accounts:
        count, minutes = planned.get(account.pk, (0, 0))
        profile = profiles.get(account.pk)
        pace = USUAL_DAY / (profile.minutes_a_day if profile else USUAL_DAY)
        skilled = bool(profile and category_id in {skill.pk for skill in profile.skills.all()})
        free_at = calendar.after(now, round(minutes * pace))
        loads.append(Load(account.pk, account.uid, account.name, count, minutes, free_at, skilled))
    return tuple(sorted(loads, key=lambda load: (not load.skilled, load.free_at, load.name)))


def ready_date_of(actor: Actor, centre_id: int, load: Load, minutes: int) -> datetime:
    """When work of so many minutes is ready, after everything the engineer has to do already. Two statements."""
    return _calendar(centre_id).after(max(load.free_at, actor.now()), minutes)


def findings_of(actor: Actor, work_order_id: int) -> tuple[FindingShape, ...]:
    """The diagnosis, in the order it was made, without what was withdrawn. One statement."""
    language = get_language() or "en"
    joined = ("symptom", "defect", "repair", "account")
    rows = findings_for(actor).filter(work_order_id=work_order_id, withdrawn_at=None)
    rows = rows.select_related(*joined).order_by("pk")
    return tuple(
        FindingShape(
            row.uid,
            _code(row.symptom, language),
            _code(row.defect, language),
            _code(row.repair, language),
            row.text,
            row.account.name if row.account else "",
            row.made_at,
        )
        for row in rows
    )


def time_of(actor: Actor, work_order_id: int) -> tuple[TimeShape, ...]:
    """Whole minutes each person has spent on the order. One statement."""
    spent: dict[str, tuple[float, datetime | None]] = {}
    rows = time_for(actor).filter(work_order_id=work_order_id).select_related("account")
    for row in rows:
        seconds, running = spent.get(row.account.name, (0.0, None))
        until = row.stopped_at or actor.now()
        spent[row.account.name] = (
            seconds + (until - row.started_at).total_seconds(),
            running or (None if row.stopped_at else row.started_at),
        )
    return tuple(TimeShape(name, int(seconds // 60), running) for name, (seconds, running) in sorted(spent.items()))


def running_timer(actor: Actor) -> TimeEntry | None:
    """The actor's own timer, if it runs. One statement."""
    return TimeEntry.objects.filter(account_id=actor.own_id, stopped_at=None).select_related("work_order").first()


def whole_work_has_engineer(work_order_id: int) -> bool:
    """Whether anybody has taken the work: a verdict."""
    return DispatchOrder.objects.filter(work_order_id=work_order_id, state=ACCEPTED).exists()


def _code(code: Any, language: str) -> str:
    return f"{code.code} {said(code.names, language)}" if code else ""


def _calendar(centre_id: int) -> Calendar:
    return calendar_of(every_centre().select_related("calendar").get(pk=centre_id))


def _planned(centre_id: int) -> dict[int, tuple[int, int]]:
    """Orders and planned minutes of everything standing on benches, by engineer. One statement."""
    standing = DispatchOrder.objects.filter(
        centre_id=centre_id, account__isnull=False, state__in=STANDING, work_order__state__in=ON_BENCH
    )
    rows = standing.values("account_id").annotate(orders=Count("pk"), sum=Sum("minutes"))
    return {row["account_id"]: (row["orders"], row["sum"] or 0) for row in rows}


def _given(actor: Actor, row: DispatchOrder) -> Given:
    return Given(
        uid=row.uid,
        state=row.state,
        state_label=DispatchState(row.state).label,
        engineer=row.account.name if row.account else "",
        group=row.group.name if row.group else "",
        minutes=row.minutes,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        given_at=row.given_at,
        reason=row.reason,
        buttons=DISPATCH.open_to(actor, row),
    )


def by_order(actor: Actor, work_order_ids: Iterable[int]) -> dict[int, Given]:
    """The standing dispatch order of each work order. One statement."""
    rows = dispatch_orders_for(actor).filter(work_order_id__in=list(work_order_ids), state__in=STANDING)
    return {row.work_order_id: _given(actor, row) for row in rows.select_related("account", "group").order_by("pk")}
