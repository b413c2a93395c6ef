"""Who may write next: threads take a place in a line, processes take turns, and nobody starves."""

import fcntl
import os
from collections import deque
from contextlib import suppress
from pathlib import Path
from threading import Lock


class ThreadLine:
    """First come, first served among the threads of one process."""

    def __init__(self) -> None:
        self._mutex = Lock()
        self.taken = False
        self._waiting: deque[Lock] = deque()

    def enter(self, timeout: float) -> bool:
        """Waits for the place at the front; False when it did not come in time."""
        with self._mutex:
            if not self.taken:
                self.taken = True
                return True
            place = Lock()
            place.acquire()
            self._waiting.append(place)
        try:
            if place.acquire(timeout=timeout):
                return True
        except BaseException:
            if not self._step_out(place):
                self.leave()
            raise
        return not self._step_out(place)

    def leave(self) -> None:
        """Gives the front to who has waited longest."""
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self.taken = False

    def __len__(self) -> int:
        return len(self._waiting)

    def _step_out(self, place: Lock) -> bool:
        """Out of the line; False when the front was handed over in this very moment."""
        with self._mutex, suppress(ValueError):
            self._waiting.remove(place)
            return True
        return False


class ProcessTurn:
    """Locks of the operating system on two files beside the database; they end with the process that held them.

    Who has written must pass the gate again, and behind the gate somebody else may already stand.
    """

    def __init__(self, database: Path) -> None:
        self._gate = self._open(database, "-gate")
        self._turn = self._open(database, "-turn")

    def enter(self) -> None:
        """Waits without a limit: the line of threads has the limit, so at most one thread of a process stands here."""
        fcntl.flock(self._gate, fcntl.LOCK_EX)
        try:
            fcntl.flock(self._turn, fcntl.LOCK_EX)
        finally:
            fcntl.flock(self._gate, fcntl.LOCK_UN)

    def leave(self) -> None:
        """Lets the next process write."""
        fcntl.flock(self._turn, fcntl.LOCK_UN)

    def close(self) -> None:
        """Closes the two files; who shares them after a fork keeps its locks."""
        for handle in (self._gate, self._turn):
            with suppress(OSError):
                os.close(handle)

    @staticmethod
    def _open(database: Path, suffix: str) -> int:
        return os.open(f"{database}{suffix}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


class WriteQueue:
    """The one way to the write lock of one database."""

    def __init__(self, database: Path | None) -> None:
        self.line = ThreadLine()
        self._turn = ProcessTurn(database) if database else None

    def enter(self, timeout: float) -> bool:
        """Waits until this thread may write; False after `timeout` seconds behind other threads."""
        if not self.line.enter(timeout):
            return False
        try:
            if self._turn:
                self._turn.enter()
        except BaseException:
            self.line.leave()
            raise
        return True

    def leave(self) -> None:
        """The next one may write."""
        try:
            if self._turn:
                self._turn.leave()
        finally:
            self.line.leave()

    def close(self) -> None:
        """Forgets the files."""
        if self._turn:
            self._turn.close()


_queues: dict[str, WriteQueue] = {}
_making = Lock()


def queue_of(name: str, *, in_memory: bool) -> WriteQueue:
    """The queue of a database, one for the process. A database in memory needs no turns among processes."""
    key = name if in_memory else str(Path(name).resolve())
    with _making:
        if key not in _queues:
            _queues[key] = WriteQueue(None if in_memory else Path(key))
        return _queues[key]


def _start_anew() -> None:
    """A forked child has its own line and its own files: a lock inherited with a file would be its parent's."""
    global _making
    _making = Lock()
    for queue in _queues.values():
        queue.close()
    _queues.clear()


os.register_at_fork(after_in_child=_start_anew)
