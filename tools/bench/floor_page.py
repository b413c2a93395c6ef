"""The floor: session, sign-in and CSRF, then the very statements of a job, then its very bytes.

Writes are rolled back, so that they can be repeated; one small write is committed in their place.
"""

import os
import pickle
from functools import cache
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.urls import path

from remonta.spine.write_guard import WRITES
from remonta.web.requests import Request

LAST = 'UPDATE "django_session" SET "expire_date" = "expire_date" WHERE "session_key" = %s'


@cache
def captured(job: str) -> dict[str, Any]:
    """What the product did for that job, without what this page does itself: its session and its account."""
    kept: dict[str, Any] = pickle.loads(Path(os.environ["REMONTA_BENCH_CAPTURES"], f"{job}.pickle").read_bytes())
    statements = [(sql, params) for sql, params in kept["statements"] if 'FROM "django_session"' not in sql]
    own = next((at for at, (sql, _) in enumerate(statements) if 'FROM "identity_account" WHERE' in sql), None)
    kept["statements"] = [pair for at, pair in enumerate(statements) if at != own]
    kept["writes"] = any(WRITES.match(sql) for sql, _ in statements)
    return kept


def floor(request: Request, job: str) -> HttpResponse:
    known = captured(job)
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    if known["writes"]:
        failed = _written(known["statements"], str(request.session.session_key))
    else:
        failed = _run(known["statements"])
    return HttpResponse(known["body"], content_type=known["type"], headers={"X-Failed": str(failed)})


def _written(statements: list[tuple[str, Any]], session: str) -> int:
    with transaction.atomic():
        failed = _run(statements)
        transaction.set_rollback(True)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LAST, [session])
    return failed


def _run(statements: list[tuple[str, Any]]) -> int:
    """Every row is fetched. How many statements failed: after one has, PostgreSQL would refuse the rest."""
    for done, (sql, params) in enumerate(statements):
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql, params)
                if cursor.description:
                    cursor.fetchall()
        except DatabaseError:
            return len(statements) - done
    return 0


urlpatterns = [path("floor/<slug:job>/", floor), path("sign-in/", lambda _request: HttpResponse("ready"))]
