"""QR codes and Code 128 as SVG, black on white, with edges that stay sharp on label printers."""

import re

import zxingcpp

WIDTH = re.compile(rb'<svg width="(\d+)"')


class Unprintable(ValueError):
    """A text that the symbology cannot carry: a mistake of the caller, who chooses what stands in a code."""


def qr_code(text: str, *, level: str = "M") -> bytes:
    """A QR code (ISO/IEC 18004) without its quiet zone; the form leaves four modules of white around it."""
    return _svg(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)


def code_128(text: str) -> bytes:
    """A Code 128 (ISO/IEC 15417) without its quiet zone and text; the form leaves ten modules of white beside it."""
    if not (text.isascii() and text.isprintable()):
        raise Unprintable(text)
    return _svg(text, zxingcpp.BarcodeFormat.Code128)


def modules(svg: bytes) -> int:
    """How many modules wide the drawn code is: forms make a module a whole number of the printer's dots."""
    found = WIDTH.search(svg)
    return int(found[1]) if found else 0


def _svg(text: str, symbology: zxingcpp.BarcodeFormat, **how: str) -> bytes:
    try:
        barcode = zxingcpp.create_barcode(text, symbology, **how)
    except ValueError as refused:
        raise Unprintable(text) from refused
    drawn: str = zxingcpp.write_barcode_to_svg(barcode, add_quiet_zones=False)
    return drawn.replace('version="1.1"', 'version="1.1" shape-rendering="crispEdges"', 1).encode()
