"""Bare Typst: how long the same receipt takes without anything of ours around it. `… bare_typst CALLS ORDER_UID`."""

import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, cast

import django

django.setup()

import typst  # noqa: E402
from django.conf import settings  # noqa: E402

from remonta.cli.demo.links import setup_actor  # noqa: E402
from remonta.documents import drawing  # noqa: E402
from remonta.documents.commands import print_receipt  # noqa: E402
from remonta.documents.queries import pdf_of  # noqa: E402
from remonta.documents.typesetter import Typesetter  # noqa: E402


class Bare(Typesetter):
    """Stands where the typesetter stands, and keeps what would have been drawn."""

    files: dict[str, bytes] = {}
    alive, sheets = True, 0

    @contextmanager
    def _press(self, alone: bool = False) -> Iterator[Any]:
        yield self

    def compile(self, head: dict[str, object], files: Mapping[str, bytes]) -> bytes:
        self.files = dict(files)
        return b"P"


def main(calls: int, uid: str) -> None:
    keeper = Bare()
    vars(drawing)["TYPESETTER"] = keeper
    paper = print_receipt(setup_actor(), cast(Any, uid), paper="a4")
    with suppress(IndexError):  # no page was drawn, only its files were kept
        pdf_of(setup_actor(), paper.uid)
    fonts = typst.Fonts(False, True, [str(settings.REMONTA_FONTS)])
    compiler = typst.Compiler(b"", font_paths=fonts)
    took = []
    for number in range(calls + 5):
        files = {**keeper.files, "main.typ": keeper.files["main.typ"] + f"\n// {number}\n".encode()}
        started = time.perf_counter()
        compiler.compile_with_warnings(cast(Any, files), format="pdf", timestamp=0)
        took.append((time.perf_counter() - started) * 1000)
    print(json.dumps(took[5:]))


main(int(sys.argv[1]), sys.argv[2])
