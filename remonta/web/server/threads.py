"""Threads for pages: what is new goes to whoever is free first, what goes on stays with the thread that began it.

So a page finds its database connection, its language and its time zone again at every step. Who works next is decided
in the event loop only, so nothing here needs a lock.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread


class Step:
    """A piece of work and what will come of it."""

    def __init__(self, work: Callable[[], bytes]) -> None:
        self._work = work
        self.result: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    def run(self, done: Callable[[], None]) -> None:
        """In a thread: works, and tells the event loop; a loop that is closed wants to know nothing."""
        made: bytes | BaseException
        try:
            made = self._work()
        except BaseException as error:
            made = error
        with suppress(RuntimeError):
            self.result.get_loop().call_soon_threadsafe(self._tell, made, done)

    def _tell(self, made: bytes | BaseException, done: Callable[[], None]) -> None:
        done()
        if self.result.done():
            return
        if isinstance(made, BaseException):
            self.result.set_exception(made)
        else:
            self.result.set_result(made)


class Worker:
    """One thread, and the steps that only it may do."""

    def __init__(self, name: str) -> None:
        self._given: SimpleQueue[tuple[Step, Callable[[], None]] | None] = SimpleQueue()
        self.thread = Thread(target=self._run, name=name, daemon=True)
        self.own: deque[Step] = deque()
        self.busy = False

    def give(self, step: Step, done: Callable[[], None]) -> None:
        """Starts a step."""
        self.busy = True
        self._given.put((step, done))

    def dismiss(self) -> None:
        """No more steps will come."""
        self._given.put(None)

    def _run(self) -> None:
        while given := self._given.get():
            step, done = given
            step.run(done)


class Turn:
    """The steps of one page, all in one thread."""

    def __init__(self, threads: "Threads") -> None:
        self._threads = threads
        self._worker: Worker | None = None
        self.given_up = False

    @property
    def begun(self) -> bool:
        """Whether a thread has taken its first step."""
        return self._worker is not None

    def start(self, work: Callable[[], bytes]) -> "asyncio.Future[bytes]":
        """Queues the next step."""
        step = Step(work)
        if self._worker:
            self._worker.own.append(step)
        else:
            self._threads.new.append((self, step))
        self._threads.give_out()
        return step.result

    def taken_by(self, worker: Worker) -> None:
        """From now on that thread does all its steps."""
        self._worker = worker

    def finish(self, last: Callable[[], bytes] | None) -> None:
        """Queues a last step where there is one, after the step in hand; what was never begun is not begun any more."""
        self.given_up = True
        if last and self._worker:
            self.start(last)


class Threads:
    """A fixed number of threads."""

    def __init__(self, count: int) -> None:
        self._workers = [Worker(f"page-{number}") for number in range(count)]
        self.new: deque[tuple[Turn, Step]] = deque()
        for worker in self._workers:
            worker.thread.start()

    def give_out(self) -> None:
        """Hands steps to free threads: first what they have begun, then what is new, in the order it came."""
        for worker in self._workers:
            if not worker.busy and (step := self._next_for(worker)):
                worker.give(step, lambda worker=worker: self._done(worker))  # type: ignore[misc]

    async def shut_down(self) -> None:
        """Waits for the steps in hand."""
        for worker in self._workers:
            worker.dismiss()
            await asyncio.to_thread(worker.thread.join)

    def _next_for(self, worker: Worker) -> Step | None:
        if worker.own:
            return worker.own.popleft()
        while self.new:
            turn, step = self.new.popleft()
            if not turn.given_up:
                turn.taken_by(worker)
                return step
        return None

    def _done(self, worker: Worker) -> None:
        worker.busy = False
        self.give_out()
