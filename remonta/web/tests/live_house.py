"""A timeline in memory, and browsers that listen to it."""

import asyncio
import json
from contextlib import asynccontextmanager

from remonta.spine.queries import LiveEvent
from remonta.web.server.hub import Hub
from remonta.web.server.live import Live
from remonta.web.tests.asgi_client import PATIENCE, Client, scope_of, until

KRAKOW, GDANSK = 1, 2


class Timeline:
    """Events and people in memory: what the database would say."""

    def __init__(self):
        self.events, self.people, self.asked, self.broken = [], {}, 0, False

    def newest(self):
        return self.events[-1].position if self.events else (0, 0)

    def after(self, position, limit):
        if self.broken:
            raise OSError("the database is away")
        return [event for event in self.events if event.position > position][:limit]

    def scope(self, who):
        self.asked += 1
        return self.people.get(who)

    def say(self, subject_id, centre=KRAKOW, account=None, name="StageReached", thread=None):
        number = len(self.events) + 1
        event = LiveEvent((7, number), "orders.workorder", subject_id, name, thread or subject_id, centre, account)
        self.events.append(event)
        return event


class Stream:
    """A browser's EventSource: keeps what it was told."""

    def __init__(self, client):
        self.client = client

    @property
    def text(self):
        return b"".join(message.get("body", b"") for message in self.client.got).decode()

    @property
    def news(self):
        """(kind, data, id) of every message that has a kind."""
        told = []
        for block in self.text.split("\n\n"):
            fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            if "event" in fields:
                told.append((fields["event"], json.loads(fields["data"]), fields.get("id")))
        return told

    @property
    def ids(self):
        return [data["id"] for kind, data, _mark in self.news if kind == "changed"]

    @property
    def over(self):
        return any("body" in message and not message.get("more_body") for message in self.client.got)

    @property
    def status(self):
        return self.client.got[0]["status"]


@asynccontextmanager
async def listening(live, who="lena", *, target="/live", headers=(), method="GET"):
    client = Client()
    cookie = [(b"cookie", f"theme=dark; sessionid={who}".encode())] if who else []
    task = asyncio.create_task(live(scope_of(method, target, [*cookie, *headers]), client.receive, client.send))
    stream = Stream(client)
    await until(lambda: task.done() or len(client.got) > 1)
    try:
        yield stream
    finally:
        client.leave()
        await asyncio.wait_for(task, PATIENCE)


def house(timeline, beat=0.05, seconds=0.01, **changes):
    return Live(Hub(timeline, seconds=seconds, **changes), beat=beat)


def run(story):
    asyncio.run(asyncio.wait_for(story, 3 * PATIENCE))
