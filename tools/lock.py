"""Makes the lock files anew from the .in files: exact versions and hashes, no host of a registry. `make lock`."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = Path(sys.executable).parent / "uv"
QUIET = ("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--quiet")
SWITCHES = ("--universal", "--generate-hashes", "--python-version", "3.11", *QUIET)
# What the tests need stands on the versions that the product runs with.
LOCKS: dict[str, tuple[str, ...]] = {
    "requirements.lock": ("requirements.in", "requirements-setup.in"),
    "requirements-dev.lock": ("requirements-dev.in", "-c", "requirements.lock"),
    "requirements-node.lock": ("requirements-node.in",),
}


def main() -> int:
    """Keeps the locked versions as far as the .in files allow; --upgrade (as argument) takes the newest."""
    for lock, sources in LOCKS.items():
        subprocess.run(
            [str(UV), "pip", "compile", *SWITCHES, *sys.argv[1:], *sources, "-o", lock], cwd=ROOT, check=True
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
