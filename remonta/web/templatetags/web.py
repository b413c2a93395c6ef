"""Components of the pages: icons, fields, actions, badges, bars and lists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    Form,
    HiddenInput,
    RadioSelect,
    Select,
    Textarea,
)
from django.template.context import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from remonta.kernel.ids import uuid7
from remonta.web.static_files import import_map as modules

register = template.Library()

SPRITE = Path(__file__).parent.parent / "static" / "web" / "icons.svg"
STAGE_ICONS = {
    "registered": "clipboard",
    "taken_in": "inbox",
    "diagnosis": "stethoscope",
    "approval": "message-question",
    "parts": "package",
    "repair": "tool",
    "quality": "checklist",
    "ready": "bell",
    "closed": "archive",
    "cancelled": "ban",
}
TONE_ICONS = {
    "info": "info-circle",
    "good": "circle-check",
    "warn": "alert-triangle",
    "bad": "alert-circle",
    "wait": "hourglass",
    "quiet": "circle-dot",
}


@cache
def icon_names() -> frozenset[str]:
    """What the sprite holds."""
    return frozenset(re.findall(r'<symbol id="([a-z0-9-]+)"', SPRITE.read_text(encoding="utf-8")))


@register.simple_tag
def icon(name: str, label: object = "", classes: str = "") -> SafeString:
    """An outline from the sprite. With `label` it is read aloud; without, it is decoration."""
    if not label:
        return _decoration(name, classes, static("web/icons.svg"))
    return _outline(name, classes, static("web/icons.svg"), format_html(' role="img" aria-label="{}"', label))


@lru_cache(maxsize=512)
def _decoration(name: str, classes: str, sprite: str) -> SafeString:
    """The same few stand on every page, up to a hundred times."""
    return _outline(name, classes, sprite, mark_safe(' aria-hidden="true"'))


def _outline(name: str, classes: str, sprite: str, spoken: SafeString) -> SafeString:
    known = name if name in icon_names() else "circle"
    outline = '<svg class="icon {}" width="20" height="20"{}><use href="{}#{}"></use></svg>'
    return format_html(outline, classes, spoken, sprite, known)


@register.simple_tag(takes_context=True)
def import_map(context: Context) -> SafeString:
    """Where the browser finds modules by name."""
    nonce = getattr(context.get("request"), "csp_nonce", "")
    found = json.dumps({"imports": modules()}, ensure_ascii=True).replace("<", "\\u003c")
    return format_html('<script type="importmap" nonce="{}">{}</script>', nonce, mark_safe(found))


@register.simple_tag(takes_context=True)
def module(context: Context, name: str) -> SafeString:
    """Loads a module of a face: `{% module "remonta/desk/board" %}` for desk/static/desk/js/board.js."""
    nonce = getattr(context.get("request"), "csp_nonce", "")
    return format_html('<script type="module" nonce="{}">import "{}";</script>', nonce, name)


@register.simple_tag
def operation(value: object = None) -> SafeString:
    """The id of what this form will do, so that a second click or a lost answer does it once."""
    return format_html('<input type="hidden" name="operation" value="{}">', value or uuid7())


@register.simple_tag
def new_operation() -> str:
    """The bare id, for `hx-vals` and addresses."""
    return str(uuid7())


@register.simple_tag
def route(name: str, otherwise: str, *args: object) -> str:
    """The address of a named route of the frame, or the given one where that face does not have it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return otherwise


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: object) -> str:
    """The page's own query string with some values changed; None takes one out."""
    request = context.get("request")
    query = request.GET.copy() if request else {}
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return "?" + (query.urlencode() if hasattr(query, "urlencode") else urlencode(query))


@register.inclusion_tag("web/parts/field.html")
def field(bound: BoundField, hint: object = "", label: object = "", **attributes: object) -> dict[str, Any]:
    """A bound field: label above, control, hint, and the error where it belongs.

    Further arguments become attributes of the control, `_` written for `-`: `{% field form.phone autofocus=True %}`.
    """
    kind, mark = kind_of(bound), mark_of(bound)
    help_text = hint or bound.help_text
    told = [f"{bound.id_for_label}_error"] if bound.errors else []
    told += [f"{bound.id_for_label}_hint"] if help_text else []
    attrs: dict[str, Any] = {name.replace("_", "-"): value for name, value in attributes.items()}
    own = bound.field.widget.attrs.get("class", "")
    attrs["class"] = " ".join(part for part in (CONTROLS[kind], own, "is-invalid" if bound.errors else "") if part)
    attrs["aria-describedby"] = " ".join(told) or None
    control = bound.as_widget(attrs={name: value for name, value in attrs.items() if value is not None})
    return {
        "bound": bound,
        "kind": kind,
        "label": label or bound.label,
        "hint": help_text,
        "control": control,
        "grouped": kind in {"radios", "checks"},
        "mark": mark,
        "unsaid": mark == "needed" and " required" not in control,
    }


