"""Set-up from bare Python, without questions: environment, browser parts, fonts, cities, translations."""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / "bin"
STAMPS = ROOT / "var" / "stamps"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20
LAUNCHER = """#!{python}
# Starts Remonta from this checkout.
import sys

from remonta.cli.main import main

sys.exit(main())
"""


class SetupProblem(Exception):
    """Set-up cannot go on; the text says what the person can do."""


def digest(paths: Iterable[Path]) -> str:
    """One hash over the contents of the files, in their order."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()


def step(name: str, work: Callable[[], None], inputs: Iterable[Path], outputs: Iterable[Path], stamp: Path) -> None:
    """Does the work unless its outputs stand and were made from the same inputs; says how long it took."""
    began, key = time.monotonic(), digest(inputs)
    fresh = stamp.exists() and stamp.read_text() == key and all(path.exists() for path in outputs)
    if not fresh:
        work()
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(key)
    print(f"{name:<42}{'as it was' if fresh else 'done':<10}{time.monotonic() - began:6.1f} s", flush=True)


def call(*command: str | Path, **environment: str) -> None:
    """Runs a command in the checkout; what it said is shown only when it failed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SetupProblem(f"{done.stdout}\nThis command failed: {' '.join(map(str, command))}")


def make_environment() -> None:
    """A virtual environment of the running Python, unless there is one."""
    if (BIN / "python").exists():
        return
    try:
        call(sys.executable, "-m", "venv", VENV)
    except SetupProblem as problem:
        version = "{}.{}".format(*sys.version_info)
        hint = f"On Debian and Ubuntu this installs what is missing: apt-get install python{version}-venv"
        raise SetupProblem(f"{problem}\nPython could not make a virtual environment. {hint}") from problem


def install_python_parts(locks: list[Path]) -> None:
    wanted = [part for lock in locks for part in ("-r", lock)]
    quiet = ("--quiet", "--no-input", "--disable-pip-version-check")
    call(BIN / "python", "-m", "pip", "install", *quiet, "--require-hashes", *wanted)


def link_checkout() -> None:
    """Makes `remonta` a program of the environment that runs the checkout's own files."""
    [packages] = VENV.glob("lib/python3.*/site-packages")
    (packages / "remonta-checkout.pth").write_text(f"{ROOT}\n")
    launcher = BIN / "remonta"
    launcher.write_text(LAUNCHER.format(python=BIN / "python"))
    launcher.chmod(0o755)


def find_node() -> str:
    """The machine's Node when it is new enough and has npm, else the one beside our Python."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return str(BIN / "node")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", version)
    return node if found and int(found.group(1)) >= OLDEST_NODE else str(BIN / "node")


def install_browser_parts(dev: bool) -> None:
    """npm ci with the machine's Node, else with the one that pip can bring; no install script runs."""
    npm: str | Path = "npm"
    path = os.environ.get("PATH", "")
    if find_node() == str(BIN / "node"):
        install_python_parts([ROOT / "requirements-node.lock"])
        npm, path = BIN / "npm", f"{BIN}{os.pathsep}{path}"
    switches = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *([] if dev else ["--omit=dev"])]
    call(npm, "ci", *switches, PATH=path)


def make_with(tool: str) -> Callable[[], None]:
    return lambda: call(BIN / "python", ROOT / "tools" / tool)


def set_up_python(dev: bool) -> None:
    runtime, extra = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
    step("Python environment", make_environment, [], [BIN / "python"], VENV / ".made")
    full = VENV / ".installed-dev"
    wanted, stamp = ([runtime, extra], full) if dev else ([runtime], VENV / ".installed")
    if not dev and full.exists() and full.read_text() == digest([runtime, extra]):
        wanted, stamp = [runtime, extra], full
    step("Python parts", lambda: install_python_parts(wanted), wanted, [], stamp)
    step("The remonta program", link_checkout, [Path(__file__)], [BIN / "remonta"], VENV / ".linked")


def set_up_browser(dev: bool) -> None:
    parts = [ROOT / "package.json", ROOT / "package-lock.json"]
    modules = ROOT / "node_modules"
    full = modules / ".installed-dev"
    dev = dev or (full.exists() and full.read_text() == digest(parts))
    stamp = full if dev else modules / ".installed"
    step("Browser parts", lambda: install_browser_parts(dev), parts, [modules / ".package-lock.json"], stamp)


def set_up_data() -> None:
    tools, var = ROOT / "tools", ROOT / "var"
    fonts = [var / "fonts" / f"{face}.ttf" for face in ("NotoSans", "NotoSans-Bold", "NotoSansSC", "NotoSansSC-Bold")]
    lock = ROOT / "package-lock.json"
    step("Fonts for printing", make_with("fonts.py"), [tools / "fonts.py", lock], fonts, STAMPS / "fonts")
    cities, names = tools / "cities.py", ROOT / "requirements-setup.in"
    step("Table of cities", make_with("cities.py"), [cities, names], [var / "cities.sqlite3"], STAMPS / "cities")
    locale = ROOT / "remonta" / "locale"
    texts = sorted(locale.rglob("*.po"))
    compiled = [text.with_suffix(".mo") for text in texts]
    step("Translations", make_with("messages.py"), [tools / "messages.py", *texts], compiled, STAMPS / "translations")


def set_up(dev: bool) -> None:
    if sys.version_info[:2] < OLDEST_PYTHON:
        raise SetupProblem(
            f"Remonta needs Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or newer; this is {sys.version.split()[0]}. "
            "Install it, then say for example: make setup PYTHON=python3.11"
        )
    if os.name != "posix":
        raise SetupProblem("Remonta is set up on Linux or macOS; on Windows use WSL.")
    set_up_python(dev)
    set_up_browser(dev)
    set_up_data()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what the tests and checks need")
    began = time.monotonic()
    try:
        set_up(parser.parse_args().dev)
    except SetupProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"{'Ready':<52}{time.monotonic() - began:6.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
