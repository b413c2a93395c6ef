"""Upload, mapping, dry run, progress, account and undo of an import."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.desk.imports.forms import MappingForm, UploadForm, filled_in
from remonta.exchange.commands import ask_check, ask_undo, make_import, map_import, start_import, stop_import
from remonta.exchange.queries import head_of, import_page, imports_for
from remonta.exchange.words import KINDS
from remonta.kernel.refusals import Missing
from remonta.supply.queries import suppliers_for
from remonta.web.answers import answer_form, go
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request
from remonta.web.templatetags.web import badge

TONES = {"done": "good", "running": "info", "undoing": "info", "stopped": "warn", "checked": "wait"}
MOVES = {"check": ask_check, "start": start_import, "stop": stop_import, "undo": ask_undo}

IMPORTS = Listing(
    name="imports",
    title=gettext_lazy("Imports"),
    columns=(
        Column("made_at", gettext_lazy("Uploaded"), kind="moment"),
        Column("name", gettext_lazy("File")),
        Column("kind", gettext_lazy("What it holds"), lambda row: KINDS.get(row.kind, row.kind)),
        Column("centre", gettext_lazy("Centre"), "centre.name"),
        Column("state", gettext_lazy("State"), html=lambda row: state_of(row.state, row.get_state_display())),
        Column("rows_read", gettext_lazy("Rows"), kind="number"),
        Column("created", gettext_lazy("Created"), kind="number"),
        Column("updated", gettext_lazy("Updated"), kind="number"),
        Column("skipped", gettext_lazy("Skipped"), kind="number"),
    ),
    source=lambda request: imports_for(request.actor).select_related("centre"),
    page="desk/imports/list.html",
    url=PageOf("desk:import"),
)


def imports(request: Request) -> HttpResponse:
    return IMPORTS.answer(
        request,
        empty_title=_("Nothing was brought in yet"),
        empty_text=_("Repairs of the past, shipments and parts come from files of other systems."),
        empty_url=reverse("desk:import-new"),
        empty_label=_("Upload a file"),
    )


def new_import(request: Request) -> HttpResponse:
    """Uploads a file; what its columns are is guessed, and shown to be changed."""
    page, context = "desk/imports/new.html", {"title": _("Bring data in from a file")}
    if request.method != "POST":
        return render(request, page, {**context, "form": UploadForm(request=request)})

    def run(kind: str, centre: str, file: tuple[bytes, str], mapping: bytes | None) -> Any:
        content, name = file
        return make_import(request.actor, UUID(centre), content=content, name=name, mapping=mapping, kind=kind)

    form = UploadForm(request.POST, request.FILES, request=request)
    then = "desk:import-mapping"
    return answer_form(request, form, run, page=page, then=lambda made: reverse(then, args=[made.uid]), context=context)


def import_view(request: Request, uid: UUID) -> HttpResponse:
    return render(request, "desk/imports/import.html", context_of(request, uid))


def state(request: Request, uid: UUID) -> HttpResponse:
    """The part of the page that changes while work is under way."""
    return render(request, "desk/imports/_state.html", context_of(request, uid))


def mapping(request: Request, uid: UUID) -> HttpResponse:
    """Which column is what, and which word is which outcome."""
    page = import_page(request.actor, uid)
    kept = page.mapping.as_json()
    words = [*kept["outcomes"], *(page.checked.words if page.checked else ())]
    make: dict[str, Any] = {"head": head_of(request.actor, uid), "words": words, "kind": page.kind}
    if page.kind == "prices":
        rows = suppliers_for(request.actor).filter(archived_at=None).order_by("sort_name")
        make["suppliers"] = [(str(one.uid), one.name) for one in rows]
    context = {"page": page}
    if request.method != "POST":
        form = MappingForm(initial=filled_in(kept, words), **make)
        return render(request, "desk/imports/mapping.html", {**context, "form": form})

    form = MappingForm(request.POST, **make)

    def run(**_sent: object) -> Any:
        return ask_check(request.actor, map_import(request.actor, uid, mapping=form.mapping()).uid)

    then = reverse("desk:import", args=[uid])
    return answer_form(request, form, run, page="desk/imports/mapping.html", then=then, context=context)


def mapping_file(request: Request, uid: UUID) -> HttpResponse:
    """The mapping to keep, for the next file or for the command line."""
    found = import_page(request.actor, uid).mapping.as_json()
    options = {"ensure_ascii": False, "indent": 2}
    headers = {"Content-Disposition": 'attachment; filename="mapping.json"'}
    return JsonResponse(found, json_dumps_params=options, headers=headers)


def move(request: Request, uid: UUID) -> HttpResponse:
    """Dry run, import, stop or undo."""
    run = MOVES.get(request.POST.get("move", ""))
    if run is None:
        raise Missing
    run(request.actor, uid)
    return go(request, reverse("desk:import", args=[uid]))


def context_of(request: Request, uid: UUID) -> dict[str, Any]:
    page = import_page(request.actor, uid)
    return {"page": page, "state": state_of(page.state, page.state_label), "waits": page.under_way or page.checking}


def state_of(state: str, label: object) -> object:
    return badge(label, TONES.get(state, "quiet"))
