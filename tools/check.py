"""Everything that can be said about the project without running it: `make check`."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.bootstrap import find_node

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTHON = sys.executable
DJANGO = (PYTHON, "-W", "error::DeprecationWarning:remonta", "-m", "django")
# The longest first: two run at a time.
CHECKS: dict[str, tuple[str, ...]] = {
    "types": (str(BIN / "mypy"),),
    "templates": (str(BIN / "djlint"), "remonta", "--lint"),
    "script types": (find_node(), "node_modules/typescript/bin/tsc", "--project", "jsconfig.json"),
    "translations": (PYTHON, "-m", "tools.check_translations"),
    "migrations": (*DJANGO, "makemigrations", "--check", "--dry-run"),
    "django": (*DJANGO, "check", "--fail-level", "WARNING"),
    "imports": (str(BIN / "lint-imports"), "--no-cache"),
    "format": (str(BIN / "ruff"), "format", "--check", "--output-format=concise", "."),
    "lint": (str(BIN / "ruff"), "check", "--output-format=concise", "."),
    "hosts": (PYTHON, "-m", "tools.check_hosts"),
}


def check(name: str) -> tuple[str, bool, float, str]:
    began = time.monotonic()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "remonta.settings", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        CHECKS[name],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return name, not done.returncode, time.monotonic() - began, done.stdout


def main() -> int:
    """All checks, two at a time; a failed one shows everything it said. Names as arguments choose some."""
    failed = []
    with ThreadPoolExecutor(2) as two:
        for name, fine, seconds, said in two.map(check, sys.argv[1:] or CHECKS):
            print(f"{name:<16}{'fine' if fine else 'FAILED':<8}{seconds:6.1f} s", flush=True)
            if not fine:
                failed.append(name)
                print(said, flush=True)
    print(f"checks: {len(sys.argv[1:] or CHECKS) - len(failed)} fine, {len(failed)} failed {' '.join(failed)}".rstrip())
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
