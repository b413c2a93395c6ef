"""Builds the release wheel: with collected static files, fonts, cities and translations, so operators need no Node."""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tools.messages import compile_all

ROOT = Path(__file__).resolve().parents[1]
PLAIN = ("pyproject.toml", "requirements.in", "LICENSE", "README.md")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "tests", "static_root", "cities.*", "*.egg-info")
# Every wheel must hold at least one file that ends like this; the last two are the largest things Node and fonts make.
NEEDED = (
    "remonta/settings.py",
    "remonta/cli/main.py",
    "static_root/staticfiles.json",
    "fonts/NotoSans.ttf",
    "fonts/NotoSansSC.ttf",
    "customers/data/cities.sqlite3",
    "locale/pl/LC_MESSAGES/django.mo",
    "/migrations/0001_initial.py",
    ".html",
)


def collect_static(tree: Path, home: Path) -> None:
    """Django's collectstatic inside the copy, with the browser parts of the checkout."""
    settings = {
        "DJANGO_SETTINGS_MODULE": "remonta.settings",
        "PYTHONPATH": str(tree),
        "REMONTA_HOME": str(home),
        "REMONTA_NODE_MODULES": str(ROOT / "node_modules"),
    }
    command = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, cwd=tree, env={**os.environ, **settings}, check=True)


def lay_out(tree: Path) -> None:
    """A copy of the sources with everything beside it that set-up makes."""
    shutil.copytree(ROOT / "remonta", tree / "remonta", ignore=LEFT_OUT)
    for name in PLAIN:
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, tree / name)
    shutil.copytree(ROOT / "var" / "fonts", tree / "remonta" / "documents" / "fonts", dirs_exist_ok=True)
    (tree / "remonta" / "customers" / "data").mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "var" / "cities.sqlite3", tree / "remonta" / "customers" / "data")
    compile_all(tree / "remonta" / "locale")


def build(tree: Path, target: Path) -> Path:
    switches = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "wheel", *switches, "--wheel-dir", str(target), str(tree)]
    subprocess.run(command, check=True)
    [wheel] = target.glob("remonta-*.whl")
    return wheel


def missing_from(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
    return [needed for needed in NEEDED if not any(name.endswith(needed) for name in names)]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="remonta-wheel-") as folder:
        tree, built = Path(folder) / "tree", Path(folder) / "built"
        tree.mkdir()
        lay_out(tree)
        collect_static(tree, Path(folder) / "home")
        wheel = build(tree, built)
        if missing := missing_from(wheel):
            print(f"The wheel lacks: {', '.join(missing)}", file=sys.stderr)
            return 1
        (ROOT / "dist").mkdir(exist_ok=True)
        shutil.copy(wheel, ROOT / "dist" / wheel.name)
        print(f"dist/{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
