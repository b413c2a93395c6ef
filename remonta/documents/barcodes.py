"""QR codes and Code 128 as SVG, drawn black on nothing, so that they print sharp at any size."""

import zxingcpp


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


def _svg(text: str, symbology: zxingcpp.BarcodeFormat, **how: str) -> bytes:
    try:
        barcode = zxingcpp.create_barcode(text, symbology, **how)
    except ValueError as refused:
        raise Unprintable(text) from refused
    drawn: str = zxingcpp.write_barcode_to_svg(barcode, add_quiet_zones=False)
    return drawn.replace('version="1.1"', 'version="1.1" shape-rendering="crispEdges"', 1).encode()
