"""Where messages arrive: a mail server, which cannot recognise a repeat, and an SMS gateway, which does by its id."""

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

from aiosmtpd.controller import Controller

from tests.live import free_port

DROPPED = 0.02
SLOWEST = 0.4
"""Both take their time, so that a sender is often killed between handing over and hearing that it arrived."""


@dataclass
class Letters:
    """What arrived, by the id that went along, and what each id said. An SMS that comes again is recognised."""

    mails: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    said: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    chance: random.Random = field(default_factory=random.Random)
    lock: Lock = field(default_factory=Lock)
    arrived: Event = field(default_factory=Event)

    def arrive(self, box: Counter[str], uid: str, recipient: str, body: str) -> tuple[float, bool]:
        """Keeps it; the seconds until the answer, and whether the line breaks before that (an SMS gateway's only)."""
        with self.lock:
            box[uid] += 1
            self.said.setdefault(uid, set()).add((recipient, body))
            first = box[uid] == 1
            self.arrived.set()
            return self.chance.uniform(0, SLOWEST), first and self.chance.random() < DROPPED

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.content)
        uid = str(mail["Message-ID"]).strip("<>").partition("@")[0]
        wait, _breaks = self.arrive(self.mails, uid, envelope.rcpt_tos[0], str(mail["Subject"]))
        await asyncio.sleep(wait)
        return "250 OK"


class SmsGateway(BaseHTTPRequestHandler):
    letters: Letters

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.close_connection = True
        wait, breaks = self.letters.arrive(self.letters.texts, said["id"], said["to"], said["text"])
        time.sleep(wait)
        if breaks:
            return
        answer = json.dumps({"id": f"sms-{said['id']}"}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_words: object) -> None:
        return


class Gateway(ThreadingHTTPServer):
    """A sender that was killed in the middle is no trouble of the gateway's."""

    def handle_error(self, *_who: object) -> None:
        return


@contextmanager
def receivers(seed: int) -> Iterator[tuple[Letters, dict[str, str]]]:
    """Both on free ports, and the settings that send there."""
    letters = Letters(chance=random.Random(seed))
    mail = Controller(letters, hostname="127.0.0.1", port=free_port())
    sms = Gateway(("127.0.0.1", 0), type("Line", (SmsGateway,), {"letters": letters}))
    mail.start()
    thread = Thread(target=sms.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield (
            letters,
            {
                "REMONTA_SMTP": f"smtp://127.0.0.1:{mail.port}",
                "REMONTA_SMS": f"generic+http://127.0.0.1:{sms.server_port}/send",
                "REMONTA_SMS_KNOWS_REPEATS": "1",
            },
        )
    finally:
        mail.stop()
        sms.shutdown()
        thread.join()
        sms.server_close()
