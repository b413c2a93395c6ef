"""Finds the browser for the stories, and on Debian as root installs it; prints its path."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW = "No Chromium was found: install it (Debian: apt-get install chromium) or name its program in REMONTA_CHROMIUM."


class NoChromium(Exception):
    """There is no browser, and it could not be installed; the text says what to do."""


def candidates() -> Iterator[Path]:
    if chosen := os.environ.get("REMONTA_CHROMIUM"):
        yield Path(chosen)
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    for pattern in ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium"):
        yield from sorted(cache.glob(pattern), reverse=True)
    yield Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def find() -> Path | None:
    """The first browser that is there; a name in REMONTA_CHROMIUM goes before all others."""
    return next((path for path in candidates() if path.is_file() and os.access(path, os.X_OK)), None)


def install() -> None:
    """Debian's own package, without questions."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (("update", "-q"), ("install", "-y", "-q", "--no-install-recommends", "chromium")):
        subprocess.run(["apt-get", *command], check=False, env=quiet, stdout=sys.stderr, stdin=subprocess.DEVNULL)


def chromium() -> Path:
    """The browser's program, installed first where that needs nobody's leave."""
    found = find()
    if not found and os.geteuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get"):
        install()
        found = find()
    if not found:
        raise NoChromium(HOW)
    return found


if __name__ == "__main__":
    try:
        print(chromium())
    except NoChromium as problem:
        sys.exit(str(problem))