def mark_of(bound: BoundField) -> str:
    """What the label says beside its words, sparingly: only the rarer kind of field of a form is marked.

    `needed` where most fields of the form may stay empty, else `optional`; nothing where all fields are of one kind.
    """
    form = bound.form
    asked = [one.required for one in form.fields.values() if not isinstance(one.widget, HiddenInput | CheckboxInput)]
    needed, optional = asked.count(True), asked.count(False)
    if not needed or not optional:
        return ""
    rarer = "needed" if optional > needed else "optional"
    return rarer if bound.field.required == (rarer == "needed") else ""


CONTROLS = {
    "text": "form-control",
    "area": "form-control",
    "file": "form-control",
    "select": "form-select",
    "check": "form-check-input",
    "radios": "form-check-input",
    "checks": "form-check-input",
}


def kind_of(bound: BoundField) -> str:
    """Which shape of control the field has."""
    widget = bound.field.widget
    shapes: tuple[tuple[type, str], ...] = (
        (CheckboxSelectMultiple, "checks"),
        (RadioSelect, "radios"),
        (CheckboxInput, "check"),
        (Select, "select"),
        (Textarea, "area"),
        (FileInput, "file"),
    )
    return next((name for shape, name in shapes if isinstance(widget, shape)), "text")


@register.inclusion_tag("web/parts/fields.html")
def fields(form: Form) -> dict[str, Any]:
    """The whole form in one column: errors of the whole, hidden fields, then each field in its order."""
    return {"form": form}


@register.inclusion_tag("web/parts/form_errors.html")
def form_errors(form: Form) -> dict[str, Any]:
    """What is wrong with the form as a whole."""
    return {"errors": form.non_field_errors(), "hidden": [e for f in form.hidden_fields() for e in f.errors]}


@register.inclusion_tag("web/parts/moves.html", takes_context=True)
def moves(
    context: Context, choices: Sequence[Any], action: str, primary: str = "", holds: Iterable[Any] = (), swap: str = ""
) -> dict[str, Any]:
    """Buttons for the moves that may be made now: one primary (the first, or the one named), the others quiet.

    Posts `move` = its name to `action`, with an operation id.
    """
    first = primary or (str(choices[0].name) if choices else "")
    return {
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
        "choices": [{"name": move.name, "label": move.label, "primary": move.name == first} for move in choices],
        "action": action,
        "holds": list(holds),
        "swap": swap,
    }


@register.simple_tag
def table_rows(lines: Iterable[Any], bulk: object = "") -> SafeString:
    """The rows of a list in one piece: by templates they take longer than their statement. `bulk`: rows are picked."""
    box = '<td class="pick"><input class="form-check-input" type="checkbox" name="chosen" value="{}" {} {}></td>'
    named = "data-bulk-one", format_html('aria-label="{}"', _("Select"))
    return mark_safe("".join(line.html(format_html(box, line.row.uid, *named) if bulk else "") for line in lines))


@register.simple_tag
def stage_badge(stage: object, label: object) -> SafeString:
    """The stage with its colour, its sign and its word."""
    return _stage_badge(str(getattr(stage, "value", stage)), str(label), static("web/icons.svg"))


@lru_cache(maxsize=512)
def _stage_badge(name: str, label: str, sprite: str) -> SafeString:
    """The ten of each language stand on every list, many times."""
    sign = _decoration(STAGE_ICONS.get(name, "circle"), "", sprite)
    return format_html('<span class="stage stage-{}">{}{}</span>', name, sign, label)


@register.simple_tag
def status_badge(label: object, stage: object = "", colour: object = "") -> SafeString:
    """A centre's own status: a dot in its stage's colour (or one of the ten named colours), and its word."""
    shade = str(getattr(stage, "value", stage)) or str(colour) or "registered"
    return format_html('<span class="own-status stage-{}"><i class="dot"></i>{}</span>', shade, label)


