"""From frozen data to pages: printable text, barcodes as pictures, the template that was in force."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

from remonta.documents.barcodes import Unprintable, code_128, modules, qr_code
from remonta.documents.printable import printable_data
from remonta.documents.typesetter import TYPESETTER

BUILT_IN = Path(__file__).parent / "typst"
SYMBOLOGIES = {"qr": qr_code, "bar": code_128}
LOGO = "logo.svg"


@cache
def built_in(code: str) -> str:
    """The Typst source of a form as it was delivered."""
    return (BUILT_IN / f"{code}.typ").read_text()


def built_in_kit() -> str:
    """What the delivered forms share."""
    return built_in("kit")


def pdf(
    source: str, kit: str, data: Mapping[str, object], *, made_at: int = 0, logo: bytes = b"", alone: bool = False
) -> bytes:
    """The same source, kit, data and logo give the same bytes; `alone` is for what is large: in a press of its own."""
    ready, assets = prepared(data, logo)
    return TYPESETTER.render(source, ready, assets=assets, made_at=made_at, kit=kit, alone=alone)


def pictures(source: str, kit: str, data: Mapping[str, object], *, logo: bytes = b"", ppi: float = 110) -> list[bytes]:
    """Each page as PNG."""
    ready, assets = prepared(data, logo)
    return TYPESETTER.pictures(source, ready, assets=assets, kit=kit, ppi=ppi)


def prepared(data: Mapping[str, object], logo: bytes = b"") -> tuple[dict[str, object], dict[str, bytes]]:
    """Clean data, and the pictures it names: each `{"qr": text}` or `{"bar": text}` becomes a file of its own."""
    assets: dict[str, bytes] = {}
    ready = cast(dict[str, object], printable_data(_drawn(dict(data), assets)))
    if logo:
        assets[LOGO] = logo
    return ready | {"logo": LOGO if logo else None}, assets


def _drawn(value: object, assets: dict[str, bytes]) -> object:
    if isinstance(value, list | tuple):
        return [_drawn(part, assets) for part in value]
    if not isinstance(value, dict):
        return value
    [(name, text), *others] = [*value.items()] or [("", None)]
    if name in SYMBOLOGIES and not others and isinstance(text, str):
        image = f"{name}-{len(assets)}.svg"
        try:
            assets[image] = SYMBOLOGIES[name](text)
        except Unprintable:  # a number in Cyrillic has no Code 128: the paper comes without, its QR code says it all
            return None
        return {"text": text, "image": image, "modules": modules(assets[image])}
    return {key: _drawn(part, assets) for key, part in value.items()}
