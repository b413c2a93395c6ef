"""People at their work over the REST API: each keeps what was meant, and asks again until there is an answer."""

import random
import time
from dataclasses import dataclass, field
from threading import Lock, local
from typing import Any
from uuid import UUID

import httpx

from remonta.kernel.ids import uuid7

PATIENCE = 120.0
PAUSE = 0.05
USUAL = 20.0
HURRIED, HURRY = 0.05, 0.1
"""So many first tries are given up after so many seconds, as when a line breaks; maybe it was done, maybe not."""
LOST = 20
"""Of one intent in so many the first answer never arrives: it was done, and nobody heard."""


@dataclass
class Intent:
    """One thing that somebody meant to happen once: the operation's id and body stay the same at every try."""

    operation: UUID
    role: str
    path: str
    body: Any
    tries: int = 0
    last_try_at: float = 0.0
    answer: Any = None


@dataclass
class Driver:
    """All people of the centre, who share a list of intents. `people` are as tests.crash.prepare says them."""

    url: str
    people: list[dict[str, str]]
    chance: random.Random = field(default_factory=random.Random)
    intents: list[Intent] = field(default_factory=list)
    clients: list[httpx.Client] = field(default_factory=list)
    own: local = field(default_factory=local)
    lock: Lock = field(default_factory=Lock)

    def make(self, role: str, path: str, body: Any = None, *, person: str = "") -> Any:
        """The answer to a command, however often it had to be said. Raises AssertionError for a refusal."""
        intent = Intent(uuid7(), role, path, body or {})
        with self.lock:
            self.intents.append(intent)
            lost = len(self.intents) % LOST == 0
        headers = {"Idempotency-Key": str(intent.operation)}
        for _time in range(1 + lost):
            intent.answer = self._answer("POST", path, self._key(role, person), headers, intent)
        return intent.answer

    def read(self, role: str, path: str) -> Any:
        return self._answer("GET", path, self._key(role, ""), {}, None)

    def of(self, role: str) -> list[str]:
        """The people with that role."""
        return [one["uid"] for one in self.people if one["role"] == role]

    def close(self) -> None:
        for client in self.clients:
            client.close()

    def _answer(self, method: str, path: str, key: str, headers: dict[str, str], intent: Intent | None) -> Any:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if intent:
                intent.tries, intent.last_try_at = intent.tries + 1, time.time()
            hurried = intent is not None and intent.tries == 1 and self.chance.random() < HURRIED
            sent = {"Authorization": f"Bearer {key}", "Accept-Language": "en", **headers}
            try:
                answer = self._client().request(
                    method,
                    f"{self.url}/api/v1{path}",
                    json=intent.body if intent else None,
                    headers=sent,
                    timeout=HURRY if hurried else USUAL,
                )
            except httpx.TransportError:
                time.sleep(PAUSE)
                continue
            assert answer.is_success, f"{method} {path} {intent}: {answer.status_code} {answer.text[:500]}"
            return answer.json() if answer.content else None
        raise AssertionError(f"no answer within {PATIENCE} s: {method} {path}")

    def _client(self) -> httpx.Client:
        if not hasattr(self.own, "client"):
            self.own.client = httpx.Client(trust_env=False)
            with self.lock:
                self.clients.append(self.own.client)
        return self.own.client  # type: ignore[no-any-return]

    def _key(self, role: str, person: str) -> str:
        return next(one["key"] for one in self.people if one["role"] == role and person in ("", one["uid"]))
