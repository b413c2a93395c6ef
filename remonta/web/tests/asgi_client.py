"""A browser by hand: what it sends to an ASGI application, when it leaves, what it has got."""

import asyncio
import json

PATIENCE = 10


async def until(seen):
    """Waits for what must happen."""
    async with asyncio.timeout(PATIENCE):
        while not seen():
            await asyncio.sleep(0.002)


class Reply:
    def __init__(self, messages):
        start = messages[0]
        self.status, self.raw_headers = start["status"], [(name.lower(), value) for name, value in start["headers"]]
        self.headers = {name.decode(): value.decode("latin-1") for name, value in self.raw_headers}
        self.pieces = [message.get("body", b"") for message in messages[1:]]
        self.complete = not messages[-1].get("more_body", False)
        self.body = b"".join(self.pieces)

    @property
    def json(self):
        return json.loads(self.body)


def scope_of(method, target, headers=(), **changes):
    location, _mark, query = target.partition("?")
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http"}
    scope |= {"path": location, "raw_path": location.encode(), "query_string": query.encode(), "root_path": ""}
    scope |= {"client": ("10.1.2.3", 5050), "server": ("testserver", 8000)}
    return {**scope, "headers": [(b"host", b"testserver"), *headers], **changes}


class Client:
    """One request of a browser, by hand: what it sends, when it leaves, what it has got."""

    def __init__(self, pieces=(b"",), *, leaves=False):
        self.incoming, self.got = asyncio.Queue(), []
        for number, piece in enumerate(pieces, 1):
            self.incoming.put_nowait({"type": "http.request", "body": piece, "more_body": number < len(pieces)})
        if leaves:
            self.leave()

    def leave(self):
        self.incoming.put_nowait({"type": "http.disconnect"})

    async def receive(self):
        return await self.incoming.get()

    async def send(self, message):
        self.got.append(message)


def call(app, method, target, headers=(), pieces=(b"",), **changes):
    async def talk():
        client = Client(pieces)
        await app(scope_of(method, target, headers, **changes), client.receive, client.send)
        return Reply(client.got)

    return asyncio.run(talk())
