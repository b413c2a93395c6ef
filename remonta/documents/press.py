"""The confined child that runs Typst: `python -m remonta.documents.press CONNECTION FONTS ROOT`. Knows no Django."""

import json
import signal
import sys
from multiprocessing.connection import Connection

import typst

from remonta.documents.confinement import limit, lock_in, separate

FAMILIES = ("Noto Sans", "Noto Sans SC", "DejaVu Sans Mono")
WARM_UP = """#set text(font: ({families}))
Ąж维 *Ąж维* ☑ #image(bytes("<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>"))"""


def main(connection: Connection, fonts: str, root: str) -> None:
    """Limits, own namespaces, fonts into memory, the door locked; then one sheet after the other."""
    limit()
    separated = separate()
    compiler = typst.Compiler(b"", root=root, font_paths=typst.Fonts(False, True, [fonts]))
    families = ", ".join(f'"{family}"' for family in FAMILIES)
    _, complaints = compiler.compile_with_warnings(WARM_UP.format(families=families).encode(), format="pdf")
    confinement = lock_in(separated, root)
    connection.send_bytes(json.dumps([confinement, [complaint.message for complaint in complaints]]).encode())
    while True:
        head, *files = _received(connection)
        signal.setitimer(signal.ITIMER_REAL, head["seconds"])  # unanswered, the signal ends the process
        kind, body = _sheet(compiler, head, dict(zip(head["names"], files, strict=True)))
        signal.setitimer(signal.ITIMER_REAL, 0)
        connection.send_bytes(kind + body)


def _received(connection: Connection) -> list[object]:
    try:
        head = json.loads(connection.recv_bytes())
        return [head, *(connection.recv_bytes() for _ in head["names"])]
    except EOFError:
        sys.exit(0)


def _sheet(compiler: typst.Compiler, head: dict[str, object], files: dict[str, bytes]) -> tuple[bytes, bytes]:
    """`P` and the bytes, or `E` with what Typst says; a warning is an error, a missing font is a warning."""
    asked = {"format": head["format"], "timestamp": head["made_at"], "ppi": head["ppi"]}
    try:
        result, complaints = compiler.compile_with_warnings(files, **asked)
    except typst.TypstError as error:
        return b"E", json.dumps([error.message, error.diagnostic]).encode()
    if complaints:
        return b"E", json.dumps([complaints[0].message, complaints[0].diagnostic]).encode()
    pages = result if isinstance(result, list) else [result]
    return b"P", b"".join(len(page).to_bytes(4, "big") + page for page in pages)


if __name__ == "__main__":
    main(Connection(int(sys.argv[1])), sys.argv[2], sys.argv[3])
