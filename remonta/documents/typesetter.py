"""Typst in confined, warm child processes: templates that people edit can neither harm nor hold up the server."""

import atexit
import base64
import json
import os
import queue
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image

from remonta.documents.confinement import Confinement
from remonta.kernel.refusals import Refused

SECONDS, START_SECONDS, PATIENCE = 5.0, 20.0, 30.0
PRESSES, SHEETS = 2, 2000
LARGEST = 32 << 20
MAIN, DATA = "main.typ", "data.json"
ENVIRONMENT = {
    "PYTHONPATH": str(Path(__file__).parents[2]),
    "MALLOC_ARENA_MAX": "2",
    "RAYON_NUM_THREADS": "1",
    "LC_ALL": "C.UTF-8",
}
PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}
PLACE = re.compile(r"([^/\s]+):(\d+):\d+")


class TemplateBroken(Refused):
    text = _("The form has an error in line %(line)s: %(reason)s")


class TemplateTooSlow(Refused):
    text = _("The form needs more time or memory than a form may use. Make it simpler and try again.")


class PrintingBusy(Refused):
    text = _("Too much is being printed at this moment. Please try again.")


class PressBroken(RuntimeError):
    """Typst or the fonts of settings.REMONTA_FONTS are not in place: a mistake of the installation."""


class Press:
    """One child process. Used by one thread at a time; after a time-out or a crash it is dead and another is made."""

    def __init__(self) -> None:
        self.sheets = 0
        with tempfile.TemporaryDirectory(prefix="press-", ignore_cleanup_errors=True) as root:
            self.connection, self.process = self._started(root)
            try:
                confinement, complaints = json.loads(self._answer(START_SECONDS))
            except TemplateTooSlow as silent:
                raise PressBroken("printing does not start: python -m remonta.documents.press fails") from silent
        self.confinement = Confinement(confinement)
        if complaints:
            self.close()
            raise PressBroken("; ".join(complaints))

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def compile(self, head: dict[str, object], files: Mapping[str, bytes]) -> bytes:
        """The raw answer of the child; raises TemplateTooSlow when there is none in time."""
        self.sheets += 1
        try:
            self.connection.send_bytes(json.dumps({**head, "names": list(files)}).encode())
            for content in files.values():
                self.connection.send_bytes(content)
            return self._answer(SECONDS)
        except OSError as dead:
            self.close()
            raise TemplateTooSlow from dead

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.connection.close()

    def _answer(self, seconds: float) -> bytes:
        try:
            if self.connection.poll(seconds):
                return self.connection.recv_bytes(LARGEST)
        except (EOFError, OSError):
            pass
        self.close()
        raise TemplateTooSlow

    @staticmethod
    def _started(root: str) -> "tuple[Connection, subprocess.Popen[bytes]]":
        """The child has nothing of ours but one end of a pipe; when the server dies, it reads the end and goes."""
        here, there = Pipe()
        with there:
            end = there.fileno()
            places = (str(end), str(settings.REMONTA_FONTS), root)
            none = subprocess.DEVNULL
            command = (sys.executable, "-s", "-m", "remonta.documents.press", *places)
            return here, subprocess.Popen(
                command, pass_fds=(end,), env=ENVIRONMENT, stdin=none, stdout=none, stderr=none
            )


