"""Every text of the product is translated into every language: nothing missing, doubtful, new or out of shape."""

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

from tools.messages import LANGUAGES, ROOT, update

FORMS = re.compile(r"nplurals=(\d)")
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w+)\}|(%[sd])")


def names_in(text: str) -> set[str]:
    return {next(filter(None, found)) for found in PLACEHOLDER.findall(text)}


def problems_of(entry: polib.POEntry, forms: int) -> Iterator[str]:
    """What is wrong with one translated text, in a language that counts in so many forms."""
    said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.msgid_plural and len(said) != forms:
        yield f"has {len(said)} plural forms, not {forms}"
    if not said or not all(said):
        yield "is not translated"
        return
    if entry.fuzzy:
        yield "is only guessed (fuzzy)"
    known = names_in(entry.msgid) | names_in(entry.msgid_plural)
    if any(not names_in(form) <= known for form in said):
        yield "names something that the English text does not"
    if not entry.msgid_plural and names_in(entry.msgid) - names_in(entry.msgstr):
        yield "leaves out a value"


def findings(locale: Path, collected: Path) -> Iterator[str]:
    for language in LANGUAGES:
        text = locale / language / "LC_MESSAGES" / "django.po"
        if not text.exists():
            yield f"{language}: there is no {text.relative_to(locale.parent)}"
            continue
        file = polib.pofile(str(text))
        forms = int((FORMS.findall(file.metadata.get("Plural-Forms", "")) or ["0"])[0])
        ours = {(entry.msgctxt, entry.msgid): entry for entry in file if not entry.obsolete}
        for entry in ours.values():
            yield from (f"{language}: “{entry.msgid[:70]}” {problem}" for problem in problems_of(entry, forms))
        fresh = polib.pofile(str(collected / language / "LC_MESSAGES" / "django.po"))
        wanted = {(entry.msgctxt, entry.msgid) for entry in fresh if not entry.obsolete}
        yield from (
            f"{language}: “{msgid[:70]}” is new: make messages" for _, msgid in sorted_texts(wanted - ours.keys())
        )
        yield from (f"{language}: “{msgid[:70]}” is used nowhere" for _, msgid in sorted_texts(ours.keys() - wanted))


def sorted_texts(texts: set[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(texts, key=lambda text: text[1])


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="remonta-texts-") as folder:
        copy = Path(folder) / "remonta"
        skipped = shutil.ignore_patterns("__pycache__", "static_root", "static", "fonts", "*.sqlite3", "*.ttf")
        shutil.copytree(ROOT / "remonta", copy, ignore=skipped)
        update(copy)
        found = list(findings(ROOT / "remonta" / "locale", copy / "locale"))
    print("\n".join(found) or f"All texts are there in {', '.join(LANGUAGES)}.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