@register.simple_tag
def badge(label: object, tone: str = "quiet", sign: str = "") -> SafeString:
    """A word with a sign, in one of the tones info, good, warn, bad, wait, quiet."""
    return format_html(
        '<span class="word tone-{}">{}{}</span>', tone, icon(sign or TONE_ICONS.get(tone, "circle-dot")), label
    )


@register.inclusion_tag("web/parts/alert.html")
def alert(text: object, tone: str = "info", title: object = "") -> dict[str, Any]:
    """A sentence that stands on the page."""
    return {"text": text, "tone": tone, "title": title, "sign": TONE_ICONS.get(tone, "info-circle")}


@register.inclusion_tag("web/parts/stages.html")
def status_bar(stages: Iterable[Any]) -> dict[str, Any]:
    """The route's stages: each has `name`, `label`, `state` (done, current, ahead, skipped), `reached_at` or None."""
    return {
        "stages": [{"stage": stage, "sign": STAGE_ICONS.get(str(_of(stage, "name")), "circle")} for stage in stages]
    }


def _of(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)


@register.inclusion_tag("web/parts/timeline.html")
def timeline(events: Iterable[Any]) -> dict[str, Any]:
    """What happened, newest first: `at`, `who`, `text`, and perhaps `icon`, `detail`, `tone`, `took`, `files`."""
    return {"events": events}


@register.inclusion_tag("web/parts/holds.html")
def holds(items: Iterable[Any]) -> dict[str, Any]:
    """Why it cannot move on: each has `text`, and may have `by`, `since`, `blocks`, `url`, `action`."""
    return {"holds": items}


@register.inclusion_tag("web/parts/pairs.html")
def pairs(rows: Iterable[Sequence[Any]], classes: str = "") -> dict[str, Any]:
    """A list of (label, value); rows without a value are left out."""
    return {"rows": [row for row in rows if row[1] not in (None, "")], "classes": classes}


@register.inclusion_tag("web/parts/empty.html")
def empty(title: object, text: object = "", url: str = "", label: object = "", sign: str = "inbox") -> dict[str, Any]:
    """An empty page: what it is for, and the one thing to do."""
    return {"title": title, "text": text, "url": url, "label": label, "sign": sign}


@register.inclusion_tag("web/parts/more.html")
def more(next_url: str | None, columns: int = 0) -> dict[str, Any]:
    """The next piece of a list, fetched when it comes into sight. `columns` for a table, 0 for any other list."""
    return {"next_url": next_url, "columns": columns}


@register.inclusion_tag("web/parts/avatar.html")
def avatar(name: str, size: str = "") -> dict[str, Any]:
    """A person by the first letters, in one of six calm shades; `size` is empty, small or large."""
    return {"name": name, "size": size, "shade": sum(map(ord, name or "")) % 6 + 1}


@register.inclusion_tag("web/parts/photos.html")
def photos(files: Iterable[Any]) -> dict[str, Any]:
    """A strip of photographs: each has `url`, `thumb` and `label`."""
    return {"files": files}


@register.inclusion_tag("web/parts/photo_drop.html", takes_context=True)
def photo_drop(context: Context, url: str, name: str = "photo", camera: bool = True) -> dict[str, Any]:
    """Takes photographs by webcam, file, paste or drag, and posts each to `url` at once, with progress."""
    return {"url": url, "name": name, "camera": camera, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("web/parts/signature.html")
def signature(name: str = "signature", typed: str = "signed_by", required: bool = True) -> dict[str, Any]:
    """A signature drawn in a box (PNG as a data address in `name`), or typed (in `typed`) by who cannot draw."""
    return {"name": name, "typed": typed, "required": required}


@register.inclusion_tag("web/parts/card.html")
def board_card(card: Any) -> dict[str, Any]:
    """One order on a board: `number`, `title`, `url`, and may have `stage`, `due`, `late`, `who`, `place`, `tags`."""
    return {"card": card}


@register.simple_tag
def attributes(**values: object) -> SafeString:
    """Attributes whose value is not empty; `_` is written for `-`."""
    kept = ((name.replace("_", "-"), value) for name, value in values.items() if value not in (None, "", False))
    return format_html_join("", ' {}="{}"', kept)
