"""Translations: `compile` works without gettext's programs (set-up); `update` collects what is new from the sources."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("ru", "pl", "zh_Hans")
IGNORED = ("*/tests/*", "*/migrations/*", "web/static_root/*", "*/static/vendor/*")


def compile_all(locale: Path) -> int:
    """Writes a .mo beside every .po; returns how many there are."""
    texts = sorted(locale.rglob("*.po"))
    for text in texts:
        polib.pofile(str(text)).save_as_mofile(str(text.with_suffix(".mo")))
    return len(texts)


def require_gettext() -> None:
    """Collecting needs xgettext; on Debian root gets it, others a sentence."""
    if shutil.which("xgettext") and shutil.which("msgmerge"):
        return
    if os.geteuid() == 0 and Path("/etc/debian_version").exists():
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (("update", "-q"), ("install", "-y", "-q", "gettext")):
            subprocess.run(["apt-get", *command], check=False, env=quiet, stdout=subprocess.DEVNULL)
    if not shutil.which("xgettext"):
        raise SystemExit("Collecting texts needs gettext: install it (Debian: apt-get install gettext).")


def update(package: Path) -> None:
    """Collects the texts of the package into its own locale folder, for all languages."""
    require_gettext()
    (package / "locale").mkdir(exist_ok=True)
    languages = [part for language in LANGUAGES for part in ("-l", language)]
    ignored = [part for pattern in IGNORED for part in ("-i", pattern)]
    settings = {"DJANGO_SETTINGS_MODULE": "remonta.settings", "PYTHONPATH": str(ROOT)}
    switches = ["--no-wrap", "--no-obsolete", "--add-location", "file", "-e", "html,txt,py"]
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", *languages, *ignored, *switches, "-v", "0"],
        cwd=package,
        env={**os.environ, **settings},
        check=True,
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update(ROOT / "remonta")
    else:
        print(f"{compile_all(ROOT / 'remonta' / 'locale')} files of translations")
