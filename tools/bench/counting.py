"""Counts the statements of each request, and keeps those of a chosen one for the floor. Never part of the product."""

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

CAPTURE = "X-Bench-Capture"
CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")


class Counting:
    """`X-Statements` on every answer: reads and writes, without savepoints. A captured request leaves no trace."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen: list[tuple[str, Any]] = []

        def note(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
            if not str(sql).startswith(CONTROL):
                seen.append((str(sql), params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            name = request.headers.get(CAPTURE)
            response = self._traceless(request) if name else self.get_response(request)
        if name:
            _keep(name, seen, response)
        response.headers["X-Statements"] = str(len(seen))
        return response

    def _traceless(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            response = self.get_response(request)
            transaction.set_rollback(True)
        return response


def _keep(name: str, seen: list[tuple[str, Any]], response: HttpResponse) -> None:
    kept = {
        "statements": [(sql, _plain(params)) for sql, params in seen],
        "status": response.status_code,
        "type": response.headers.get("Content-Type", ""),
        "body": response.getvalue(),
    }
    Path(os.environ["REMONTA_BENCH_CAPTURES"], f"{name}.pickle").write_bytes(pickle.dumps(kept))


def _plain(params: Any) -> Any:
    """Parameters that can be kept: the adapters of JSON become their texts."""
    if not params:
        return params
    return tuple(one.dumps(one.obj) if hasattr(one, "dumps") and hasattr(one, "obj") else one for one in params)
