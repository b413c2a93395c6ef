"""The confined child that runs Typst: `python -m remonta.documents.press CONNECTION FONTS ROOT`. Knows no Django."""

import json
import signal
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Literal, cast

import typst

from remonta.documents.confinement import limit, lock_in, separate

FAMILIES = ("Noto Sans", "Noto Sans SC", "DejaVu Sans Mono")
WARM_UP = """#set text(font: ({families}))
Ąж维 *Ąж维* ☑ #image(bytes("<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>"))"""


@dataclass(frozen=True)
class Order:
    """One sheet to draw, as the server sends it: then come the files, each by itself."""

    format: Literal["pdf", "png"]
    names: tuple[str, ...]
    made_at: int
    ppi: float | None
    seconds: float


def main(connection: Connection, fonts: str, root: str) -> None:
    """Limits, own namespaces, fonts into memory, the door locked; then one sheet after the other."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which may still be printing
    limit()
    separated = separate()
    compiler = typst.Compiler(b"", root=root, font_paths=typst.Fonts(False, True, [fonts]))
    families = ", ".join(f'"{family}"' for family in FAMILIES)
    _, complaints = compiler.compile_with_warnings(WARM_UP.format(families=families).encode(), format="pdf")
    confinement = lock_in(separated, root)
    connection.send_bytes(json.dumps([confinement, [complaint.message for complaint in complaints]]).encode())
    while True:
        order, files = _received(connection)
        signal.setitimer(signal.ITIMER_REAL, order.seconds)  # unanswered, the signal ends the process
        answer = _sheet(compiler, order, files)
        signal.setitimer(signal.ITIMER_REAL, 0)
        connection.send_bytes(answer)


def _received(connection: Connection) -> tuple[Order, dict[str, bytes]]:
    try:
        order = Order(**json.loads(connection.recv_bytes()))
        return order, {name: connection.recv_bytes() for name in order.names}
    except EOFError:
        sys.exit(0)


def _sheet(compiler: typst.Compiler, order: Order, files: dict[str, bytes]) -> bytes:
    """`P` and the pages, or `E` with what Typst says; a warning is an error, a missing font is a warning.

    The stubs of typst do not know that several files can be given as a dictionary, the first of them the main one.
    """
    try:
        result, complaints = compiler.compile_with_warnings(
            cast(Any, files), format=order.format, timestamp=order.made_at, ppi=order.ppi
        )
    except typst.TypstError as error:
        return b"E" + json.dumps([error.message, error.diagnostic]).encode()
    if complaints:
        return b"E" + json.dumps([complaints[0].message, complaints[0].diagnostic]).encode()
    pages = result if isinstance(result, list) else [result or b""]
    return b"P" + b"".join(len(page).to_bytes(4, "big") + page for page in pages)


if __name__ == "__main__":
    main(Connection(int(sys.argv[1])), sys.argv[2], sys.argv[3])