class Typesetter:
    """A few presses shared by all threads of the process; started when first needed."""

    def __init__(self) -> None:
        self._owner = os.getpid()
        self._idle = self._empty()

    def render(
        self,
        source: str,
        data: Mapping[str, object],
        *,
        assets: Mapping[str, bytes] | None = None,
        made_at: int = 0,
        kit: str = "",
        alone: bool = False,
    ) -> bytes:
        """The PDF of a template and its data; the same input gives the same bytes.

        The template reads `json("data.json")` and each asset by its name, which ends in `.svg`; PNG and JPEG are
        wrapped. `made_at` (seconds since 1970) is the date inside the PDF; `kit` is what `#import "kit.typ"` finds.
        `alone` takes a fresh press and ends it: a press keeps what it has set in memory, and that is bounded.
        Raises TemplateBroken, TemplateTooSlow, PrintingBusy.
        """
        return self._pages(source, data, assets, made_at, kit, "pdf", alone=alone)[0]

    def pictures(
        self,
        source: str,
        data: Mapping[str, object],
        *,
        assets: Mapping[str, bytes] | None = None,
        kit: str = "",
        ppi: float = 110,
    ) -> list[bytes]:
        """Each page as PNG, for the preview."""
        return self._pages(source, data, assets, 0, kit, "png", ppi)

    def confinement(self) -> Confinement:
        """How well the presses are locked in on this machine; starts one."""
        with self._press() as press:
            return press.confinement

    def close(self) -> None:
        """Ends the presses; the next sheet starts new ones."""
        presses, self._idle = self._idle, self._empty()
        while not presses.empty():
            if press := presses.get_nowait():
                press.close()

    def _pages(
        self,
        source: str,
        data: Mapping[str, object],
        assets: Mapping[str, bytes] | None,
        made_at: int,
        kit: str,
        form: str,
        ppi: float | None = None,
        alone: bool = False,
    ) -> list[bytes]:
        files = {name: as_svg(content) for name, content in (assets or {}).items()}
        files |= {DATA: json.dumps(data, ensure_ascii=False).encode(), "kit.typ": kit.encode(), MAIN: source.encode()}
        files = {MAIN: files.pop(MAIN), **files}
        head = {"format": form, "made_at": made_at, "ppi": ppi, "seconds": SECONDS + 1}
        with self._press(alone) as press:
            answer = press.compile(head, files)
        if answer[:1] == b"E":
            raise _complaint(*json.loads(answer[1:]))
        return list(_cut(answer[1:]))

    @contextmanager
    def _press(self, alone: bool = False) -> Iterator[Press]:
        if self._owner != os.getpid():
            self._reset()
        idle = self._idle
        try:
            press = idle.get(timeout=PATIENCE)
        except queue.Empty as busy:
            raise PrintingBusy from busy
        try:
            if press and (alone or not press.alive or press.sheets >= SHEETS):
                press.close()
                press = None
            press = press or Press()
            yield press
            if alone:
                press.close()
        finally:
            idle.put(press if press and press.alive else None)

    def _reset(self) -> None:
        """After a fork the presses belong to the parent."""
        self._owner = os.getpid()
        self._idle = self._empty()

    @staticmethod
    def _empty() -> "queue.LifoQueue[Press | None]":
        places: queue.LifoQueue[Press | None] = queue.LifoQueue()
        for _place in range(PRESSES):
            places.put(None)
        return places


def as_svg(content: bytes) -> bytes:
    """An SVG as it is; a PNG or JPEG wrapped in one, because Typst takes its files as text here."""
    kind = {b"\x89PNG": "image/png", b"\xff\xd8\xff\xe0": "image/jpeg", b"\xff\xd8\xff\xe1": "image/jpeg"}.get(
        content[:4]
    )
    if kind is None:
        return content
    picture = base64.b64encode(content).decode()
    wide, high = Image.open(BytesIO(content)).size
    frame = f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">'
    return f'{frame}<image width="{wide}" height="{high}" href="data:{kind};base64,{picture}"/></svg>'.encode()


def _complaint(message: str, diagnostic: str) -> TemplateBroken:
    places = PLACE.findall(diagnostic)
    line = next((number for name, number in places if name == MAIN), places[0][1] if places else "?")
    return TemplateBroken(line=line, reason=message.split(" (")[0])


def _cut(answer: bytes) -> Iterator[bytes]:
    while answer:
        size = int.from_bytes(answer[:4], "big")
        yield answer[4 : 4 + size]
        answer = answer[4 + size :]


TYPESETTER = Typesetter()
atexit.register(TYPESETTER.close)
