"""Repairs of the past from files: upload, mapping, dry run, import, account, undo."""

import json
from typing import Any, Literal
from uuid import UUID

from ninja import File, Form, Query, Router, UploadedFile
from pydantic import Field

from remonta.api.fields import Asked, Code, Line, Word
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.reading import shown
from remonta.api.shapes.imports import ImportOut, ImportRowShape, ImportShape
from remonta.api.spoken import op
from remonta.exchange.commands import ask_check, ask_undo, make_import, map_import, start_import, stop_import
from remonta.exchange.queries import head_of, import_page, import_rows_for, imports_for
from remonta.web.keyset import Order
from remonta.web.requests import Request

router = Router()
MOVES = {"check": ask_check, "start": start_import, "stop": stop_import, "undo": ask_undo}
SAME = ("uid", "kind", "name", "state", "rows_read", "created", "updated", "skipped", "made_at", "done_at")


class RowFilter(Paging):
    """Which rows."""

    outcome: Code = ""
    reason: Code = ""
    fate: Code = ""
    key: Word = Field(default="", description="Begins so.")


class MappingAsked(Asked):
    """A column for each field, and an outcome for each word of the file."""

    columns: dict[Code, Line] = Field(max_length=60)
    outcomes: dict[Word, Code] = Field(default_factory=dict, max_length=300)
    dates: Code
    encoding: Code
    delimiter: Literal[",", ";", "\t", "|"]
    sheet: Word = ""


class ImportMoveAsked(Asked):
    """A dry run, the import itself, standing still, or undoing."""

    move: Literal["check", "start", "stop", "undo"]


def row_of(run: Any) -> dict[str, Any]:
    """An import in a list. No statement when read with its centre."""
    return {name: getattr(run, name) for name in SAME} | {"centre": run.centre.name}


def account_of(account: Any) -> dict[str, Any] | None:
    """What became of the rows."""
    return shown(account, reasons={str(reason): count for reason, count in account.reasons}) if account else None


def page_of_import(request: Request, uid: UUID) -> dict[str, Any]:
    """An import with its account. Three statements. Raises DoesNotExist."""
    page = import_page(request.actor, uid)
    mapping = page.mapping.as_json()
    return shown(page, mapping=mapping, account=account_of(page.account), checked=account_of(page.checked))


@router.get("/imports", **op("imports", Page[ImportShape]))
def listed(request: Request, asked: Query[Paging]) -> Any:
    """Imports in pages, newest first."""
    return page_of(imports_for(request.actor).select_related("centre"), asked, each(row_of))


@router.post("/imports", **op("imports", ImportOut, status=201))
def add(
    request: Request,
    centre_uid: Form[UUID],
    file: File[UploadedFile],
    kind: Form[Literal["repairs", "shipments", "inventree", "prices"]] = "repairs",
    mapping: File[UploadedFile | None] = None,
) -> Any:
    """Keeps a file, with the mapping given (JSON) or guessed; nothing of it is brought in yet."""
    said: dict[str, Any] = {"content": file.read(), "name": file.name or "file", "kind": kind}
    said["mapping"] = mapping.read() if mapping else None
    return page_of_import(request, make_import(request.actor, centre_uid, **said).uid)


@router.get("/imports/{uuid:uid}", **op("import", ImportOut))
def one(request: Request, uid: UUID) -> Any:
    """An import: its mapping, what the dry run found, how far it is, what became of the rows."""
    return page_of_import(request, uid)


@router.get("/imports/{uuid:uid}/head", **op("import-head", list[str]))
def head(request: Request, uid: UUID) -> Any:
    """The headings of the file, to map."""
    return head_of(request.actor, uid)


@router.put("/imports/{uuid:uid}/mapping", **op("import-mapping", ImportOut))
def map_columns(request: Request, uid: UUID, asked: MappingAsked) -> Any:
    """Says anew which column is what."""
    map_import(request.actor, uid, mapping=json.loads(asked.model_dump_json()))
    return page_of_import(request, uid)


@router.post("/imports/{uuid:uid}/moves", **op("import-moves", ImportOut))
def move(request: Request, uid: UUID, asked: ImportMoveAsked) -> Any:
    """Has it done in the background."""
    MOVES[asked.move](request.actor, uid)
    return page_of_import(request, uid)


@router.get("/imports/{uuid:uid}/rows", **op("import-rows", Page[ImportRowShape]))
def rows(request: Request, uid: UUID, asked: Query[RowFilter]) -> Any:
    """Every row with what became of it, in pages, in the order of the file."""
    found = import_rows_for(request.actor).filter(run=imports_for(request.actor).get(uid=uid))
    named = {name: getattr(asked, name) for name in ("outcome", "reason", "fate") if getattr(asked, name)}
    found = found.filter(**named)
    found = found.filter(key__startswith=asked.key) if asked.key else found
    return page_of(found, asked, order=Order("row"))
