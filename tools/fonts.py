"""Makes the fonts that printing needs, as TrueType in var/fonts, from the locked packages."""

import shutil
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
PARTS = ROOT / "node_modules"
LATIN_AND_CYRILLIC = {"NotoSans": "400Regular/NotoSans_400Regular", "NotoSans-Bold": "700Bold/NotoSans_700Bold"}
CHINESE = {"NotoSansSC": 400, "NotoSansSC-Bold": 700}
SAMPLE = "ąćęłńóśźż ЩЫЭЮЯщыэюя ₽ zł € № 0123456789"
CHINESE_SAMPLE = "维修单接收客户"


def check(font: Path, sample: str) -> None:
    """A font that cannot write our languages must not reach the printer."""
    known = TTFont(font).getBestCmap()
    missing = {letter for letter in sample if ord(letter) not in known}
    if missing:
        raise SystemExit(f"{font.name} cannot write: {' '.join(sorted(missing))}")


def make_fonts(target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for name, source in LATIN_AND_CYRILLIC.items():
        shutil.copyfile(PARTS / "@expo-google-fonts" / "noto-sans" / f"{source}.ttf", target / f"{name}.ttf")
        check(target / f"{name}.ttf", SAMPLE)
    for name, weight in CHINESE.items():
        packed = PARTS / f"@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-{weight}-normal.woff2"
        with TTFont(packed) as font:
            font.flavor = None
            font.save(target / f"{name}.ttf")
        check(target / f"{name}.ttf", CHINESE_SAMPLE)


if __name__ == "__main__":
    make_fonts(ROOT / "var" / "fonts")
