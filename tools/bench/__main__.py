"""The words of the command line; everything heavy is started as a process of its own."""

import argparse
import sys
from pathlib import Path

from tools.bench.report import save, show
from tools.bench.run import bench
from tools.postgres import NoPostgres

CALLS, QUICK_CALLS = 300, 40


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--orders", type=int, default=10_000, help="how many orders the database holds (10000)")
    parser.add_argument("--db", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--out", type=Path, default=Path("var/bench.json"), help="everything measured, as JSON")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_CALLS} calls for each median, not {CALLS}")
    parser.add_argument("--fresh", action="store_true", help="fill the database anew")
    asked = parser.parse_args()
    try:
        measured = bench(asked.orders, asked.db, QUICK_CALLS if asked.quick else CALLS, fresh=asked.fresh)
    except NoPostgres as problem:
        print(problem, file=sys.stderr)
        return 1
    save(measured, asked.out)
    show(measured)
    return 0


if __name__ == "__main__":
    sys.exit(main())
