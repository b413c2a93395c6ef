"""No committed file names a package registry's host or a place on somebody's machine."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-node.lock", "package-lock.json", ".npmrc")
IN_LOCKS = re.compile(r'"resolved"|index-url|find-links|trusted-host|registry\s*=|file:/')
# Written in pieces so that this file does not find itself.
PLACES = (("ro", "ot/"), ("ho", r"me/\w"), ("Use", r"rs/\w"), ("wo", "rk/"), ("tmp/te", "am"))
ANYWHERE = re.compile("|".join(f"/{start}{end}" for start, end in PLACES))
BINARY = {".png", ".jpg", ".webp", ".ico", ".woff2", ".ttf", ".gz", ".mo", ".sqlite3", ".pdf"}


def tracked() -> list[Path]:
    """Files under version control; in a copy without it, the files that would be."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        skipped = {".venv", "node_modules", "var", "build", "dist"}
        return [path for path in ROOT.rglob("*") if path.is_file() and not skipped & set(path.parts)]
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def findings(path: Path) -> Iterator[str]:
    if path.suffix in BINARY or not path.is_file():
        return
    rules = [ANYWHERE, IN_LOCKS] if path.name in LOCKS else [ANYWHERE]
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        if any(rule.search(line) for rule in rules):
            yield f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"


def main() -> int:
    found = [line for path in tracked() for line in findings(path)]
    print("\n".join(found) or "No host of a registry and no place on a machine is named.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
