"""Whether a job takes longer in a larger database: both are asked in turn, so a machine that is slow for a while is so
for both. `python -m tools.bench.growth --db sqlite --orders 10000 1000000`."""

import argparse
import json
import time
from collections.abc import Callable
from contextlib import ExitStack

from tools.bench.browser import Browser
from tools.bench.home import database
from tools.bench.jobs import JOBS, Job, Work
from tools.bench.run import WARM, median, module
from tools.bench.server import serving

CODES, CALLS, MOST = "cd", 300, 0.2


class Side:
    """One of the sizes: its server, the people signed in there, and what they look for."""

    def __init__(self, stack: ExitStack, db: str, orders: int) -> None:
        environment = stack.enter_context(database(orders, db, fresh=False))
        environment["DJANGO_SETTINGS_MODULE"] = "remonta.settings"
        known = json.loads(module(environment, "tools.bench.cast").splitlines()[-1])
        self.server = stack.enter_context(serving(environment))
        self.work = Work(known)
        self.people = {role: Browser(self.server.port).sign_in(token) for role, token in known["links"].items()}

    def timer(self, job: Job) -> Callable[[int], float]:
        """A fresh connection, and how many milliseconds the job with a number takes over it."""
        browser = self.people[job.role].again(self.server.port)

        def milliseconds(number: int) -> float:
            began = time.perf_counter()
            job.call(browser, self.work, number, {})
            return (time.perf_counter() - began) * 1000

        return milliseconds


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.bench.growth", description=__doc__)
    parser.add_argument("--db", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--orders", type=int, nargs=2, default=(10_000, 1_000_000), metavar=("SMALL", "LARGE"))
    asked = parser.parse_args()
    with ExitStack() as stack:
        sides = [Side(stack, asked.db, orders) for orders in asked.orders]
        for job in (job for job in JOBS if job.code in CODES):
            timers = [side.timer(job) for side in sides]
            taken = [[timer(number) for timer in timers] for number in range(WARM + CALLS)]
            small, large = (median(list(of_side)) for of_side in zip(*taken[WARM:], strict=True))
            said = "as wanted" if large < small * (1 + MOST) else "too much"
            print(f"{job.code} {job.name}: {small} → {large} ms, {large / small - 1:+.0%}, {said}", flush=True)


if __name__ == "__main__":
    main()
