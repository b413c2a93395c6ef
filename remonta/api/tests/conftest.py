"""Programs of the cast's people, with keys of their own."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from remonta.api.rate import SHARES
from remonta.identity.commands import make_token
from remonta.identity.queries import actor_of
from remonta.kernel.ids import uuid7

PREFIX = "/api/v1"


class Program:
    """A program with somebody's key. Every call carries a new Idempotency-Key unless one is given."""

    def __init__(self, token: str = "") -> None:
        self.client, self.token = Client(raise_request_exception=False), token

    def ask(self, method: str, path: str, body: Any = None, *, key: Any = "new", **headers: str) -> HttpResponse:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        if method != "GET" and key:
            sent["Idempotency-Key"] = str(uuid7(timezone.now()) if key == "new" else key)
        data = body if isinstance(body, (str, bytes)) else json.dumps({} if body is None else body, default=str)
        return self.client.generic(method, PREFIX + path, data, content_type="application/json", headers=sent)

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.client.get(PREFIX + path, headers={"Authorization": f"Bearer {self.token}", **headers})

    def post(self, path: str, body: Any = None, **more: Any) -> HttpResponse:
        return self.ask("POST", path, body, **more)

    def read(self, path: str) -> Any:
        answer = self.get(path)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def make(self, path: str, body: Any = None, **more: Any) -> Any:
        answer = self.post(path, body, **more)
        assert answer.status_code in (200, 201), answer.content
        return answer.json()


def token_of(name: str, *scopes: str) -> str:
    account = apps.get_model("identity", "Account").objects.get(email=f"{name}@example.com")
    return make_token(actor_of(account), name="test", scopes=list(scopes or ("*",)))[1]


@pytest.fixture(autouse=True)
def full_shares() -> None:
    """Nobody has asked yet."""
    SHARES.clear()


@pytest.fixture
def program(cast: Any) -> Callable[..., Program]:
    """program("rita") is a program with all of Rita's rights; more names are its scopes."""
    return lambda name, *scopes: Program(token_of(name, *scopes))


@pytest.fixture
def nobody() -> Program:
    return Program()


def said(answer: HttpResponse) -> tuple[int, str]:
    """The problem in short: status and code."""
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["title"]
    assert problem["detail"]
    return answer.status_code, problem.get("code", "")
