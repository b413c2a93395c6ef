"""One transaction and one effect per operation id; the outermost command is rerun on a deadlock."""

import json
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from datetime import timedelta
from functools import partial, wraps
from hashlib import sha256
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import OperationalError, connection, models, transaction
from django.utils.translation import gettext_lazy as _

from remonta.kernel.actor import Actor
from remonta.kernel.ids import made_at
from remonta.kernel.refusals import Refused
from remonta.spine.gathered import gathering
from remonta.spine.models import Operation

CLAIM = """INSERT INTO spine_operation (actor, uid, command, body, made_at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (uid, actor) DO NOTHING RETURNING id"""
KEPT = timedelta(days=90)
RERUNS = 3
DEADLOCKS = {"40001", "40P01"}
P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)


class OperationTaken(Refused):
    text = _("This was already saved, with other contents. Open what was saved and change it there.")


class OperationExpired(Refused):
    text = _("This was prepared more than 90 days ago. Please look at it again and send it anew.")


def command(run: Callable[P, R]) -> Callable[P, R]:
    """Makes a command that needs no operation id: one transaction, rerun on a deadlock when it is the outermost."""

    @wraps(run)
    def whole(*args: P.args, **values: P.kwargs) -> R:
        return _in_transaction(partial(run, *args, **values))

    return whole


def once(things_for: Callable[[Actor], models.QuerySet[M]]) -> Callable[[Callable[P, M]], Callable[P, M]]:
    """Makes a command with one effect per operation id (`operation=UUIDv7`). A repeat reads the result anew, in scope.

    The command's row is kept in the effect's own transaction, so a refused attempt consumes nothing.
    Raises OperationTaken for the same id with another body, OperationExpired for ids older than 90 days.
    """

    def decorate(run: Callable[P, M]) -> Callable[P, M]:
        @wraps(run)
        def whole(*args: P.args, **values: P.kwargs) -> M:
            actor, operation = args[0], values["operation"]
            assert isinstance(actor, Actor), "a command's first argument is who asks"
            assert isinstance(operation, UUID), "an operation id is a UUIDv7 made by the client"
            asked = {key: value for key, value in values.items() if key != "operation"}
            if made_at(operation) < actor.now() - KEPT:
                raise OperationExpired
            body = sha256(json.dumps([args[1:], asked], default=_plain, sort_keys=True).encode()).hexdigest()
            claim = {"command": run.__name__, "body": body}
            return _in_transaction(partial(_effect, actor, operation, claim, partial(run, *args, **values), things_for))

        return whole

    return decorate


def _effect(
    actor: Actor,
    operation: UUID,
    claim: dict[str, str],
    run: Callable[[], M],
    things_for: Callable[[Actor], models.QuerySet[M]],
) -> M:
    if fresh := _claim(actor, operation, claim):
        result = run()
        Operation.objects.filter(pk=fresh).update(result_id=result.pk)
        return result
    done = Operation.objects.get(uid=operation, actor=actor.label)
    if (done.command, done.body) != (claim["command"], claim["body"]):
        raise OperationTaken(saved=done)
    return things_for(actor).get(pk=done.result_id)


def _claim(actor: Actor, operation: UUID, claim: dict[str, str]) -> int | None:
    """The key of the operation's new row; None when it is there already, committed by whoever held it before us."""
    uid = Operation._meta.get_field("uid").get_db_prep_value(operation, connection)
    made_at = Operation._meta.get_field("made_at").get_db_prep_value(actor.now(), connection)
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [actor.label, uid, claim["command"], claim["body"], made_at])
        row = cursor.fetchone()
    return int(row[0]) if row else None


def _in_transaction(run: Callable[[], R]) -> R:
    if not _outermost():
        return run()
    for left in reversed(range(RERUNS + 1)):
        try:
            with transaction.atomic(), gathering():
                return run()
        except OperationalError as error:
            if not left or getattr(error.__cause__, "sqlstate", None) not in DEADLOCKS:
                raise
    raise AssertionError("unreachable")


def _outermost() -> bool:
    """Whether no command is running yet: no transaction, or only the one a test wraps around itself."""
    return all(getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)


def _plain(value: Any) -> Any:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)
